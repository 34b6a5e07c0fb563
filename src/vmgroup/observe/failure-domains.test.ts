/** The failure domains of a group: which it has, what they stand for, and which machine is in which. */
import { describe, expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup, anOperation, aReplica, CLUSTER_ID, GROUP_UID } from '../../../test/support/builders/observation';
import type { VmGroupSpecPlacement } from '../../api/vm-group';
import type { ManagedObjectReference } from '../../vsphere/port';
import type { KnownMachine } from '../model/known-objects';
import type { Placement } from '../model/placement';
import { DEFAULT_TENANT_POLICY, type FailureDomain, type TenantPolicy } from '../model/tenant-policy';
import { type FormerDomains, inDomains } from './machine-domains';
import { resolvePlacement } from './placement';

const ROOT = (cluster: string) => `Datacenter:dc/Folder:host/ClusterComputeResource:${cluster}/ResourcePool:Resources`;
const GOLD = `${ROOT('c2')}/ResourcePool:gold`;
const STORE = anInventory(
  'Datacenter:dc/Folder:vm/VirtualMachine:ubuntu',
  ...[ROOT('c1'), GOLD, ROOT('c3')],
  ...['Datacenter:dc/Folder:datastore/Datastore:ssd', 'Datacenter:dc/Folder:datastore/Datastore:hdd'],
);
const SSD = drawn('Datacenter:dc/Folder:datastore/Datastore:ssd');
const HDD = drawn('Datacenter:dc/Folder:datastore/Datastore:hdd');
const TWO: readonly FailureDomain[] = [
  { name: 'a', cluster: 'c1' },
  { name: 'b', cluster: 'c2', resourcePool: 'gold', datastore: 'ssd' },
];

function placed(
  failureDomains: readonly FailureDomain[],
  placement?: VmGroupSpecPlacement,
  rest: Partial<TenantPolicy> = {},
): Placement {
  const tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', ...rest, failureDomains };
  const rules = { clusterId: CLUSTER_ID, defaultFolder: 'vm-operator', tenants };
  const { spec } = aGroup(placement && { placement });
  return resolvePlacement({ spec, namespace: 'shop', uid: GROUP_UID }, STORE, rules);
}
const namesOf = ({ domains }: Placement) => domains?.map(({ name }) => name);

describe('which domains a group has', () => {
  test('all of its VCenter, in its order, and each says pool and datastore', () => {
    const { domains, problems, resourcePool } = placed(TWO);
    expect(problems).toEqual([]);
    expect(resourcePool).toBeUndefined();
    expect(domains).toEqual([
      { name: 'a', resourcePool: drawn(ROOT('c1')), problems: [] },
      { name: 'b', resourcePool: drawn(GOLD), datastore: SSD, problems: [] },
    ]);
  });

  test('those that it names, in its order', () => {
    expect(namesOf(placed([...TWO, { name: 'c', cluster: 'c3' }], { failureDomains: ['c', 'a'] }))).toEqual(['c', 'a']);
  });

  test('none with a cluster or pool of its own, or where the VCenter has none', () => {
    expect(placed(TWO, { cluster: 'c3' })).toMatchObject({ resourcePool: drawn(ROOT('c3')), problems: [] });
    expect(placed(TWO, { cluster: 'c3' })).not.toHaveProperty('domains');
    expect(placed(TWO, { resourcePool: 'gold' })).not.toHaveProperty('domains');
    expect(placed([], { cluster: 'c1' })).not.toHaveProperty('domains');
  });

  test("a datastore of the group comes before the domain's, and that before the default", () => {
    const rest = { defaults: { datastore: 'hdd' } };
    expect(placed(TWO, {}, rest).domains?.map(({ datastore }) => datastore)).toEqual([HDD, SSD]);
    expect(placed(TWO, { datastore: 'hdd' }).domains?.map(({ datastore }) => datastore)).toEqual([HDD, HDD]);
  });
});

