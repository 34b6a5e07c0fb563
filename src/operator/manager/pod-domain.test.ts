/** Two failure domains of one cluster, one of them with a datastore cluster. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LANDMARK } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { DEFAULT_TENANT_POLICY } from '../../vmgroup/model/tenant-policy';

const MINUTES = 60_000;
let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
  const { truth, compute, hand } = world.vcenter;
  const host2 = truth.addEntity('HostSystem', 'host-90', 'host-2', LANDMARK.cluster).ref;
  const { parent } = truth.entity(LANDMARK.datastore);
  const store2 = truth.addEntity('Datastore', truth.nextId('datastore'), 'datastore-2', parent).ref;
  const pod = hand.createStoragePod(store2, 'pod-b');
  truth.addEntity('Datastore', truth.nextId('datastore'), 'datastore-3', pod);
  compute.rules.setGroups(LANDMARK.cluster, [
    { xsiType: 'ClusterHostGroup', name: 'site-a', host: [LANDMARK.host] },
    { xsiType: 'ClusterHostGroup', name: 'site-b', host: [host2] },
  ]);
});
afterEach(() => world.end());

test.each([true, false])(
  'replicas are spread evenly, and each is kept where it was made (host groups: %s)',
  async (hasHostGroups) => {
    world.tenants = {
      ...DEFAULT_TENANT_POLICY,
      source: 'VCenter lab',
      failureDomains: [
        { name: 'a', cluster: 'C0', ...(hasHostGroups && { hostGroup: 'site-a' }) },
        { name: 'b', cluster: 'C0', datastoreCluster: 'pod-b', ...(hasHostGroups && { hostGroup: 'site-b' }) },
      ],
    };
    world.start('first');
    await world.create('web', 'default', { replicas: 1 });
    for (const replicas of [2, 3, 4, 5, 6]) {
      await world.clock.advance(5 * MINUTES);
      await world.change('web', { replicas });
    }
    await world.clock.advance(10 * MINUTES);
    const { status } = await world.group('web');
    expect(status?.replicas?.filter(({ failureDomain }) => failureDomain === 'a')).toHaveLength(3);
  },
);
