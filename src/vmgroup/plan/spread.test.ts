import { describe, expect, test } from 'vitest';
import { aFault, aGroup, anObservation, anOperation } from '../../../test/support/builders/observation';
import { aDomain, inDomain, seenIn } from '../../../test/support/builders/spread-world';
import { revisionOf, slotKey } from '../../api/identity';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { Observation, Replica } from '../model/observation';
import { plan } from './plan';
import { planRollout } from './rollout';

const OLD = 'old0000000';
const DOMAINS = ['a', 'b', 'c'].map((name) => aDomain(name));

function groupOf(replicas: number, rest: Partial<VmGroupSpec> = {}): VmGroup {
  return aGroup({ replicas, ...rest });
}

const seen = (group: VmGroup, replicas: readonly Replica[], rest: Partial<Observation> = {}, domains = DOMAINS) =>
  seenIn(domains, group, replicas, rest);
const clonesOf = (observed: Observation) =>
  plan(observed).actions.flatMap((action) =>
    action.kind === 'Clone' ? [`${action.slot.ordinal} ${action.failureDomain}`] : [],
  );
const leavingOf = (observed: Observation) => [...planRollout(observed).leaving.keys()].map(({ slot }) => slot.ordinal);

describe('a new replica', () => {
  test('goes where the fewest are, by the order of the list where they are as many', () => {
    expect(clonesOf(seen(groupOf(4), []))).toEqual(['0 a', '1 b', '2 c', '3 a']);
    const group = groupOf(4);
    expect(clonesOf(seen(group, [inDomain(group, 0, 'a'), inDomain(group, 1, 'a')]))).toEqual(['2 b', '3 c']);
  });

  test('goes to pool and datastore of its domain', () => {
    const datastore = { type: 'Datastore', value: 'ssd' };
    const [a] = DOMAINS;
    const domains = a === undefined ? [] : [{ ...a, datastore }];
    expect(plan(seen(groupOf(1), [], {}, domains)).actions).toMatchObject([
      { kind: 'Clone', failureDomain: 'a', resourcePool: { value: 'pool-a' }, datastore },
    ]);
  });

  test('counts clones in flight for their domain', () => {
    const group = groupOf(3);
    const slot = { ordinal: 0, revision: revisionOf(group.spec) };
    const inFlight = [anOperation('Clone', { slot, failureDomain: 'a' })];
    expect(clonesOf(seen(group, [], { inFlight }))).toEqual(['1 b', '2 c']);
  });

  test('counts a clone once whose machine is shown before its task has ended', () => {
    const group = groupOf(4);
    const shown = inDomain(group, 0, 'a');
    const inFlight = [anOperation('Clone', { slot: shown.slot, failureDomain: 'a' })];
    expect(clonesOf(seen(group, [shown], { inFlight }))).toEqual(['1 b', '2 c', '3 a']);
  });

  test('counts machines out of sight where they were seen last, and is made again there', () => {
    const group = groupOf(4);
    const slot = { ordinal: 1, revision: revisionOf(group.spec) };
    const ref = { type: 'VirtualMachine', value: 'unseen' };
    const known = { machines: [{ ref, slot, name: 'x', isShown: false, failureDomain: 'a' }] };
    expect(clonesOf(seen(group, [], { known }))).toEqual(['0 b', '1 a', '2 c', '3 a']);
  });

  test('passes over a domain that cannot be found', () => {
    const domains = [aDomain('a', true), aDomain('b')];
    expect(clonesOf(seen(groupOf(2), [], {}, domains))).toEqual(['0 b', '1 b']);
  });

  test('passes over a domain that had no room, at once and with the replica that was refused', () => {
    const group = groupOf(2);
    const fault = aFault(group, { class: 'Capacity', failureDomain: 'a' });
    const faults = new Map([[slotKey({ ordinal: 0, revision: revisionOf(group.spec) }), fault]]);
    const fullDomains = new Map([['a', fault]]);
    expect(clonesOf(seen(group, [], { faults, fullDomains }))).toEqual(['0 b', '1 c']);
  });

  test('tries such a domain again when it is due, with one replica', () => {
    const group = groupOf(4);
    const fault = aFault(group, { class: 'Capacity', retryAt: { wallMs: 0, monotonicMs: 1_000_000 } });
    const observed = seen(group, [], { fullDomains: new Map([['a', fault]]) });
    expect(clonesOf(observed)).toEqual(['0 a', '1 b', '2 c', '3 b']);
  });

  test('does not go where a machine waits for room to be powered on', () => {
    const group = groupOf(3);
    const stuck = inDomain(group, 0, 'a', { powerState: 'poweredOff' });
    const faults = new Map([[slotKey(stuck.slot), aFault(group, { class: 'Capacity' })]]);
    expect(clonesOf(seen(group, [stuck], { faults }))).toEqual(['1 b', '2 c']);
  });

  test('DoNotSchedule: comes after those before it, so that the skew is kept also if one of them fails', () => {
    const placement = { spread: { maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' } } as const;
    const observed = seen(groupOf(5, { placement }), []);
    expect(clonesOf(observed)).toEqual(['0 a', '1 b', '2 c']);
    expect(plan(observed).waiting).toBeUndefined();
  });
});

describe('a scale-down', () => {
  test('takes from the most crowded domain, counted anew after each', () => {
    const group = groupOf(3);
    const replicas = ['a', 'a', 'a', 'b', 'c', 'c'].map((name, ordinal) => inDomain(group, ordinal, name));
    expect(leavingOf(seen(group, replicas)).sort()).toEqual([1, 2, 5]);
  });

  test('takes one in no domain first, and one that is off before all', () => {
    const group = groupOf(2);
    const off = inDomain(group, 0, 'b', { powerState: 'poweredOff' });
    const replicas = [off, inDomain(group, 1, undefined), inDomain(group, 2, 'a'), inDomain(group, 3, 'a')];
    expect(leavingOf(seen(group, replicas))).toEqual([0, 1]);
  });

  test('is as ever without failure domains', () => {
    const group = groupOf(1);
    const replicas = [0, 1, 2].map((ordinal) => inDomain(group, ordinal, undefined));
    expect(leavingOf(anObservation(group, { replicas }))).toEqual([2, 1]);
  });

  test('counts clones in flight, and one once whose machine is shown already', () => {
    const group = groupOf(1);
    const replicas = [inDomain(group, 0, 'a'), inDomain(group, 1, 'b')];
    const cloneInto = (ordinal: number) =>
      anOperation('Clone', { slot: { ordinal, revision: revisionOf(group.spec) }, failureDomain: 'a' });
    expect(leavingOf(seen(group, replicas))).toEqual([1]);
    expect(leavingOf(seen(group, replicas, { inFlight: [cloneInto(2)] }))).toEqual([0]);
    expect(leavingOf(seen(group, replicas, { inFlight: [cloneInto(0)] }))).toEqual([1]);
  });

  test('takes the newest of all, where the domains are as crowded after the first one', () => {
    const group = groupOf(3);
    const replicas = ['b', 'a', 'b', 'a', 'b'].map((name, ordinal) => inDomain(group, ordinal, name));
    expect(leavingOf(seen(group, replicas))).toEqual([4, 3]);
  });
});

describe('a domain that is taken out', () => {
  const rolling = (maxSurge: number, maxUnavailable: number) =>
    ({ type: 'RollingUpdate', resizePolicy: 'PowerCycle', rollingUpdate: { maxSurge, maxUnavailable } }) as const;

  test('has outdated replicas, which are replaced within maxUnavailable', () => {
    const group = groupOf(4, { updateStrategy: rolling(0, 1) });
    const replicas = ['a', 'x', 'x', 'b'].map((name, ordinal) => inDomain(group, ordinal, name));
    expect(leavingOf(seen(group, replicas))).toEqual([1]);
  });

  test('loses nothing while no other domain takes a successor', () => {
    const group = groupOf(2, { updateStrategy: rolling(0, 1) });
    const replicas = ['x', 'x'].map((name, ordinal) => inDomain(group, ordinal, name));
    const full = aFault(group, { class: 'Capacity' });
    const fullDomains = new Map(DOMAINS.map(({ name }) => [name, full]));
    expect(leavingOf(seen(group, replicas, { fullDomains }))).toEqual([]);
    expect(leavingOf(seen(group, replicas))).toEqual([0]);
  });

  test('leaves machines that were never in a domain where they are', () => {
    const group = groupOf(2);
    const replicas = [inDomain(group, 0, undefined), inDomain(group, 1, 'a')];
    expect(plan(seen(group, replicas)).actions).toEqual([]);
  });
});

test('a rolling update replaces in the most crowded domain, and counts by revision', () => {
  const updateStrategy = {
    type: 'RollingUpdate',
    resizePolicy: 'PowerCycle',
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
  } as const;
  const group = groupOf(3, { updateStrategy });
  const old = ['a', 'b', 'c'].map((name, ordinal) => inDomain(group, ordinal, name, { revision: OLD }));
  expect(clonesOf(seen(group, old))).toEqual(['3 a']);
  const withNew = [...old, inDomain(group, 3, 'a')];
  expect(leavingOf(seen(group, withNew))).toEqual([0]);
  expect(clonesOf(seen(group, withNew.slice(1)))).toEqual(['0 b']);
});
