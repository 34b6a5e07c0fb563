/** R15: the condition WithinLimits names what was asked, what is used, the limit and the remedy. */
import { describe, expect, test } from 'vitest';
import { aDeletedGroup, aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import { ConditionType } from '../../api/conditions';
import type { VmGroup } from '../../api/vm-group';
import { type Amount, amountOf, type Limits, NOTHING_USED, plus } from '../model/limits';
import type { Observation, Replica } from '../model/observation';
import { plan } from '../plan/plan';
import { statusOf } from './status';

interface Given {
  readonly limits: Limits;
  readonly replicas?: readonly Replica[];
  readonly others?: Amount;
  readonly isUncertain?: boolean;
  readonly rest?: Partial<Observation>;
}

function seen(group: VmGroup, { limits, replicas = [], others = NOTHING_USED, ...given }: Given): Observation {
  const own = replicas.map(({ machine }) => amountOf(machine)).reduce(plus, others);
  const usage = { namespace: own, total: own };
  const { isUncertain = false, rest = {} } = given;
  const room = { limits, source: 'VCenter lab', used: usage, present: usage, isUncertain };
  return anObservation(group, { replicas, room, ...rest });
}
const statusFor = (observed: Observation) => statusOf(observed, plan(observed)) ?? expect.fail('no status');
function told(observed: Observation, type: ConditionType = ConditionType.WithinLimits): string | undefined {
  const found = statusFor(observed).conditions?.find((condition) => condition.type === type);
  return found && `${found.status} ${found.reason}: ${found.message}`;
}
const vms = (count: number): Amount => ({ vms: count, cpu: 2 * count, memoryMiB: 4096 * count });
const replicasOf = (group: VmGroup, count: number) =>
  Array.from({ length: count }, (_, ordinal) => aReplica(group, { ordinal }));

test('is missing without limits, and for a group that is being deleted', () => {
  expect(told(anObservation(aGroup()))).toBeUndefined();
  expect(told(seen(aDeletedGroup(), { limits: { total: { vms: 0 } } }))).toBeUndefined();
});

test('is True while what is due fits, also with the last place taken', () => {
  const group = aGroup({ replicas: 2 });
  const limits = { perVM: { cpu: 2 }, perNamespace: { vms: 2, cpu: 4, memoryGiB: 8 }, total: { vms: 2 } };
  expect(told(seen(group, { limits, replicas: replicasOf(group, 2) }))).toBe(
    'True LimitsKept: within the limits of VCenter lab',
  );
});

describe('is False', () => {
  test('while replicas wait for room in the namespace', () => {
    const observed = seen(aGroup({ replicas: 3 }), { limits: { perNamespace: { vms: 10 } }, others: vms(9) });
    expect(told(observed)).toBe(
      'False NamespaceQuota: 2 replicas not made: 2 machines are asked for, and namespace shop uses 10 of the 10 machines ' +
        'that VCenter lab allows to it: scale down in namespace shop, or have an administrator raise ' +
        'spec.limits.perNamespace.vms of VCenter lab',
    );
    expect(statusFor(observed)).toMatchObject({ phase: 'PENDING' });
    expect(told(observed, ConditionType.Stalled)).toMatch(/^False/);
    expect(statusFor(observed).lastMessage).toContain('0 of 3 replicas running; 2 replicas not made: 2 machines');
  });

  test('while a replica waits for room on the whole vCenter', () => {
    expect(told(seen(aGroup(), { limits: { total: { memoryGiB: 10 } }, others: vms(2) }))).toBe(
      'False TotalQuota: 1 replica not made: 4 GiB are asked for, and all namespaces together use 8 of the 10 GiB that ' +
        'VCenter lab allows: scale down other groups, or have an administrator raise spec.limits.total.memoryGiB of VCenter lab',
    );
  });

  test('while the spec asks for a larger machine than one may be, also when none is due', () => {
    const group = aGroup();
    const limits = { perVM: { cpu: 4, memoryGiB: 3 } };
    const message =
      'PerVMLimit: spec.memory is 4 GiB, and VCenter lab allows 3 GiB to a machine: lower spec.memory, or have an ' +
      'administrator raise spec.limits.perVM.memoryGiB of VCenter lab';
    expect(told(seen(group, { limits }))).toBe(`False ${message}`);
    const complete = seen(group, { limits, replicas: replicasOf(group, 1) });
    expect([told(complete), statusFor(complete).phase]).toEqual([`False ${message}`, 'RUNNING']);
  });

  test('while more is used than a lowered limit allows: nothing is removed, and a complete group stays RUNNING', () => {
    const group = aGroup({ replicas: 3 });
    const observed = seen(group, { limits: { perNamespace: { cpu: 4 } }, replicas: replicasOf(group, 3) });
    expect(plan(observed).actions).toEqual([]);
    expect([told(observed), statusFor(observed).phase]).toEqual([
      'False NamespaceQuota: namespace shop uses 6 of the 4 CPU that VCenter lab allows to it: nothing is removed, and ' +
        'nothing is added until less is used or the limit is raised',
      'RUNNING',
    ]);
    expect(told(seen(group, { limits: { total: { vms: 2 } }, replicas: replicasOf(group, 3) }))).toMatch(
      /^False TotalQuota: all namespaces together use 3 of the 2 machines that VCenter lab allows: nothing is removed/,
    );
  });

  test('while a machine may not grow: it keeps its size, and ConfigSynced says so', () => {
    const group = aGroup({ replicas: 1, cpu: 4 });
    const details = aGuest({ cpuHotAdd: true });
    const replicas = [aReplica(group, { ordinal: 0 }, { numCpu: 2, memoryMiB: 4096, details })];
    const observed = seen(group, { limits: { perNamespace: { cpu: 3 } }, replicas, rest: { resizing: true } });
    expect(told(observed)).toMatch(/^False NamespaceQuota: 1 replica not made larger: 2 CPU are asked for, and /);
    const { name } = replicas[0]?.machine ?? expect.fail('no machine');
    expect(told(observed, ConditionType.ConfigSynced)).toBe(
      `False Reconfiguring: ${name} may not get 4 CPU and 4 GiB: WithinLimits says why`,
    );
    const large = seen(group, { limits: { perVM: { cpu: 3 } }, replicas });
    expect(told(large, ConditionType.ConfigSynced)).toMatch(/^False PowerOffRequired: .* WithinLimits says why$/);
  });
});

describe('Stalled is True with reason LimitReached', () => {
  test('where only a person can make room: beyond the limit of one machine, or with the whole quota used by the group', () => {
    const group = aGroup({ replicas: 3 });
    const alone = seen(group, { limits: { perNamespace: { vms: 2 } }, replicas: replicasOf(group, 2) });
    expect(statusFor(alone)).toMatchObject({ phase: 'ERROR' });
    expect(told(alone, ConditionType.Stalled)).toMatch(
      /^True LimitReached: 2 of 3 replicas running; 1 replica not made/,
    );
    const large = seen(group, { limits: { perVM: { cpu: 1 } }, replicas: replicasOf(group, 2) });
    expect(told(large, ConditionType.Stalled)).toMatch(/^True LimitReached: 2 of 3 replicas running; spec\.cpu is 2/);
  });

  test('and not while another group could', () => {
    const group = aGroup({ replicas: 2 });
    const given = { limits: { perNamespace: { vms: 2 } }, replicas: replicasOf(group, 1), others: vms(1) };
    expect(told(seen(group, given), ConditionType.Stalled)).toMatch(/^False NotStalled/);
  });
});

test('clones of an earlier process that may still run are told as what the group waits for', () => {
  const observed = seen(aGroup(), { limits: { total: { vms: 9 } }, isUncertain: true });
  expect(told(observed)).toMatch(/^True/);
  expect(statusFor(observed).lastMessage).toContain('waiting for clones that an earlier operator process may have');
});

test('figures have one digit behind the point at most', () => {
  const others = { vms: 1, cpu: 1, memoryMiB: 1111 };
  expect(told(seen(aGroup(), { limits: { perNamespace: { memoryGiB: 5 } }, others }))).toContain(
    'uses 1.1 of the 5 GiB',
  );
});
