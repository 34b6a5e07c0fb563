import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aFault,
  aGroup,
  anObservation,
  anOperation,
  aReplica,
} from '../../../test/support/builders/observation';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import { faultSubject } from '../model/fault';
import { clusterRef, type HostRules } from '../model/host-rule-wish';
import { mayWriteHostRules } from '../model/host-rules';
import type { Observation } from '../model/observation';
import { SlotHistory } from '../model/slot-history';
import { statusOf } from '../status/status';
import { plan } from './plan';

const EAST = clusterRef('domain-c1');
const WEST = clusterRef('domain-c2');
const PREFERRED = { placement: { hostAntiAffinity: 'Preferred' } } as const;
const vm = (value: string) => ({ type: 'VirtualMachine', value });

/** By machine, its cluster; undefined: nobody knows it. */
type Places = Readonly<Record<string, typeof EAST | undefined>>;

function seen(group: VmGroup, places: Places, rest: Partial<Observation> = {}): Observation {
  const replicas = Object.entries(places).map(([value, cluster], ordinal) => ({
    ...aReplica(group, { ordinal }, { ref: vm(value) }),
    ...(cluster !== undefined && { cluster }),
  }));
  return anObservation(group, { replicas, ...rest });
}
const apart = (spec: Partial<VmGroupSpec> = {}, status: VmGroup['status'] = {}) =>
  aGroup({ ...PREFERRED, replicas: 2, ...spec }, { status });
const looks = (observed: Observation) =>
  plan(observed).actions.flatMap((action) => (action.kind === 'WriteHostRules' ? [action] : []));
const wishes = (observed: Observation) =>
  looks(observed).map(({ rules }) => [rules.cluster.value, ...rules.apart.map(({ value }) => value)].join(' '));
const kept = (observed: Observation) => looks(observed).map(({ rules }) => rules.kept.map(({ value }) => value));
const clustersIn = (observed: Observation) => statusOf(observed, plan(observed))?.hostRuleClusters;
/** What a process knows that has written these rules. */
function wrote(observed: Observation, atMs = 0): Partial<Observation> {
  const history = new SlotHistory();
  for (const { rules } of looks(observed)) history.wroteHostRules(rules, atMs);
  return { hostRules: history.hostRules };
}

describe('replicas that are kept apart', () => {
  test('have one rule in each cluster, which is looked at once', () => {
    const places = { a: EAST, b: WEST, c: EAST };
    const observed = seen(apart({ replicas: 3 }), places);
    expect(wishes(observed)).toEqual(['domain-c1 a c', 'domain-c2 b']);
    expect(looks(seen(apart({ replicas: 3 }), places, wrote(observed)))).toEqual([]);
  });

  test('are followed as they come and go, several in one write', () => {
    const known = wrote(seen(apart(), { a: EAST, b: EAST }), 995_000);
    const grown = { a: EAST, b: EAST, c: EAST };
    const early = plan(seen(apart({ replicas: 3 }), grown, known));
    expect(early).toMatchObject({ actions: [], requeueAtMs: 1_005_000 });
    const later = { now: { wallMs: 0, monotonicMs: 1_005_000 } };
    expect(wishes(seen(apart({ replicas: 3 }), grown, { ...known, ...later }))).toEqual(['domain-c1 a b c']);
  });

  test('get their first rule at once', () => {
    const known = wrote(seen(apart(), { a: EAST }), 999_000);
    expect(wishes(seen(apart(), { a: EAST, b: EAST }, known))).toEqual(['domain-c1 a b']);
  });

  test('are not in a rule while they are made', () => {
    const group = apart();
    const { slot } = aReplica(group, { ordinal: 1 });
    const inFlight = [anOperation('Clone', { slot })];
    expect(wishes(seen(group, { a: EAST, b: EAST }, { inFlight }))).toEqual(['domain-c1 a']);
  });

  test('R1: stay in a rule while nobody knows where they are, and while they go', () => {
    const group = apart({ replicas: 3 });
    const inFlight = [anOperation('Destroy', { machine: vm('b') })];
    const unseen = { ref: vm('d'), slot: { ordinal: 7, revision: 'x' }, name: 'd', isShown: false };
    const observed = seen(group, { a: EAST, b: EAST, c: undefined }, { inFlight, known: { machines: [unseen] } });
    expect(wishes(observed)).toEqual(['domain-c1 a']);
    expect(kept(observed)).toEqual([['b', 'c', 'd']]);
    expect(looks(observed)[0]?.own).toEqual(['a', 'b', 'c', 'd'].map(vm));
  });

  test('R7: wait for requests of an earlier process', () => {
    const observed = seen(apart(), { a: EAST, b: EAST }, { predecessorQuietAtMs: 1_005_000 });
    expect(plan(observed)).toMatchObject({ actions: [], requeueAtMs: 1_005_000 });
  });

  test('R8: a rule that could not be written is tried again in time, and holds nothing', () => {
    const group = apart();
    const fault = aFault(group, { class: 'NeedsUser', reason: 'NoPermission', message: 'no' });
    const faults = new Map([['ClusterComputeResource:domain-c1', fault]]);
    const observed = seen(group, { a: EAST, b: EAST }, { faults });
    expect(looks(observed)).toEqual([]);
    const status = statusOf(observed, plan(observed));
    expect(status?.phase).toBe('RUNNING');
    expect(status?.conditions?.find(({ type }) => type === 'ConfigSynced')).toMatchObject({
      status: 'False',
      reason: 'HostRulesNotWritten',
      message: expect.stringContaining('DRS rules of domain-c1: no, retry at'),
    });
  });
});

