/** Failure domains that share a cluster: which machines are whose, when one is taken out, and when their datastores overlap. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LANDMARK } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { DEFAULT_TENANT_POLICY, type FailureDomain } from '../../vmgroup/model/tenant-policy';

const MINUTES = 60_000;
let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
  const { truth, compute } = world.vcenter;
  const host2 = truth.addEntity('HostSystem', 'host-90', 'host-2', LANDMARK.cluster).ref;
  compute.rules.setGroups(LANDMARK.cluster, [
    { xsiType: 'ClusterHostGroup', name: 'site-a', host: [LANDMARK.host] },
    { xsiType: 'ClusterHostGroup', name: 'site-b', host: [host2] },
  ]);
});
afterEach(() => world.end());
const domains = async () =>
  (await world.group('web')).status?.replicas?.map(({ host, failureDomain }) => `${failureDomain} on ${host}`);
function start(a: Partial<FailureDomain> = {}, b: Partial<FailureDomain> = {}) {
  world.tenants = {
    ...DEFAULT_TENANT_POLICY,
    source: 'VCenter lab',
    failureDomains: [
      { name: 'a', cluster: 'C0', hostGroup: 'site-a', ...a },
      { name: 'b', cluster: 'C0', hostGroup: 'site-b', ...b },
    ],
  };
  return world.startProcess('first');
}

test('the machines of one that is taken out of the list are replaced, and the others stay', async () => {
  start();
  await world.create('web', 'default', { replicas: 4, placement: { failureDomains: ['a', 'b'] } });
  await world.clock.advance(10 * MINUTES);
  const before = world.machinesOf('web').map(({ ref }) => ref.value);
  await world.change('web', { placement: { failureDomains: ['a'] } });
  await world.clock.advance(60 * MINUTES);
  const after = world.machinesOf('web').map(({ ref }) => ref.value);
  expect(after).toHaveLength(4);
  expect(after.filter((ref) => before.includes(ref))).toHaveLength(2);
  expect(new Set(await domains())).toEqual(new Set(['a on host-1']));
});

test('machines stay in a domain that falls back to the datastore of the template, beside one that names it', async () => {
  start({}, { datastore: 'datastore-1' });
  await world.create('web', 'default', { replicas: 1 });
  for (const replicas of [2, 3, 4]) {
    await world.clock.advance(5 * MINUTES);
    await world.change('web', { replicas });
  }
  await world.clock.advance(10 * MINUTES);
  expect((await domains())?.filter((text) => text === 'a on host-1')).toHaveLength(2);
});
