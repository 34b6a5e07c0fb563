import { describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroup, VmGroupSpec, VmGroupStatus } from '../../api/vm-group';
import type { Moment } from '../model/moment';
import type { Observation, VCenterView } from '../model/observation';
import { GroupMemory } from '../observe/group-memory';
import { plan } from '../plan/plan';
import { progressDeadlineMs } from './progress';
import { statusOf } from './status';

const START: Moment = { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 };
const MINUTE = 60_000;
const later = (monotonicMs: number, jumpMs = 0): Moment => ({
  wallMs: START.wallMs + monotonicMs + jumpMs,
  monotonicMs: START.monotonicMs + monotonicMs,
});

const away: VCenterView = {
  kind: 'Unavailable',
  name: '(env)',
  reason: 'Unreachable',
  message: 'away',
  needsUser: false,
  reconnecting: false,
};

/** A group whose status is written again and again, as its process would. */
class Story {
  #memory: GroupMemory | undefined;
  constructor(
    private group: VmGroup,
    private readonly seen: Partial<Observation> = {},
  ) {}

  at(now: Moment, rest: Partial<Observation> = {}): VmGroupStatus {
    this.#memory ??= GroupMemory.from(this.group, now);
    const observed = this.#look(now, rest, this.#memory);
    const status = statusOf(observed, plan(observed));
    if (status === undefined) throw new Error('no status');
    this.group = { ...this.group, status };
    // The written status comes back from the API server and is observed.
    this.#look(now, rest, this.#memory);
    return status;
  }

  #look(now: Moment, rest: Partial<Observation>, memory: GroupMemory): Observation {
    const progressedAtMs = memory.progressedAtMs(this.group, now);
    const observed = anObservation(this.group, { ...this.seen, now, progressedAtMs, ...rest });
    memory.remember(observed);
    return observed;
  }

  restart(): void {
    this.#memory = undefined;
  }

  change(spec: Partial<VmGroupSpec>): void {
    const { metadata } = this.group;
    this.group = {
      ...this.group,
      spec: { ...this.group.spec, ...spec },
      metadata: { ...metadata, generation: metadata.generation + 1 },
    };
  }
}

const stalled = (status: VmGroupStatus) => status.conditions?.find(({ type }) => type === 'Stalled')?.reason;
const progressing = (status: VmGroupStatus) => {
  const found = status.conditions?.find(({ type }) => type === 'Progressing');
  return `${found?.status} ${found?.reason}`;
};

describe('progressDeadlineSeconds', () => {
  const group = aGroup({ replicas: 2, progressDeadlineSeconds: 600 });
  const half = { replicas: [aReplica(group, { ordinal: 0 })] };

  test('after that time without a step forward: Stalled, Progressing False, ERROR', () => {
    const story = new Story(group, half);
    story.at(START);
    expect(stalled(story.at(later(10 * MINUTE - 1)))).toBe('NotStalled');
    const status = story.at(later(10 * MINUTE));
    expect(stalled(status)).toBe('ProgressDeadlineExceeded');
    expect(progressing(status)).toBe('False ProgressDeadlineExceeded');
    expect(status.phase).toBe('ERROR');
    expect(status.lastMessage).toMatch(/^no step forward for 600 s: /);
  });

  test('a step forward starts the time again and ends the stall', () => {
    const story = new Story(group, { replicas: [] });
    story.at(START);
    story.at(later(9 * MINUTE), half);
    expect(stalled(story.at(later(11 * MINUTE), half))).toBe('NotStalled');
    expect(stalled(story.at(later(19 * MINUTE), half))).toBe('ProgressDeadlineExceeded');
    const whole = { replicas: [...half.replicas, aReplica(group, { ordinal: 1 })] };
    expect(story.at(later(20 * MINUTE), whole).phase).toBe('RUNNING');
  });

  test('a new spec starts the time again', () => {
    const story = new Story(group, half);
    story.at(START);
    story.change({ template: 'debian' });
    expect(stalled(story.at(later(11 * MINUTE)))).toBe('NotStalled');
    expect(stalled(story.at(later(21 * MINUTE)))).toBe('ProgressDeadlineExceeded');
  });

  test.each([-86_400_000, 86_400_000])('R12: a wall clock that jumps by %i ms does not move the deadline', (jumpMs) => {
    const story = new Story(group, half);
    story.at(START);
    expect(stalled(story.at(later(MINUTE, jumpMs)))).toBe('NotStalled');
    expect(stalled(story.at(later(9 * MINUTE, jumpMs)))).toBe('NotStalled');
    expect(stalled(story.at(later(10 * MINUTE, jumpMs)))).toBe('ProgressDeadlineExceeded');
  });

  test('R7: a restart keeps the time that has passed', () => {
    const story = new Story(group, half);
    story.at(START);
    story.restart();
    const monotonicMs = 5;
    expect(stalled(story.at({ wallMs: START.wallMs + 9 * MINUTE, monotonicMs }))).toBe('NotStalled');
    expect(stalled(story.at({ wallMs: START.wallMs + 10 * MINUTE, monotonicMs: monotonicMs + MINUTE }))).toBe(
      'ProgressDeadlineExceeded',
    );
  });

  test('time without vCenter does not count', () => {
    const story = new Story(group, half);
    story.at(START);
    story.at(later(5 * MINUTE), { vcenter: away });
    expect(stalled(story.at(later(60 * MINUTE), { vcenter: away }))).toBe('NotStalled');
    expect(stalled(story.at(later(61 * MINUTE)))).toBe('NotStalled');
    expect(stalled(story.at(later(70 * MINUTE)))).toBe('NotStalled');
    expect(stalled(story.at(later(71 * MINUTE)))).toBe('ProgressDeadlineExceeded');
  });
});