describe('the clusters that the status names', () => {
  test('R7: are those with a rule, before it is written', () => {
    const group = apart({ replicas: 3 });
    const observed = seen(group, { a: EAST, b: EAST, c: WEST });
    expect(clustersIn(observed)).toEqual(['domain-c1']);
    const [look] = looks(observed);
    expect(look && mayWriteHostRules(look, group, {})).toBe(false);
    expect(look && mayWriteHostRules(look, apart({}, { hostRuleClusters: ['domain-c1'] }), {})).toBe(true);
  });

  test('stay until a look has shown that no rule is left', () => {
    const group = aGroup({ replicas: 2 }, { status: { hostRuleClusters: ['domain-c1'] } });
    const observed = seen(group, { a: EAST, b: EAST });
    expect(wishes(observed)).toEqual(['domain-c1']);
    expect(clustersIn(observed)).toEqual(['domain-c1']);
    expect(clustersIn(seen(group, { a: EAST, b: EAST }, wrote(observed)))).toBeUndefined();
    expect(looks(seen(group, { a: EAST, b: EAST }, wrote(observed)))).toEqual([]);
  });

  test('are looked at once by a later process, though they are not named: a restored status may be older', () => {
    const observed = seen(apart({ replicas: 1 }), { a: EAST });
    expect(wishes(observed)).toEqual(['domain-c1 a']);
    expect(looks(seen(apart({ replicas: 1 }), { a: EAST }, wrote(observed)))).toEqual([]);
    expect(clustersIn(observed)).toBeUndefined();
  });
});

test('R4: a group without the field looks at no cluster', () => {
  for (const hostAntiAffinity of [undefined, 'Disabled'] as const) {
    const placement = { ...(hostAntiAffinity && { hostAntiAffinity }) };
    expect(looks(seen(aGroup({ replicas: 2, placement }), { a: EAST, b: EAST }))).toEqual([]);
  }
});

