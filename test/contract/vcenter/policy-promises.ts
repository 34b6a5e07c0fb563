/** What the calls of a connection tell of storage policies. */
import { expect, test } from 'vitest';
import { type ContractStage, call } from './contract-stage';

/** One of the policies that vcsim has at the start, and every vCenter. */
const POLICY = 'vSAN Default Storage Policy';

export function promisePolicies(stage: ContractStage): void {
  const idsOf = (name: string) => stage.world.answered(stage.calls.findStoragePolicies(name, call('vmop-policy')));

  test('a storage policy is found by its exact name', async () => {
    expect(await idsOf(POLICY)).toEqual(['aa6d5a82-1c88-45da-85d3-3d74b91a5bad']);
    expect(await idsOf(POLICY.toLowerCase())).toEqual([]);
    expect(await idsOf('absent')).toEqual([]);
  });

  test('PBM knows the session, also the next one', async () => {
    await idsOf('absent');
    await stage.world.hand.endSessions();
    expect(await idsOf(POLICY)).toHaveLength(1);
  });

  test('datastores of a pool fit a policy, and a clone with it goes to one of them', async () => {
    const { resourcePool, template } = stage.landmarks;
    const { calls, world } = stage;
    const datastores = await world.answered(calls.readPoolDatastores(resourcePool, call('vmop-policy')));
    expect(datastores.length).toBeGreaterThan(0);
    for (const { type } of datastores) expect(type).toBe('Datastore');
    const [id = ''] = await idsOf(POLICY);
    const fits = await world.answered(calls.checkStoragePolicy(id, datastores, call('vmop-policy')));
    expect(fits).toEqual(datastores.map((datastore) => ({ datastore })));
    const source = await world.answered(calls.readCloneSource(template, call('vmop-policy')));
    const disks = (source?.disks ?? []).map(({ key }) => key);
    const machine = await stage.seen('policy', { storagePolicy: { id, datastores, disks } });
    const [used] = stage.inventory.virtualMachine(machine)?.datastores ?? [];
    expect(datastores).toContainEqual(used);
  });
}
