/** Clones into a datastore cluster, on the vCenter simulator. Its Storage DRS recommends nothing (docs/vsphere.md). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ManagedObjectReference } from '../../src/vsphere';
import { openVCenterWindow, type VCenterWindow, type Vcsim } from '../envtest/real-parts';
import { type Connected, connected, forever, landmarks, simulator } from './vsphere-world';

const call = { operationId: 'x', signal: forever };
let vcsim: Vcsim;
let world: Connected;
let hand: VCenterWindow;
let pod: ManagedObjectReference;
let members: readonly ManagedObjectReference[];

beforeEach(async () => {
  vcsim = await simulator({ datastores: 3 });
  world = await connected(vcsim);
  await world.until('ready', () => world.connection.status.kind === 'Ready');
  hand = await openVCenterWindow(vcsim, forever);
  const [template, ...others] = world.connection.inventory.entitiesOfType(['Datastore']);
  if (template?.parent === undefined) throw new Error('no datastore');
  members = others.map(({ ref }) => ref);
  const value = await hand.invoke('CreateStoragePod', 'Folder', template.parent.value, '<name>pod</name>', forever);
  pod = { type: 'StoragePod', value };
  for (const { value } of members)
    await hand.invoke(
      'MoveIntoFolder_Task',
      'StoragePod',
      pod.value,
      `<list type="Datastore">${value}</list>`,
      forever,
    );
});
afterEach(async () => {
  await world.stop();
  await vcsim.stop();
});

test('each machine gets a datastore of the cluster', async () => {
  const { template, folder, resourcePool } = landmarks(world.connection);
  const used = new Set<string>();
  for (const index of [1, 2, 3]) {
    const name = `clone-${index}`;
    const instanceUuid = `50000000-0000-4000-9000-00000000000${index}`;
    const machine = { template, folder, resourcePool, name, numCpu: 1, memoryMiB: 1024, annotation: '' };
    const request = { ...machine, datastore: pod, instanceUuid, extraConfig: {} };
    const outcome = await world.work(name, 'Clone', () => world.connection.calls.cloneVirtualMachine(request, call));
    expect(outcome).toMatchObject({ kind: 'Succeeded' });
    const find = () => [...world.connection.inventory.virtualMachines()].find((one) => one.name === name);
    await world.until('it shows its datastore', () => (find()?.datastores ?? []).length > 0);
    for (const { value } of find()?.datastores ?? []) used.add(value);
  }
  for (const datastore of used) expect(members.map(({ value }) => value)).toContain(datastore);
});
