import { describe, expect, test } from 'vitest';
import { aFault, aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import { refKey, type VirtualMachine } from '../../vsphere/port';
import { NOTHING, type Plan } from '../model/action';
import { type Limits, NOTHING_USED } from '../model/limits';
import type { Observation, Replica } from '../model/observation';
import { configCondition } from './config-condition';

const group = (spec: Partial<VmGroupSpec> = {}) => aGroup({ replicas: 2, cpu: 4, memory: 8, ...spec });
const small = (of: VmGroup, ordinal = 0, machine: Partial<VirtualMachine> = {}) =>
  aReplica(of, { ordinal }, { name: `web-${ordinal}`, numCpu: 2, memoryMiB: 4096, ...machine });
const full = (of: VmGroup, ordinal: number, machine: Partial<VirtualMachine> = {}) =>
  aReplica(of, { ordinal }, { name: `web-${ordinal}`, ...machine });
const off = { powerState: 'poweredOff' } as const;
const leaving = ({ machine }: Replica): Plan => ({ ...NOTHING, leaving: new Map([[refKey(machine.ref), 'Surplus']]) });

function told(of: VmGroup, rest: Partial<Observation>, plan = NOTHING): string | undefined {
  const condition = configCondition(anObservation(of, rest), plan);
  return condition && `${condition.status} ${condition.reason}: ${condition.message}`;
}

const DEFAULTS: NonNullable<VmGroupSpec['updateStrategy']> = { type: 'RollingUpdate', resizePolicy: 'PowerCycle' };
const IN_SYNC = 'True InSync: every replica has the size of the spec';
const REMEDY = 'power off in vCenter, it comes back resized';

describe('ConfigSynced is in sync', () => {
  test('without a replica', () => expect(told(group(), {})).toBe(IN_SYNC));

  test('when each replica has its size', () =>
    expect(told(group(), { replicas: [full(group(), 0), full(group(), 1)] })).toBe(IN_SYNC));

  test('whatever the size of a replica that leaves', () => {
    const replica = small(group());
    expect(told(group(), { replicas: [full(group(), 1), replica] }, leaving(replica))).toBe(IN_SYNC);
  });

  test('nothing is said while vCenter is away', () => {
    const vcenter = { kind: 'Unavailable', name: 'vc', reason: 'Unreachable', message: 'gone' } as const;
    const away = { ...vcenter, needsUser: false, reconnecting: false };
    expect(told(group(), { replicas: [small(group())], vcenter: away })).toBeUndefined();
  });
});

describe('a replica of another size', () => {
  test('must be powered off, and the message says why it cannot grow', () =>
    expect(told(group(), { replicas: [small(group()), full(group(), 1)] })).toBe(
      `False PowerOffRequired: web-0 must be powered off to get 4 CPU and 8 GiB (CPU hot-add is off): ${REMEDY}`,
    ));

  test('says each reason once for several replicas', () => {
    const canAddCpu = { details: aGuest({ cpuHotAdd: true }) };
    const replicas = [small(group(), 0), small(group(), 1), small(group(), 2, canAddCpu)];
    expect(told(group(), { replicas })).toBe(
      `False PowerOffRequired: web-0, web-1, web-2 must be powered off to get 4 CPU and 8 GiB (CPU hot-add is off; memory hot-add is off): ${REMEDY}`,
    );
  });

  test('grows by itself while it is powered on, where it can', () => {
    const hot = { details: aGuest({ cpuHotAdd: true, memoryHotAdd: true }) };
    expect(told(group(), { replicas: [small(group(), 0, hot)] })).toBe(
      'False Reconfiguring: web-0 get 4 CPU and 8 GiB',
    );
  });

  test('gets its size by itself while it is powered off', () =>
    expect(told(group(), { replicas: [small(group(), 0, off)] })).toBe(
      'False Reconfiguring: web-0 get 4 CPU and 8 GiB',
    ));

  test('tells only of those that wait, if another one gets its size', () =>
    expect(told(group(), { replicas: [small(group(), 0, off), small(group(), 1)] })).toContain(
      'False PowerOffRequired: web-1 must be powered off',
    ));

  test('is not judged by hardware that vCenter has not told yet', () => {
    const of = group({ hardware: { coresPerSocket: 2 } });
    const { details: _, ...machine } = full(of, 0).machine;
    expect(told(of, { replicas: [{ ...full(of, 0), machine }] })).toBe(
      'False Reconfiguring: web-0 get 4 CPU and 8 GiB, 2 cores per socket',
    );
  });

  test('was refused by vCenter while powered on', () => {
    const hot = { details: aGuest({ cpuHotAdd: true, memoryHotAdd: true }) };
    const replicas = [small(group(), 0, hot), small(group(), 1)];
    const hotAddRefused = new Map(replicas.slice(0, 1).map(({ slot }) => [slotKey(slot), '4 CPU and 8 GiB']));
    expect(told(group(), { replicas, hotAddRefused })).toBe(
      `False HotAddRefused: vCenter refused to give web-0 4 CPU and 8 GiB while powered on: ${REMEDY}`,
    );
  });

  test('that vCenter refused another size may get this one', () => {
    const hot = { details: aGuest({ cpuHotAdd: true, memoryHotAdd: true }) };
    const replica = small(group(), 0, hot);
    const hotAddRefused = new Map([[slotKey(replica.slot), '3 CPU and 8 GiB']]);
    expect(told(group(), { replicas: [replica], hotAddRefused })).toContain('False Reconfiguring');
  });
});

describe('after a change of the spec (resizing)', () => {
  const afterChange = (changed: Partial<typeof DEFAULTS>) => {
    const of = group({ updateStrategy: { ...DEFAULTS, ...changed } });
    return told(of, { replicas: [small(of)], resizing: true });
  };

  test('PowerCycle restarts it by itself within maxUnavailable', () =>
    expect(afterChange({ resizePolicy: 'PowerCycle', rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } })).toContain(
      'False Reconfiguring',
    ));

  test('PowerCycle with maxUnavailable 0 restarts none, and says what to change', () =>
    expect(afterChange({ resizePolicy: 'PowerCycle', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } })).toBe(
      'False PowerOffRequired: web-0 must be powered off to get 4 CPU and 8 GiB (CPU hot-add is off): ' +
        `maxUnavailable is 0, so none is restarted: allow 1, or set resizePolicy to Replace, or ${REMEDY}`,
    ));

  test('maxUnavailable 0 is no reason where nothing is restarted anyway', () =>
    expect(
      afterChange({ resizePolicy: 'HotAddOnly', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }),
    ).not.toContain('maxUnavailable'));

  test('nor where the size drifted without a change of the spec', () => {
    const of = group({
      updateStrategy: { ...DEFAULTS, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
    const message = told(of, { replicas: [small(of)] });
    expect(message).toContain('False PowerOffRequired');
    expect(message).not.toContain('maxUnavailable');
  });

  test('HotAddOnly waits for a person', () =>
    expect(afterChange({ resizePolicy: 'HotAddOnly' })).toContain('False PowerOffRequired'));

  test('Replace makes a successor in a rolling update', () =>
    expect(afterChange({ resizePolicy: 'Replace' })).toContain('False Reconfiguring'));

  test('Replace makes none while updateStrategy is OnDelete', () =>
    expect(afterChange({ type: 'OnDelete', resizePolicy: 'Replace' })).toContain('False PowerOffRequired'));
});

describe('a limit keeps a replica small', () => {
  const room = (perVM: Limits['perVM']): Pick<Observation, 'room'> => {
    const usage = { namespace: NOTHING_USED, total: NOTHING_USED };
    return { room: { limits: { perVM }, source: 'VCenter lab', used: usage, present: usage, isUncertain: false } };
  };

  test('of one machine: the message leads to the condition that says why', () =>
    expect(told(group(), { replicas: [small(group())], ...room({ cpu: 2 }) })).toBe(
      'False PowerOffRequired: web-0 may not get 4 CPU and 8 GiB: WithinLimits says why',
    ));

  test('and the reason says whether a resize was under way', () =>
    expect(told(group(), { replicas: [small(group())], resizing: true, ...room({ cpu: 2 }) })).toBe(
      'False Reconfiguring: web-0 may not get 4 CPU and 8 GiB: WithinLimits says why',
    ));

  test('not one that shrinks: what is too large now gets smaller', () => {
    const large = full(group(), 0, { numCpu: 8, memoryMiB: 16_384, ...off });
    expect(told(group(), { replicas: [large], ...room({ cpu: 2 }) })).toContain('False Reconfiguring: web-0 get');
  });

  test('not one whose size is within it', () =>
    expect(told(group(), { replicas: [small(group(), 0, off)], ...room({ cpu: 4 }) })).toContain('web-0 get 4 CPU'));

  test('of all machines: those that the plan keeps small', () => {
    const [first, second] = [small(group(), 0), small(group(), 1)];
    const plan: Plan = { ...NOTHING, keptSmall: new Set([refKey(first.machine.ref)]) };
    expect(told(group(), { replicas: [first, second] }, plan)).toContain('web-0 may not get 4 CPU and 8 GiB');
  });
});

describe('once all have their size', () => {
  const withDisks = group({ disks: { rootSizeGiB: 40 } });

  test('a replica whose disks are smaller gets them', () => {
    const replicas = [{ ...full(withDisks, 0), disks: 'root disk 40 GiB' }, full(withDisks, 1)];
    expect(told(withDisks, { replicas })).toBe('False Reconfiguring: web-1 get root disk 40 GiB');
  });

  test('replicas with the disks of the spec are in sync', () =>
    expect(told(withDisks, { replicas: [{ ...full(withDisks, 0), disks: 'root disk 40 GiB' }] })).toBe(IN_SYNC));

  const onDelete = group({ updateStrategy: { ...DEFAULTS, type: 'OnDelete' } });
  const older = (of: VmGroup, ordinal: number) =>
    aReplica(of, { ordinal, revision: 'old0000000' }, { name: `web-${ordinal}` });

  test('an older revision waits for a person where updateStrategy is OnDelete', () =>
    expect(told(onDelete, { replicas: [older(onDelete, 0), full(onDelete, 1)] })).toBe(
      'False RolloutPending: web-0 are of an older revision, and updateStrategy is OnDelete: delete them in vCenter to get new ones',
    ));

  test('an older revision that a rolling update replaces is not told here', () =>
    expect(told(group(), { replicas: [older(group(), 0)] })).toBe(IN_SYNC));

  test('nor one that a person has retired: that one is replaced', () => {
    const [replica] = [older(onDelete, 0)];
    const retiring = group({ updateStrategy: { ...DEFAULTS, type: 'OnDelete' }, retire: [replica.machine.ref.value] });
    expect(told(retiring, { replicas: [replica] })).toBe(IN_SYNC);
  });

  test('a replica in a failure domain that was taken out is told as such', () => {
    const domains = [{ name: 'east', problems: [], resourcePool: { type: 'ResourcePool', value: 'east' } }];
    const { placement } = anObservation(onDelete);
    const replicas = [{ ...full(onDelete, 0), failureDomain: 'west' }];
    expect(told(onDelete, { replicas, placement: { ...placement, domains } })).toContain(
      'web-0 are of an older revision or in a former failure domain, and updateStrategy is OnDelete',
    );
  });
});

test('the size comes first: disks and revisions are told once all have it', () => {
  const of = group({ disks: { rootSizeGiB: 40 }, updateStrategy: { ...DEFAULTS, type: 'OnDelete' } });
  const older = aReplica(of, { ordinal: 1, revision: 'old0000000' });
  expect(told(of, { replicas: [small(of, 0), older] })).toContain('False PowerOffRequired: web-0');
});

test('a fault about something else does not matter', () =>
  expect(told(group(), { replicas: [full(group(), 0)], faults: new Map([['folder', aFault(group())]]) })).toBe(
    IN_SYNC,
  ));
