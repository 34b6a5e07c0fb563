/** What cannot be seen is neither gone nor foreign: DRS rules and machines of failure domains that cannot be found for a while. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LANDMARK } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { DEFAULT_TENANT_POLICY } from '../../vmgroup/model/tenant-policy';
import type { ManagedObjectReference } from '../../vsphere';

const MINUTES = 60_000;
let world: ManagedWorld;
let store2: ManagedObjectReference;
beforeEach(async () => {
  world = await ManagedWorld.with();
  const { truth, compute } = world.vcenter;
  const host2 = truth.addEntity('HostSystem', 'host-90', 'host-2', LANDMARK.cluster).ref;
  const { parent } = truth.entity(LANDMARK.datastore);
  store2 = truth.addEntity('Datastore', truth.nextId('datastore'), 'datastore-2', parent).ref;
  compute.rules.setGroups(LANDMARK.cluster, [
    { xsiType: 'ClusterHostGroup', name: 'site-a', host: [LANDMARK.host] },
    { xsiType: 'ClusterHostGroup', name: 'site-b', host: [host2] },
  ]);
  world.tenants = {
    ...DEFAULT_TENANT_POLICY,
    source: 'VCenter lab',
    failureDomains: [
      { name: 'a', cluster: 'C0', hostGroup: 'site-a', datastore: 'datastore-1' },
      { name: 'b', cluster: 'C0', hostGroup: 'site-b', datastore: 'datastore-2' },
    ],
  };
  world.start('first');
  await world.create('web', 'default', { replicas: 4 });
  await world.clock.advance(10 * MINUTES);
  expect(rules()).toHaveLength(2);
});
afterEach(() => world.end());
const rules = () => world.vcenter.compute.rules.rulesOf(LANDMARK.cluster).map(({ name }) => String(name));
const domains = async () =>
  Object.fromEntries(
    ((await world.group('web')).status?.replicas ?? []).map(({ name, failureDomain }) => [name, failureDomain]),
  );

async function rename(ref: ManagedObjectReference, name: string): Promise<void> {
  const { truth } = world.vcenter;
  (truth.entity(ref) as { name: string }).name = name;
  truth.changed(ref);
  await world.clock.advance(10 * MINUTES);
}

test('the datastore of one is renamed: its rule stays, and each machine is of the domain where it was made, also once it is found again', async () => {
  const before = await domains();
  await rename(store2, 'datastore-two');
  expect(rules()).toHaveLength(2);
  expect(await domains()).toEqual(before);
  await rename(store2, 'datastore-2');
  expect(rules()).toHaveLength(2);
  expect(await domains()).toEqual(before);
});

test('their cluster is renamed: the rules stay', async () => {
  const before = await domains();
  await rename(LANDMARK.cluster, 'C-new');
  expect(rules()).toHaveLength(2);
  expect(await domains()).toEqual(before);
});

test('the datacenter that the spec names is renamed: the rules of all stay', async () => {
  const placement = { datacenter: 'vcqaDC', hostAntiAffinity: 'Preferred' } as const;
  await world.create('db', 'default', { replicas: 4, placement });
  await world.clock.advance(10 * MINUTES);
  const ofDb = () => rules().filter((name) => name.endsWith('default.db'));
  expect(ofDb()).toHaveLength(3);
  await rename(LANDMARK.datacenter, 'dc-sofia');
  expect(ofDb()).toHaveLength(3);
});

test('a second datacenter makes that of the group ambiguous: the rules stay', async () => {
  const { truth } = world.vcenter;
  const datacenter = truth.addEntity('Datacenter', 'datacenter-77', 'other', LANDMARK.root).ref;
  truth.addEntity('Folder', 'group-v77', 'vm', datacenter);
  await world.clock.advance(10 * MINUTES);
  expect(rules()).toHaveLength(2);
});

test('one that the group takes out of its list while it is lost loses its rule', async () => {
  await rename(store2, 'datastore-two');
  await world.change('web', { placement: { failureDomains: ['a'] } });
  await world.clock.advance(60 * MINUTES);
  expect(rules()).toHaveLength(1);
});