describe('a domain that cannot be used', () => {
  const LOST: FailureDomain = { name: 'x', cluster: 'nowhere' };
  const told = ({ domains = [] }: Placement) => domains.flatMap(({ problems }) => problems);

  test('R14: leaves the others as they are, and says field, value and remedy', () => {
    const placement = placed([...TWO, LOST]);
    expect(placement.problems).toEqual([]);
    expect(told(placement)).toEqual([
      {
        reason: 'ClusterNotFound',
        field: 'spec.failureDomains[x].cluster of VCenter lab',
        message:
          'failure domain "x": cluster "nowhere" was not found: correct spec.failureDomains[x].cluster of VCenter lab, or create it',
      },
    ]);
  });

  test('has its host group all the same: its DRS rules stay', () => {
    const [lost] = placed([{ ...LOST, hostGroup: 'rack 1' }]).domains ?? [];
    expect(lost).toMatchObject({ name: 'x', hostGroup: 'rack 1', problems: [{}] });
    const { domains } = placed([{ ...LOST, hostGroup: 'rack 1' }], { datacenter: 'nowhere' });
    expect(domains).toEqual([{ name: 'x', hostGroup: 'rack 1', problems: [] }]);
  });

  test('stops the group only if there is no other', () => {
    expect(placed([LOST]).problems).toHaveLength(1);
  });

  test('a name that the VCenter does not have is told with those that it has', () => {
    const placement = placed(TWO, { failureDomains: ['a', 'z'] });
    expect(placement.problems).toEqual([]);
    expect(told(placement)).toEqual([
      {
        reason: 'FailureDomainUnknown',
        field: 'spec.placement.failureDomains',
        message:
          'failure domain "z" is not known: VCenter lab has a, b; correct spec.placement.failureDomains, or have an administrator add it to spec.failureDomains',
      },
    ]);
    expect(placed([], { failureDomains: ['z'] }).problems).toMatchObject([{ reason: 'FailureDomainUnknown' }]);
  });

  test('R15: what the allow-lists refuse is refused for each domain', () => {
    const rest = {
      allowed: { resourcePools: ['/dc/host/c1/**'], templates: ['**'], datastores: ['/dc/datastore/ssd'] },
    };
    const placement = placed([{ name: 'a', cluster: 'c1', datastore: 'ssd' }, TWO[1] ?? LOST], {}, rest);
    expect(placement.problems).toEqual([]);
    expect(told(placement)).toMatchObject([{ reason: 'NotAllowed' }]);
    expect(told(placement)[0]?.message).toContain('failure domain "b": resource pool /dc/host/c2/Resources/gold');
  });
});

