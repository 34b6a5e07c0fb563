/** How long a fault of a machine is kept: neither lost before its retry, nor told when it is over. */
import { beforeEach, describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, aReplica } from '../../test/support/builders/observation';
import { slotKey } from '../api/identity';
import type { VmGroup, VmGroupStatus } from '../api/vm-group';
import { classifyFailure } from '../vsphere/fault/classify';
import { clearFaults } from './act/clear-faults';
import { recordEnd } from './act/record-end';
import type { VCenterAction } from './model/action';
import type { Observation, Replica } from './model/observation';
import { GroupMemory } from './observe/group-memory';
import { plan } from './plan/plan';
import { statusOf } from './status/status';

const HOUR_MS = 3_600_000;
const disks = { rootSizeGiB: 100, extra: [] };
const group = aGroup({ replicas: 1, disks });
const replica = aReplica(group, { ordinal: 0 }, { details: aGuest({ toolsRunning: true }) });
const off: Replica = { ...replica, machine: { ...replica.machine, powerState: 'poweredOff' } };
const slot = slotKey(replica.slot);
const machine = { ref: replica.machine.ref, slot: replica.slot, name: replica.machine.name, isShown: true };
const known = { machines: [machine] };

let nowMs: number;
const now = () => ({ wallMs: Date.UTC(2026, 0, 1) + nowMs, monotonicMs: nowMs });

beforeEach(() => {
  nowMs = 1_000_000;
});

/** One group and what its process remembers. */
class Story {
  readonly memory: GroupMemory;

  constructor(readonly group: VmGroup) {
    this.memory = GroupMemory.from(group, now());
  }

  fails(action: VCenterAction, code: string): void {
    const failure = { code, message: code, outcome: 'Refused' } as const;
    const context = {
      group: this.group,
      memory: this.memory,
      classify: classifyFailure,
      random: () => 0.5,
      now: now(),
    };
    recordEnd(action, { kind: 'Failed', failure }, context);
  }

  /** One reconcile: its plan, after what is over is forgotten. */
  look(seen: Partial<Observation>) {
    const observed = anObservation(this.group, { now: now(), known, ...seen, faults: new Map(this.memory.faults) });
    const planned = plan(observed);
    clearFaults(this.memory, observed, planned);
    return { planned, status: statusOf({ ...observed, faults: new Map(this.memory.faults) }, planned) };
  }

  /** Some hours in which each step of this kind fails. Returns the number of tries, and what is told at the end. */
  failFor(hours: number, kind: VCenterAction['kind'], code: string, seen: Partial<Observation>) {
    let tries = 0;
    let status: VmGroupStatus | undefined;
    for (const endMs = nowMs + hours * HOUR_MS; nowMs < endMs; nowMs += 1_000) {
      const looked = this.look(seen);
      status = looked.status;
      for (const action of looked.planned.actions)
        if (action.kind === kind) {
          tries += 1;
          this.fails(action, code);
        }
    }
    return { tries, told: status?.replicas?.[0]?.fault?.reason };
  }

  get reason(): string | undefined {
    return this.memory.faults.get(slot)?.reason;
  }
}

describe('R8: a fault is kept until its retry', () => {
  const failed = () => {
    const story = new Story(group);
    story.fails({ kind: 'SizeDisks', replica, disks }, 'DiskHasParent');
    return story;
  };

  test('while vCenter cannot be seen', () => {
    const story = failed();
    story.look({
      replicas: [],
      folder: { kind: 'Missing' },
      vcenter: {
        ...{ kind: 'Unavailable', name: 'x', reason: 'Unreachable', message: 'away' },
        ...{ needsUser: false, reconnecting: true },
      },
    });
    expect(story.reason).toBe('DiskHasParent');
  });

  test('while its machine cannot be read', () => {
    const story = failed();
    story.look({ replicas: [], known: { machines: [{ ...machine, isUnreadable: true }] } });
    expect(story.reason).toBe('DiskHasParent');
  });

  test('while another machine of its slot, which leaves, lacks nothing', () => {
    const story = failed();
    const ref = { type: 'VirtualMachine', value: 'vm-double' };
    const double = { ...replica, machine: { ...replica.machine, ref }, disks: 'root disk 100 GiB' };
    const { planned } = story.look({ replicas: [replica, double] });
    expect([...planned.leaving.keys()]).toEqual(['VirtualMachine:vm-double']);
    expect(story.reason).toBe('DiskHasParent');
  });

  test('on a ready machine whose settings cannot be written, and it is told', () => {
    const extraConfig = [{ key: 'disk.EnableUUID', value: 'TRUE' }];
    const story = new Story(aGroup({ replicas: 1, extraConfig }));
    const { tries, told } = story.failFor(1, 'WriteSettings', 'TaskInProgress', { replicas: [replica] });
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(60);
    expect(told).toBe('TaskInProgress');
  });
});

describe('a fault that is over is not told, though another step goes on failing', () => {
  test('a power-on that somebody else has done', () => {
    const story = new Story(group);
    story.fails({ kind: 'PowerOn', replica: off }, 'InsufficientResourcesFault');
    expect(story.failFor(2, 'SizeDisks', 'DiskHasParent', { replicas: [replica] }).told).toBe('DiskHasParent');
  });

  test('one from before a restart, of which nobody knows the step', () => {
    const [since, retryAt] = ['2026-01-01T00:00:00Z', '2026-01-01T00:30:00Z'];
    const message = 'no Global.SetCustomField';
    const fault = { class: 'NeedsUser', reason: 'NoPermission', message, attempts: 7, since, retryAt } as const;
    const { moRef, ...of } = { ...replica.slot, name: 'x', moRef: replica.machine.ref.value };
    const status = { replicas: [{ ...of, moRef, ready: true, fault }] };
    const story = new Story(aGroup({ replicas: 1, customAttributes: [{ name: 'owner', value: 'web' }] }, { status }));
    expect(story.reason).toBe('NoPermission');
    const { told } = story.failFor(2, 'WriteAttributes', 'CustomAttributeNotFound', { replicas: [replica] });
    expect(told).toBe('CustomAttributeNotFound');
  });

  test('so its failure domain has room again', () => {
    const two = aGroup({ replicas: 2, disks, placement: { failureDomains: ['a'] } });
    const one = { ...replica, failureDomain: 'a' };
    const story = new Story(two);
    story.fails({ kind: 'PowerOn', replica: one }, 'InsufficientResourcesFault');
    const domain = { name: 'a', resourcePool: { type: 'ResourcePool', value: 'pool' }, problems: [] };
    const seen = { replicas: [one], placement: { ...anObservation(two).placement, domains: [domain] } };
    story.failFor(2, 'SizeDisks', 'DiskHasParent', seen);
    expect(story.look(seen).planned.actions.map(({ kind }) => kind)).toContain('Clone');
  });
});