describe('a group that is deleted', () => {
  const deleted = (deletionPolicy: 'Delete' | 'Orphan') => ({
    ...aDeletedGroup({ ...PREFERRED, deletionPolicy }),
    status: { hostRuleClusters: ['domain-c1'] },
  });
  const kinds = (observed: Observation) => plan(observed).actions.map(({ kind }) => kind);

  test('R1: loses its rule before its machines lose their marks, which tell whose rule it is', () => {
    const observed = seen(deleted('Orphan'), { a: EAST });
    expect(kinds(observed)).toEqual(['WriteHostRules']);
    expect(wishes(observed)).toEqual(['domain-c1']);
    expect(kinds(seen(deleted('Orphan'), { a: EAST }, wrote(observed)))).toEqual(['ReleaseMarks']);
  });

  test('waits for it with its finalizer, and destroys its machines meanwhile', () => {
    expect(kinds(seen(deleted('Delete'), { a: EAST }))).toEqual(['WriteHostRules', 'PowerOff']);
    const gone = seen(deleted('Delete'), {}, { folder: { kind: 'Missing' } });
    expect(kinds(gone)).toEqual(['WriteHostRules']);
    expect(kinds({ ...gone, ...wrote(gone) })).toEqual(['RemoveFinalizer']);
  });

  test('may write no rule any more, and may remove one', () => {
    const rules = (...machines: string[]): HostRules => ({ cluster: EAST, apart: machines.map(vm), kept: [] });
    const action = (...machines: string[]) => ({ kind: 'WriteHostRules', rules: rules(...machines), own: [] }) as const;
    expect(mayWriteHostRules(action('a', 'b'), deleted('Delete'), {})).toBe(false);
    expect(mayWriteHostRules(action(), deleted('Delete'), {})).toBe(true);
    expect(mayWriteHostRules(action(), undefined, {})).toBe(true);
  });
});

