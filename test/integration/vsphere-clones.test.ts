/** What is asked for, on the vCenter simulator: sockets that fit, and a host where the cluster has no DRS. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CloneRequest, VirtualMachine } from '../../src/vsphere';
import { openVCenterWindow, type VCenterWindow, type Vcsim } from '../envtest/real-parts';
import { type Connected, connected, forever, landmarks, simulator } from './vsphere-world';

let vcsim: Vcsim;
let world: Connected;
let hand: VCenterWindow;
beforeEach(async () => {
  vcsim = await simulator();
  world = await connected(vcsim);
  await world.until('ready', () => world.connection.status.kind === 'Ready');
  hand = await openVCenterWindow(vcsim, forever);
});
afterEach(async () => {
  await world.stop();
  await vcsim.stop();
});

const call = { operationId: 'x', signal: forever };
let clones = 0;

async function cloned(request: Partial<CloneRequest> = {}): Promise<VirtualMachine> {
  clones += 1;
  const name = `clone-${clones}`;
  const { template, folder, resourcePool } = landmarks(world.connection);
  const instanceUuid = `50000000-0000-4000-9000-${String(clones).padStart(12, '0')}`;
  const plain = { template, folder, resourcePool, name, numCpu: 1, memoryMiB: 1024, instanceUuid, annotation: '' };
  const outcome = await world.work(name, 'Clone', () =>
    world.connection.calls.cloneVirtualMachine({ ...plain, extraConfig: {}, ...request }, call),
  );
  expect(outcome).toMatchObject({ kind: 'Succeeded' });
  const find = () => [...world.connection.inventory.virtualMachines()].find((machine) => machine.name === name);
  await world.until('it shows', () => find()?.host !== undefined);
  const machine = find();
  if (machine === undefined) throw new Error('it has gone');
  return machine;
}

// The simulator takes no cores per socket from a clone; the model of the unit tests does.
test('a machine gets as many cores per socket of those that it had as fit its number of CPUs', async () => {
  const { ref } = await cloned();
  const spec = '<spec><numCPUs>4</numCPUs><numCoresPerSocket>4</numCoresPerSocket></spec>';
  await hand.invoke('ReconfigVM_Task', 'VirtualMachine', ref.value, spec, forever);
  const { calls } = world.connection;
  const { coresPerSocket = 0 } = (await calls.readVirtualMachine(ref, call)) ?? {};
  const outcome = await world.work('grow', 'Other', () =>
    calls.reconfigure({ ref }, { numCpu: 6, presentCoresPerSocket: coresPerSocket }, call),
  );
  expect(outcome.kind).toBe('Succeeded');
  const cores = await hand.property('VirtualMachine', ref.value, 'config.hardware.numCoresPerSocket', forever);
  expect(cores?.text).toBe('2');
});

describe('a cluster with DRS switched off', () => {
  const clusters = () => world.connection.inventory.entitiesOfType(['ClusterComputeResource']);
  const hosts = () => world.connection.inventory.entitiesOfType(['HostSystem'], clusters()[0]?.ref);

  beforeEach(async () => {
    const spec =
      '<spec xsi:type="ClusterConfigSpecEx"><drsConfig><enabled>false</enabled></drsConfig></spec><modify>true</modify>';
    for (const { ref } of clusters())
      await hand.invoke('ReconfigureComputeResource_Task', 'ClusterComputeResource', ref.value, spec, forever);
  });

  const enterMaintenance = (host: string) =>
    hand.invoke('EnterMaintenanceMode_Task', 'HostSystem', host, '<timeout>0</timeout>', forever);

  test('gets its clones on the host that fits', async () => {
    const [first, ...others] = hosts().map(({ ref }) => ref);
    expect(others.length).toBeGreaterThan(0);
    for (const { value } of others) await enterMaintenance(value);
    expect((await cloned()).host).toEqual(first);
  });

  test('without a host that fits gets none, and the message names cluster and hosts', async () => {
    for (const { ref } of hosts()) await enterMaintenance(ref.value);
    const { template, folder, resourcePool } = landmarks(world.connection);
    const machine = { name: 'n', numCpu: 1, memoryMiB: 1, instanceUuid: '', annotation: '', extraConfig: {} };
    const asked = world.connection.calls.cloneVirtualMachine({ template, folder, resourcePool, ...machine }, call);
    await expect(asked).rejects.toMatchObject({ code: 'NoCompatibleHost', outcome: 'NotSent' });
    const [name] = hosts().map((host) => host.name);
    await expect(asked).rejects.toThrow(`DRS is off in the cluster ${clusters()[0]?.name}`);
    await expect(asked).rejects.toThrow(`${name} is in maintenance mode`);
    expect(world.calls.some(({ method }) => method === 'CloneVM_Task')).toBe(false);
  });
});
