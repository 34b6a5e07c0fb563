/** How the DRS rules of failure domains with host groups are written while machines come and go. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LANDMARK } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { DEFAULT_TENANT_POLICY } from '../../vmgroup/model/tenant-policy';

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
  world.tenants = {
    ...DEFAULT_TENANT_POLICY,
    source: 'VCenter lab',
    failureDomains: [
      { name: 'a', cluster: 'C0', hostGroup: 'site-a' },
      { name: 'b', cluster: 'C0', hostGroup: 'site-b' },
    ],
  };
});
afterEach(() => world.end());
const writes = () => world.vcenter.calls.filter(({ method }) => method === 'ReconfigureComputeResource_Task').length;

test('60 replicas: the rules of a cluster are changed every 2 s at most, not for each machine', async () => {
  world.start('first');
  const fromMs = world.clock.monotonicMs();
  await world.create('web', 'default', { replicas: 60 });
  const isOn = ({ powerState }: { readonly powerState: string }) => powerState === 'poweredOn';
  for (let second = 0; second < 1_800 && world.machinesOf('web').filter(isOn).length < 60; second += 1)
    await world.clock.advance(1_000);
  await world.clock.advance(20_000);
  const tookMs = world.clock.monotonicMs() - fromMs;
  expect(writes()).toBeGreaterThan(0);
  expect(writes()).toBeLessThanOrEqual(Math.ceil(tookMs / 2_000) + 1);
});

test('R14: a host group that an administrator renames concerns its own failure domain only, and the status names it', async () => {
  world.start('first');
  await world.create('web', 'default', { replicas: 2, placement: { hostAntiAffinity: 'Preferred' } });
  await world.clock.advance(10 * MINUTES);
  const { rules } = world.vcenter.compute;
  const renamed = rules
    .groupsOf(LANDMARK.cluster)
    .map((group) => (group.name === 'site-a' ? { ...group, name: 'site-one' } : group));
  rules.setGroups(LANDMARK.cluster, renamed as never);
  await world.change('web', { replicas: 6 });
  await world.clock.advance(60 * MINUTES);
  const { status } = await world.group('web');
  const inB = status?.replicas?.filter(({ failureDomain }) => failureDomain === 'b') ?? [];
  const machinesOf = (given: object | undefined) => (given as { readonly vm?: readonly unknown[] } | undefined)?.vm;
  const groupB = rules.groupsOf(LANDMARK.cluster).find(({ name }) => /domain-.*\.b\./.test(String(name)));
  const apart = rules.rulesOf(LANDMARK.cluster).find(({ name }) => String(name).includes('.apart.'));
  expect(machinesOf(groupB)).toHaveLength(inB.length);
  expect(machinesOf(apart)).toHaveLength(world.machinesOf('web').length);
  expect(inB.length).toBeGreaterThan(1);
  expect(status?.conditions?.find(({ type }) => type === 'ConfigSynced')).toMatchObject({
    status: 'False',
    message: expect.stringContaining('has no DRS host group "site-a"'),
  });
});
