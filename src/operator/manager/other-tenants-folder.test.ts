/** R15: two VCenters for one vCenter, each with tenants and a default folder of its own. */
import { afterEach, expect, test } from 'vitest';
import type { VCenterModel } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

let world: ManagedWorld;
let vcenter: VCenterModel;
afterEach(() => world.end());

async function addTenant(namespace: string, tier: string): Promise<void> {
  await world.addNamespace(namespace, { tier });
  vcenter = await world.addVCenter(tier, {
    endpoint: { host: 'same', port: 443 },
    namespaceSelector: { matchLabels: { tier } },
    defaults: { placement: { folder: tier } },
  });
}

test('R15: a group does not get into the empty folder of a group of the other VCenter', async () => {
  world = await ManagedWorld.with();
  await addTenant('shop', 'gold');
  await addTenant('bank', 'silver');
  world.start('operator');
  await world.create('db', 'bank', { replicas: 0 });
  await world.create('shared', 'bank', { replicas: 0, placement: { folder: 'vm-operator' } });
  await world.clock.advance(60_000);
  const asked = { squat: 'silver/bank.db', too: 'vm-operator/bank.shared', beside: 'silver' };
  for (const [name, folder] of Object.entries(asked)) await world.create(name, 'shop', { placement: { folder } });
  await world.clock.advance(60_000);
  const phases = Object.keys(asked).map(async (name) => (await world.group(name, 'shop')).status?.phase);
  expect(await Promise.all(phases)).toEqual(['ERROR', 'ERROR', 'RUNNING']);
  expect((await world.group('squat', 'shop')).status?.lastMessage).toContain('the folder of a group');
  expect(world.machinesOf('squat', 'shop', vcenter)).toHaveLength(0);
});