describe('a group is not stalled while its spec makes it wait for a person', () => {
  const outdated = (group: VmGroup) => aReplica(group, { ordinal: 0, revision: 'old0000000' });
  const undersized = (group: VmGroup) => aReplica(group, { ordinal: 0 }, { numCpu: 1, details: aGuest() });
  const waits = (group: VmGroup, rest: Partial<Observation>) => {
    const observed = anObservation(group, { resizing: true, ...rest });
    return progressDeadlineMs(observed, plan(observed)) !== undefined;
  };
  const strategy = (type: 'OnDelete' | 'RollingUpdate', resizePolicy: 'HotAddOnly' | 'PowerCycle' | 'Replace') =>
    aGroup({ updateStrategy: { type, resizePolicy } });

  test('OnDelete with old replicas', () => {
    const onDelete = strategy('OnDelete', 'PowerCycle');
    expect(waits(onDelete, { replicas: [outdated(onDelete)] })).toBe(false);
    const rolling = strategy('RollingUpdate', 'PowerCycle');
    expect(waits(rolling, { replicas: [outdated(rolling)] })).toBe(true);
  });

  test('HotAddOnly, and drift, with replicas of another size', () => {
    const hotAddOnly = strategy('RollingUpdate', 'HotAddOnly');
    expect(waits(hotAddOnly, { replicas: [undersized(hotAddOnly)] })).toBe(false);
    const powerCycle = strategy('RollingUpdate', 'PowerCycle');
    expect(waits(powerCycle, { replicas: [undersized(powerCycle)] })).toBe(true);
    expect(waits(powerCycle, { replicas: [undersized(powerCycle)], resizing: false })).toBe(false);
  });

  test('a resize by replacement with OnDelete', () => {
    const onDelete = strategy('OnDelete', 'Replace');
    expect(waits(onDelete, { replicas: [undersized(onDelete)] })).toBe(false);
    const rolling = strategy('RollingUpdate', 'Replace');
    expect(waits(rolling, { replicas: [undersized(rolling)] })).toBe(true);
  });

  test('a paused group, a deleted one, one that is powered off, and one on another vCenter', () => {
    expect(waits(aGroup({ replicas: 2 }), {})).toBe(true);
    expect(waits(aGroup({ replicas: 2, paused: true }), {})).toBe(false);
    const metadata = { ...aGroup().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' };
    expect(waits(aGroup({ replicas: 2 }, { metadata }), {})).toBe(false);
    const off = aGroup({ powerState: 'PoweredOff' });
    expect(waits(off, { replicas: [aReplica(off, { ordinal: 0 }, { powerState: 'poweredOff' })] })).toBe(false);
    expect(waits(aGroup({ replicas: 2 }, { status: { vcenter: { instanceUuid: 'former' } } }), {})).toBe(false);
  });
});
