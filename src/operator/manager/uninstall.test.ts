/** What a deletion of the CRD means for groups, over a restart: the real manager on models of both servers. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { API_GROUP, VM_GROUP_RESOURCE } from '../../api/vm-group';
import { ResourceClient } from '../../kubernetes';

const forever = new AbortController().signal;
let world: ManagedWorld;
let first: ReturnType<ManagedWorld['start']>;
beforeEach(async () => {
  world = await ManagedWorld.with('web');
  first = world.start('first');
  await world.clock.advance(120_000);
});
afterEach(() => world.end());

async function deleteCrd(): Promise<void> {
  const type = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
  const crds = new ResourceClient(world.model.direct, { ...type, plural: 'customresourcedefinitions' });
  const name = `${VM_GROUP_RESOURCE.plural}.${API_GROUP}`;
  await crds.mergePatch(
    '',
    name,
    { metadata: { finalizers: ['customresourcecleanup.apiextensions.k8s.io'] } },
    forever,
  );
  await crds.delete('', name, {}, forever);
}

async function restart(): Promise<void> {
  first.stop();
  world.start('second');
  await world.clock.advance(60_000);
}

/** Its host reboots: a deletion waits for it. */
async function disconnectHost(): Promise<() => void> {
  const { ref } = world.machinesOf('web')[0] ?? expect.fail('the group has no machine');
  world.vcenter.hand.connect(ref, 'disconnected');
  await world.clock.advance(1_000);
  return () => world.vcenter.hand.connect(ref, 'connected');
}

test('a group that was deleted before the CRD is brought to its end, also by another process', async () => {
  const reconnect = await disconnectHost();
  await world.users.delete('default', 'web', {}, forever);
  await world.clock.advance(60_000);
  await deleteCrd();
  await restart();
  reconnect();
  await world.clock.advance(120_000);
  expect(world.machinesOf('web')).toEqual([]);
  await expect(world.group('web')).rejects.toMatchObject({ code: 'NotFound' });
});

test('a group that is deleted with the CRD is let go, and its machine stays', async () => {
  await deleteCrd();
  await world.users.delete('default', 'web', {}, forever);
  await restart();
  expect(world.machinesOf('web')).toHaveLength(1);
  await expect(world.group('web')).rejects.toMatchObject({ code: 'NotFound' });
  const [machine] = world.machinesOf('web');
  expect(await world.events()).toContainEqual(
    expect.objectContaining({
      reason: 'GroupLetGo',
      note: `the CRD of the VmGroups is deleted: every machine (${machine?.name}), the folder and the marks stay in vCenter as they are`,
    }),
  );
});
