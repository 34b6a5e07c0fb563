/** Snapshots of a template, and a linked clone from one, on the vCenter simulator. It does not link the disks. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVCenterWindow, type VCenterWindow, type Vcsim } from '../envtest/real-parts';
import { type Connected, connected, forever, landmarks, simulator } from './vsphere-world';

const call = { operationId: 'x', signal: forever };
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

test('all snapshots of a tree are told with their names, and a clone may be based on one', async () => {
  const { template, folder, resourcePool } = landmarks(world.connection);
  const { calls } = world.connection;
  expect(await calls.readSnapshots(template, call)).toEqual([]);
  for (const name of ['base', 'patched', 'newest'])
    await hand.invoke(
      'CreateSnapshot_Task',
      'VirtualMachine',
      template.value,
      `<name>${name}</name><memory>false</memory><quiesce>false</quiesce>`,
      forever,
    );
  const told = (await calls.readSnapshots(template, call)) ?? [];
  expect(told.map(({ name, isCurrent }) => [name, isCurrent])).toEqual([
    ['base', false],
    ['patched', false],
    ['newest', true],
  ]);
  const snapshot = told[1]?.ref;
  expect(snapshot?.type).toBe('VirtualMachineSnapshot');
  const machine = { template, folder, resourcePool, name: 'linked', numCpu: 1, memoryMiB: 1024, annotation: '' };
  const instanceUuid = '50000000-0000-4000-9000-000000000001';
  const request = { ...machine, instanceUuid, extraConfig: {}, ...(snapshot && { snapshot }) };
  const outcome = await world.work('linked', 'Clone', () => calls.cloneVirtualMachine(request, call));
  expect(outcome).toMatchObject({ kind: 'Succeeded' });
});
