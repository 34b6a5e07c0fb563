/** R5, R7: what a new process knows of a group from its status. */
import { describe, expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import { sizeRevisionOf } from '../../api/identity';
import {
  Annotation,
  type VmGroup,
  type VmGroupSpec,
  type VmGroupStatus,
  type VmGroupStatusReplica,
} from '../../api/vm-group';
import { wakeToken } from '../model/wake-token';
import { GroupMemory, PREDECESSOR_REQUEST_MS } from './group-memory';

const NOW = { wallMs: Date.parse('2026-01-01T12:00:00Z'), monotonicMs: 1_000_000 };
const disks = { rootSizeGiB: 40 };
const asked = aGroup({ disks });
const current = sizeRevisionOf(asked.spec);

const replica = (rest: Partial<VmGroupStatusReplica>): VmGroupStatusReplica => ({
  ...{ name: 'web-a', ordinal: 0, revision: 'r', ready: false },
  ...rest,
});
const restored = (status: VmGroupStatus, spec: Partial<VmGroupSpec> = {}) =>
  GroupMemory.from(aGroup(spec, { status }), NOW);
const withReplica = (rest: Partial<VmGroupStatusReplica>) => restored({ replicas: [replica(rest)] });

describe('a machine that the status names', () => {
  test('holds its slot, and a slot without one has none', () => {
    expect(withReplica({ moRef: 'vm-1' }).history.hadMachine).toEqual(new Set(['0/r']));
    expect(withReplica({}).history.hadMachine).toEqual(new Set());
  });

  const readySince = '2026-01-01T11:59:00Z';
  test.each<[string, Partial<VmGroupStatusReplica>, number | undefined]>([
    ['is ready since the time that is told', { ready: true, readySince }, NOW.monotonicMs - 60_000],
    ['is ready since now at the latest', { ready: true, readySince: '2026-01-01T13:00:00Z' }, NOW.monotonicMs],
    ['is not ready where it was not', { ready: false, readySince }, undefined],
    ['is not ready where no time is told', { ready: true }, undefined],
  ])('%s', (_, rest, expected) =>
    expect(withReplica({ moRef: 'vm-1', ...rest }).history.readySince('vm-1')?.monotonicMs).toBe(expected),
  );

  test('goes on with the shutdown that its guest was asked for', () => {
    const startedAt = '2026-01-01T11:58:00Z';
    const task = { operation: 'Shutdown', startedAt } as const;
    const { operations } = withReplica({ moRef: 'vm-1', task }).inFlight;
    expect(operations).toMatchObject([
      {
        ...{ operation: 'Shutdown', state: 'Done', slot: { ordinal: 0, revision: 'r' } },
        ...{ machine: { type: 'VirtualMachine', value: 'vm-1' }, sentAt: { monotonicMs: NOW.monotonicMs - 120_000 } },
      },
    ]);
    expect(withReplica({ task }).inFlight.operations).toEqual([]);
    expect(withReplica({ moRef: 'vm-1', task: { ...task, operation: 'PowerOn' } }).inFlight.operations).toEqual([]);
  });
});

describe('a fault that the status tells', () => {
  const retryAt = '2026-01-01T12:05:00Z';
  const dueAtOnce = {
    class: 'Capacity',
    reason: 'Full',
    message: 'full',
    attempts: 3,
    since: '2026-01-01T11:00:00Z',
  } as const;
  const fault = { ...dueAtOnce, retryAt };
  const faultOf = (rest: Partial<VmGroupStatusReplica>) =>
    withReplica({ fault, failureDomain: 'east', ...rest }).faults.get('0/r');

  test('is one of its failure domain if it kept a machine from being made there, and of no other', () => {
    const task = { operation: 'Clone', startedAt: '2026-01-01T11:58:00Z' } as const;
    expect(faultOf({})?.failureDomain).toBe('east');
    expect(withReplica({ fault, failureDomain: 'east' }).history.fullDomains.get('east')).toMatchObject({
      ...{ reason: 'Full', attempts: 3, failedAtMs: NOW.monotonicMs },
      since: { wallMs: Date.parse(fault.since), monotonicMs: NOW.monotonicMs },
    });
    for (const rest of [{ moRef: 'vm-1' }, { task }, { fault: { ...fault, class: 'NeedsUser' as const } }]) {
      expect(faultOf(rest)).not.toHaveProperty('failureDomain');
      expect(withReplica({ fault, failureDomain: 'east', ...rest }).history.fullDomains.size).toBe(0);
    }
  });

  test('is due at once where no next try is told', () => {
    expect(faultOf({ fault: dueAtOnce })?.retryAt).toEqual({
      wallMs: Date.parse(fault.since),
      monotonicMs: NOW.monotonicMs,
    });
  });

  test.each([
    ['waits while the spec is the one it was told for', 4, true],
    ['is due at once after a change of the spec', 3, false],
  ])('%s', (_, observedGeneration, waits) => {
    const { metadata } = aGroup();
    const annotations = { [Annotation.Retry]: 'again' };
    const group = aGroup({}, { metadata: { ...metadata, generation: 4, annotations } });
    const told = { ...group, status: { observedGeneration, replicas: [replica({ fault })] } };
    const token = GroupMemory.from(told, NOW).faults.get('0/r')?.wakeToken;
    expect(token === wakeToken(group)).toBe(waits);
  });

  test('is due at once where the status tells of no generation', () =>
    expect(faultOf({})?.wakeToken).toBe(wakeToken(aGroup(), 0)));
});

describe('whether replicas still have to get their size', () => {
  const isResizing = (status: VmGroupStatus | undefined, rest: Partial<VmGroup> = {}) => {
    const group = aGroup({ disks }, { ...rest, ...(status && { status }) });
    return GroupMemory.from(group, NOW).isResizing(group);
  };
  const synced = (reason: string, observedGeneration = 1): NonNullable<VmGroupStatus['conditions']>[number] => ({
    ...{ type: 'ConfigSynced', status: 'False', reason, message: '', observedGeneration },
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  const other = { ...synced('Reconfiguring'), type: 'Ready' } as const;

  test.each<[string, VmGroupStatus | undefined, boolean]>([
    ['without a status', undefined, true],
    ['while a status tells that they do', { sizeRevision: current, conditions: [synced('Reconfiguring')] }, true],
    ['not once it tells that they have', { sizeRevision: current, conditions: [other, synced('InSync')] }, false],
    ['where it tells of another size', { sizeRevision: 'other', conditions: [synced('InSync')] }, true],
    ['where it tells of no size, and of another spec', { conditions: [synced('InSync', 7)] }, true],
    ['not where it tells of no size, and of this spec', { conditions: [synced('InSync')] }, false],
    ['not for another spec of the same size', { sizeRevision: current, conditions: [synced('InSync', 7)] }, false],
  ])('%s', (_, status, expected) => expect(isResizing(status)).toBe(expected));

  test('is asked anew with each change of the size', () => {
    const memory = restored({ sizeRevision: current, conditions: [synced('InSync')] }, { disks });
    expect(memory.isResizing(asked)).toBe(false);
    expect(memory.isResizing(aGroup({ disks, cpu: 16 }))).toBe(true);
  });

  test('R4: disks that were in sync are not looked at again', () => {
    const disksOf = (status: VmGroupStatus, spec: Partial<VmGroupSpec> = { disks }) =>
      restored({ ...status, replicas: [replica({ moRef: 'vm-1' })] }, spec).history.disksOf('vm-1');
    expect(disksOf({ sizeRevision: current, conditions: [other, synced('InSync')] })).toBe('root disk 40 GiB');
    expect(disksOf({ sizeRevision: current, conditions: [synced('Reconfiguring')] })).toBeUndefined();
    expect(disksOf({ sizeRevision: 'other', conditions: [synced('InSync')] })).toBeUndefined();
    expect(disksOf({ conditions: [synced('InSync')] }, {})).toBeUndefined();
  });
});

describe('R2, R7: requests of an earlier process', () => {
  test('may still arrive for five seconds, if it has worked on the group', () => {
    expect(restored({}).predecessorQuietAtMs).toBe(NOW.monotonicMs + PREDECESSOR_REQUEST_MS);
    const { finalizers: _, ...metadata } = aGroup().metadata;
    for (const group of [aGroup({}, { metadata: { ...metadata, finalizers: ['other'] } }), { ...aGroup(), metadata }])
      expect(GroupMemory.from(group, NOW).predecessorQuietAtMs).toBeUndefined();
  });
});
