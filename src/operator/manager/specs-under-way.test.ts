import { beforeEach, describe, expect, test } from 'vitest';
import { aDeletedGroup, aGroup, aReplica } from '../../../test/support/builders/observation';
import { statusFor } from '../../../test/support/builders/told-status';
import type { VmGroup } from '../../api/vm-group';
import type { Observation } from '../../vmgroup/model/observation';
import { SpecsUnderWay } from './specs-under-way';

let specs: SpecsUnderWay;
beforeEach(() => {
  specs = new SpecsUnderWay();
});

const key = 'shop/web';
const base = aGroup();
const fresh = aGroup({}, { metadata: { ...base.metadata, finalizers: [] } });
const ofGeneration = (generation: number, group = base): VmGroup => ({
  ...group,
  metadata: { ...group.metadata, generation },
});
function told(group: VmGroup, ready: 'True' | 'False', observedGeneration = group.metadata.generation): VmGroup {
  const condition = {
    type: 'Ready',
    status: ready,
    reason: 'Any',
    message: '',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  };
  return { ...group, status: { observedGeneration, conditions: [condition] } };
}
const change = (before: VmGroup | undefined, after: VmGroup | undefined, nowMs: number, isListed = true) =>
  specs.changed({ key, ...(before && { before }), ...(after && { after }) }, isListed, nowMs);
const longest = (nowMs: number) => specs.longestMs(nowMs, () => true);

test('a new group counts from when it was seen until its status says Ready', () => {
  expect(change(undefined, fresh, 1_000)).toBeUndefined();
  expect(change(fresh, told(base, 'False'), 2_000)).toBeUndefined();
  expect(longest(5_000)).toBe(4_000);
  expect(change(told(base, 'False'), told(base, 'True'), 9_000)).toEqual({ change: 'Created', afterMs: 8_000 });
  expect(longest(10_000)).toBe(0);
});

test('a change of the spec counts until the status says Ready of that very spec', () => {
  const [before, after] = [told(base, 'True'), told(ofGeneration(2), 'True', 1)];
  expect(change(before, after, 1_000)).toBeUndefined();
  expect(change(after, told(ofGeneration(2), 'True'), 4_000)).toEqual({ change: 'Changed', afterMs: 3_000 });
});

test('of changes in a row the last one counts, and a new group stays a new one', () => {
  change(undefined, fresh, 0);
  change(fresh, ofGeneration(2), 5_000);
  change(ofGeneration(2), ofGeneration(3), 7_000);
  expect(change(ofGeneration(3), told(ofGeneration(3), 'True'), 9_000)).toEqual({ change: 'Created', afterMs: 2_000 });
});

test('what began before this process has no known begin, and is left out', () => {
  // Of the first list; of a namespace that may be read only now; and one that an earlier process worked on.
  change(undefined, fresh, 0, false);
  expect(change(fresh, told(base, 'True'), 5_000)).toBeUndefined();
  change(undefined, told(ofGeneration(2), 'False', 1), 0);
  expect(change(ofGeneration(2), told(ofGeneration(2), 'True'), 5_000)).toBeUndefined();
  change(undefined, base, 0);
  expect(change(base, told(base, 'True'), 5_000)).toBeUndefined();
  expect(longest(9_000)).toBe(0);
});

test('a group that becomes ready again without a change of its spec is not measured', () => {
  change(undefined, fresh, 0);
  change(fresh, told(base, 'True'), 1_000);
  expect(change(told(base, 'True'), told(base, 'False'), 2_000)).toBeUndefined();
  expect(change(told(base, 'False'), told(base, 'True'), 3_000)).toBeUndefined();
});

test.each([
  ['is gone', undefined],
  ['is deleted', aDeletedGroup()],
  ['is paused', ofGeneration(2, aGroup({ paused: true }))],
])('a group that %s waits no more', (_, after) => {
  change(undefined, fresh, 0);
  expect(change(fresh, after, 1_000)).toBeUndefined();
  expect(longest(9_000)).toBe(0);
});

test('the longest wait is that of the groups that are asked for', () => {
  change(undefined, fresh, 1_000);
  expect(specs.longestMs(5_000, (asked) => asked !== key)).toBe(0);
  expect(specs.longestMs(5_000, (asked) => asked === key)).toBe(4_000);
});

describe('what the spec leaves to a person is no wait for the operator', () => {
  const onDelete = { type: 'OnDelete', resizePolicy: 'PowerCycle' } as const;
  const withStatus = (group: VmGroup, rest: Partial<Observation>): VmGroup => ({
    ...group,
    status: { ...statusFor(group, rest), observedGeneration: group.metadata.generation ?? 0 },
  });
  function waits(group: VmGroup, rest: Partial<Observation>): boolean {
    specs = new SpecsUnderWay();
    change(undefined, { ...fresh, spec: group.spec }, 0);
    change(fresh, withStatus(group, rest), 1_000);
    return longest(WEEK_MS) > 0;
  }

  test.each([
    ['older machines with OnDelete', aGroup({ updateStrategy: onDelete }), { revision: 'old0000000' }, {}],
    [
      'older machines with OnDelete that are powered off',
      aGroup({ updateStrategy: onDelete, powerState: 'PoweredOff' }),
      { revision: 'old0000000' },
      { powerState: 'poweredOff' as const },
    ],
    ['a machine that somebody resized', aGroup(), {}, { numCpu: 7 }],
    [
      'a size that needs a power-off, with HotAddOnly',
      aGroup({ updateStrategy: { type: 'RollingUpdate', resizePolicy: 'HotAddOnly' } }),
      {},
      { numCpu: 1 },
    ],
  ])('%s', (_, group, slot, machine) => {
    expect(waits(group, { replicas: [aReplica(group, { ordinal: 0, ...slot }, machine)] })).toBe(false);
  });

  test('but a replica that is missing or not ready is', () => {
    const group = aGroup({ replicas: 2, updateStrategy: onDelete });
    const old = aReplica(group, { ordinal: 0, revision: 'old0000000' });
    expect(waits(group, { replicas: [old] })).toBe(true);
    const dark = aReplica(group, { ordinal: 1 }, { powerState: 'poweredOff' });
    expect(waits(group, { replicas: [old, dark] })).toBe(true);
  });
});

test('while vCenter is not there nobody waits, and the wait begins anew once it is back', () => {
  const told = (vcenterReady: 'True' | 'False') => ({ ...base, status: statusWith(vcenterReady) });
  change(undefined, fresh, 0);
  change(fresh, told('True'), 1_000);
  expect(longest(3_000)).toBe(3_000);
  change(told('True'), told('False'), 4_000);
  expect(longest(WEEK_MS)).toBe(0);
  change(told('False'), told('True'), WEEK_MS);
  expect(longest(WEEK_MS + 2_000)).toBe(2_000);
});

const WEEK_MS = 7 * 86_400_000;

function statusWith(vcenterReady: 'True' | 'False') {
  const common = { reason: 'Any', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' };
  return {
    observedGeneration: base.metadata.generation ?? 0,
    conditions: [
      { ...common, type: 'Ready', status: 'False' as const },
      { ...common, type: 'VCenterReady', status: vcenterReady },
    ],
  };
}