describe('which domain a machine is in', () => {
  const group = aGroup();
  const slot = aReplica(group, { ordinal: 0 }).slot;
  const at = (resourcePool?: ManagedObjectReference, ...datastores: readonly ManagedObjectReference[]) =>
    aReplica(group, { ordinal: 0 }, { datastores, ...(resourcePool && { resourcePool }) });
  const NEVER_SEEN: FormerDomains = { known: { machines: [] }, operations: [] };
  const seenIn = (failureDomain: string): FormerDomains => {
    const machine: KnownMachine = { ref: at().machine.ref, slot, name: 'web', isShown: true, failureDomain };
    return { known: { machines: [machine] }, operations: [] };
  };
  const domainOf = (placement: Placement, replica = at(), former = NEVER_SEEN) =>
    inDomains([replica], placement, former, STORE)[0]?.failureDomain;

  test('that whose pool holds it, the innermost first, also where nobody has recorded it', () => {
    const placement = placed([...TWO, { name: 'whole', cluster: 'c2' }]);
    expect(domainOf(placement, at(drawn(ROOT('c1'))))).toBe('a');
    expect(domainOf(placement, at(drawn(GOLD)))).toBe('b');
    expect(domainOf(placement, at(drawn(ROOT('c2'))))).toBe('whole');
  });

  test('of several on one pool that with its datastore', () => {
    const placement = placed([
      { name: 'slow', cluster: 'c1', datastore: 'hdd' },
      { name: 'fast', cluster: 'c1', datastore: 'ssd' },
    ]);
    expect(domainOf(placement, at(drawn(ROOT('c1')), SSD))).toBe('fast');
    expect(domainOf(placement, at(drawn(ROOT('c1')), HDD))).toBe('slow');
  });

  test('of several on one pool that for which it was made, if its datastore allows that', () => {
    const placement = placed([
      { name: 'any', cluster: 'c1' },
      { name: 'fast', cluster: 'c1', datastore: 'ssd' },
    ]);
    const pool = drawn(ROOT('c1'));
    expect(domainOf(placement, at(pool, SSD))).toBe('fast');
    expect(domainOf(placement, at(pool, SSD), seenIn('any'))).toBe('any');
    expect(domainOf(placement, at(pool, HDD), seenIn('fast'))).toBe('any');
    expect(domainOf(placement, at(pool), seenIn('fast'))).toBe('fast');
  });

  test('one that was made in a domain that is taken out is not of another one on the same pool', () => {
    expect(domainOf(placed(TWO), at(drawn(ROOT('c1'))), seenIn('former'))).toBe('former');
  });

  test('of several that share pool and datastore that for which it was made, after a restart too; else they are filled evenly', () => {
    const placement = placed([
      { name: 'a', cluster: 'c1' },
      { name: 'b', cluster: 'c1' },
    ]);
    const here = at(drawn(ROOT('c1')));
    const operations = [anOperation('Clone', { slot, failureDomain: 'b' })];
    expect(domainOf(placement, here, { ...NEVER_SEEN, operations })).toBe('b');
    expect(domainOf(placement, here, seenIn('b'))).toBe('b');
    const four = [0, 1, 2, 3].map((ordinal) => aReplica(group, { ordinal }, { resourcePool: drawn(ROOT('c1')) }));
    const spread = inDomains(four, placement, NEVER_SEEN, STORE).map(({ failureDomain }) => failureDomain);
    expect(spread).toEqual(['a', 'b', 'a', 'b']);
  });

  test('R7: of several that differ by their host group that of its DRS rule; until a look has found it nobody knows', () => {
    const placement = placed(['a', 'b'].map((name) => ({ name, cluster: 'c1', hostGroup: `rack ${name}` })));
    expect(placement.domains?.map(({ hostGroup }) => hostGroup)).toEqual(['rack a', 'rack b']);
    const here = at(drawn(ROOT('c1')));
    const foundIn = (found: ReadonlyMap<string, string | undefined>) => ({ ...NEVER_SEEN, found });
    const machine = here.machine.ref.value;
    expect(domainOf(placement, here)).toBeUndefined();
    expect(domainOf(placement, here, seenIn('b'))).toBe('b');
    expect(domainOf(placement, here, foundIn(new Map([[machine, 'b']])))).toBe('b');
    expect(domainOf(placement, here, foundIn(new Map([[machine, undefined]])))).toBe('a');
  });

  test('one that somebody moved is where it is now', () => {
    expect(domainOf(placed(TWO), at(drawn(GOLD)), seenIn('a'))).toBe('b');
    expect(domainOf(placed(TWO), at(drawn(ROOT('c3'))), seenIn('a'))).toBeUndefined();
  });

  test('one of which vCenter does not tell the pool is where it was last seen', () => {
    expect(domainOf(placed(TWO), at(), seenIn('a'))).toBe('a');
    const unseen = { type: 'ResourcePool', value: 'not shown' };
    expect(domainOf(placed(TWO), at(unseen), seenIn('a'))).toBe('a');
    expect(domainOf(placed(TWO), at())).toBeUndefined();
  });

  test('one of a domain that cannot be found now stays there', () => {
    const lost = [...TWO, { name: 'x', cluster: 'nowhere' }];
    expect(domainOf(placed(lost), at(drawn(ROOT('c3'))), seenIn('x'))).toBe('x');
  });

  test('one of a domain that cannot be found now is not taken for one of another domain that shares its pool', () => {
    const lost = [...TWO, { name: 'x', cluster: 'c1', datastore: 'gone' }];
    expect(domainOf(placed(lost), at(drawn(ROOT('c1'))), seenIn('x'))).toBe('x');
    expect(domainOf(placed(lost), at(drawn(ROOT('c1'))))).toBe('a');
  });

  test('one that was made in a domain that is taken out is still of that one', () => {
    expect(domainOf(placed(TWO), at(drawn(ROOT('c3'))), seenIn('former'))).toBe('former');
  });

  test('one that was never in a domain is in none', () => {
    expect(domainOf(placed(TWO), at(drawn(ROOT('c3'))))).toBeUndefined();
  });
});
