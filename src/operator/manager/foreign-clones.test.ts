/** R9: clones of others that run as the operator connects: the real manager on models of both servers. */
import { afterEach, expect, test } from 'vitest';
import { LANDMARK, PLAIN_QUIRKS, VCenterModel } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import type { VCenterSpec } from '../../api/vcenter';
import { seededRandom } from '../../time/random';

const LONG_MS = 3_600_000;
const { signal } = new AbortController();
let world: ManagedWorld;
afterEach(() => world.end());

/** How many machines a new group gets while somebody's long clone into a folder of this name runs. */
async function machinesBeside(folderName: string, spec: Partial<VCenterSpec>): Promise<number> {
  world = await ManagedWorld.with();
  const cloneMs = { from: LONG_MS, to: LONG_MS };
  const quirks = { ...PLAIN_QUIRKS, cloneMs };
  const vcenter = new VCenterModel({ clock: world.clock, random: seededRandom(2), machines: 2, quirks });
  world.vcenters.set('east', vcenter);
  const other = vcenter.connect({ watchedExtraConfigKeys: [], clock: world.clock });
  void other.run(signal);
  await world.clock.advance(1_000);
  const { machineFolder, template, resourcePool } = LANDMARK;
  const made = other.calls.createFolder(machineFolder, folderName, { operationId: 'folder', signal });
  await world.clock.advance(100);
  const folder = await made;
  if (!folder) throw new Error('the folder was not made');
  const size = { numCpu: 1, memoryMiB: 1024, annotation: '', extraConfig: {} };
  const request = { template, folder, resourcePool, name: 'huge', instanceUuid: crypto.randomUUID(), ...size };
  const cloned = other.calls.cloneVirtualMachine(request, { operationId: 'clone', signal });
  await world.clock.advance(1_000);
  await cloned;
  Object.assign(cloneMs, PLAIN_QUIRKS.cloneMs);
  await world.addVCenter('east', { clusterName: 'ours', ...spec });
  await world.create('web');
  world.start('operator');
  await world.clock.advance(120_000);
  return world.machinesOf('web', 'default', vcenter).length;
}

test('R9: a clone of a person into a folder with the name of some group holds up no group in the limits', async () => {
  expect(await machinesBeside('team.prod', { limits: { total: { vms: 100 } } })).toBe(1);
});

test('R9: a clone of another cluster into a folder of its own holds up no namespace of that name', async () => {
  expect(await machinesBeside('default.db', { limits: { perNamespace: { vms: 100 } } })).toBe(1);
});

test('R9: nor a group of that name', async () => {
  expect(await machinesBeside('default.web', {})).toBe(1);
});