describe('failure domains with DRS host groups in one cluster', () => {
  const group = aGroup({ replicas: 3 });
  const pool = { type: 'ResourcePool', value: 'pool' };
  const domain = (name: string) => ({ name, resourcePool: pool, hostGroup: `rack ${name}`, problems: [] });
  const placement = { ...anObservation(group).placement, domains: [domain('x'), domain('y')] };
  const inDomains = (domains: Readonly<Record<string, string | undefined>>, rest: Partial<Observation> = {}) => {
    const observed = seen(group, { a: EAST, b: EAST, c: EAST }, { placement, ...rest });
    const replicas = observed.replicas.map((replica) => {
      const failureDomain = domains[replica.machine.ref.value];
      return failureDomain === undefined ? replica : { ...replica, failureDomain };
    });
    return { ...observed, replicas };
  };
  const domainsOf = (observed: Observation) =>
    looks(observed)[0]?.rules.domains?.map(({ failureDomain, hostGroup, machines }) =>
      [failureDomain, hostGroup, ...machines.map(({ value }) => value)].join(' '),
    );

  test('keep their machines on their hosts; without hostAntiAffinity these are not kept apart', () => {
    const observed = inDomains({ a: 'x', b: 'y', c: 'x' });
    expect(domainsOf(observed)).toEqual(['x rack x a c', 'y rack y b']);
    expect(wishes(observed)).toEqual(['domain-c1']);
    expect(clustersIn(observed)).toEqual(['domain-c1']);
  });

  test('R7: a machine of which nobody knows the domain stays where it is found', () => {
    const observed = inDomains({ a: 'x', b: 'y' });
    expect(domainsOf(observed)).toEqual(['x rack x a', 'y rack y b']);
    expect(kept(observed)).toEqual([['c']]);
  });

  test('R7: a machine that is in none of the domains is kept apart from the others all the same', () => {
    const observed = { ...inDomains({ a: 'x', b: 'y' }), group: aGroup({ replicas: 3, ...PREFERRED }) };
    expect(wishes(observed)).toEqual(['domain-c1 a b c']);
    expect(domainsOf(observed)).toEqual(['x rack x a', 'y rack y b']);
  });

  test('R7: a machine of a domain that cannot be found now stays where it is found', () => {
    const lost = { name: 'y', hostGroup: 'rack y', problems: [] };
    const observed = inDomains(
      { a: 'x', b: 'y', c: 'y' },
      { placement: { ...placement, domains: [domain('x'), lost] } },
    );
    expect(domainsOf(observed)).toEqual(['x rack x a', 'y rack y']);
    expect(kept(observed)).toEqual([['b', 'c']]);
  });

  test('a machine of a domain that was taken out stays on its hosts until it is replaced', () => {
    const observed = inDomains({ a: 'x', b: 'former', c: 'x' });
    expect(domainsOf(observed)).toEqual(['x rack x a c', 'y rack y']);
    expect(kept(observed)).toEqual([['b']]);
  });

  test('are followed as machines come and go, several in one write', () => {
    const first = inDomains({ a: 'x', b: 'y', c: 'x' });
    const known = wrote(first, 995_000);
    expect(plan(inDomains({ a: 'x', b: 'y', c: 'x' }, known)).actions).toEqual([]);
    const moved = { a: 'x', b: 'y', c: 'y' };
    expect(looks(inDomains(moved, known))).toEqual([]);
    expect(plan(inDomains(moved, known)).requeueAtMs).toBe(1_005_000);
    const later = { now: { wallMs: 0, monotonicMs: 1_005_000 } };
    expect(domainsOf(inDomains(moved, { ...known, ...later }))).toEqual(['x rack x a', 'y rack y b c']);
  });

  describe('a machine that is not powered on yet', () => {
    const offC = (rest: Partial<Observation> = {}) => {
      const observed = inDomains({ a: 'x', b: 'y', c: 'x' }, rest);
      const replicas = observed.replicas.map((replica) =>
        replica.machine.ref.value === 'c'
          ? { ...replica, machine: { ...replica.machine, powerState: 'poweredOff' as const } }
          : replica,
      );
      return { ...observed, replicas };
    };
    const kinds = (observed: Observation) => plan(observed).actions.map(({ kind }) => kind);

    test('waits for the rule of its domain: DRS would power it on anywhere', () => {
      expect(kinds(offC())).toEqual(['WriteHostRules']);
      expect(kinds(offC(wrote(offC())))).toEqual(['PowerOn']);
    });

    test('waits only shortly until changes of the rule are gathered', () => {
      const others = (atMs: number) => offC(wrote(inDomains({ a: 'x', b: 'y' }), atMs));
      expect(plan(others(999_000))).toMatchObject({ actions: [], requeueAtMs: 1_001_000 });
      expect(kinds(others(998_000))).toEqual(['WriteHostRules']);
    });

    test('R8: waits for no rule that cannot be written, nor for one that nobody can tell', () => {
      const faults = new Map([[faultSubject(EAST), aFault(group)]]);
      expect(kinds(offC({ faults }))).toEqual(['PowerOn']);
      const lost = { ...placement, domains: [{ name: 'x', hostGroup: 'rack x', problems: [] }, domain('y')] };
      expect(kinds(offC({ placement: lost }))).toContain('PowerOn');
    });
  });

  test('R15: nothing is written for a domain that the VCenter has no more, or with another host group', () => {
    const [look] = looks(inDomains({ a: 'x', b: 'y', c: 'x' }));
    const stored = { ...group, status: { hostRuleClusters: ['domain-c1'] } };
    const may = (failureDomains: readonly { readonly name: string; readonly hostGroup?: string }[]) =>
      look !== undefined && mayWriteHostRules(look, stored, { failureDomains });
    expect(may([domain('x'), domain('y')])).toBe(true);
    expect(may([domain('x')])).toBe(false);
    expect(may([domain('x'), { ...domain('y'), hostGroup: 'other' }])).toBe(false);
  });

  test('a clone goes to the host group of its domain', () => {
    const clones = plan({ ...inDomains({}), replicas: [] }).actions.filter(({ kind }) => kind === 'Clone');
    expect(clones).toHaveLength(3);
    for (const clone of clones)
      expect(clone).toMatchObject({ hostGroup: `rack ${'failureDomain' in clone ? clone.failureDomain : ''}` });
  });
});
