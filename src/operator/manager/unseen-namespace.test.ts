import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { Annotation, FINALIZER } from '../../api/vm-group';
import { ApiError } from '../../kubernetes';

const forever = new AbortController().signal;

let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
});
afterEach(() => world.end());

/** The watch of namespaces breaks, and those of VmGroups and VCenters go on. */
async function hideNamespaces(): Promise<void> {
  const away = new ApiError('ServiceUnavailable', 'no', { status: 503 });
  world.model.faultFor = ({ path }) => (path === '/api/v1/namespaces' ? { kind: 'Fail', error: away } : undefined);
  world.model.reset();
  await world.clock.advance(3_000);
}

async function showNamespaces(): Promise<void> {
  world.model.faultFor = () => undefined;
  await world.clock.advance(120_000);
}

test('R13, R15: a namespace that has not been seen is not taken for one without labels', async () => {
  const gold = await world.addVCenter('gold', { namespaceSelector: { matchLabels: { tier: 'gold' } } });
  const shared = await world.addVCenter('shared', {
    namespaceSelector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
  });
  world.start('operator');
  await world.clock.advance(60_000);
  await hideNamespaces();
  await world.addNamespace('bank', { tier: 'gold' });
  await world.create('db', 'bank');
  await world.create('plain', 'shop');
  await world.clock.advance(30_000);
  expect((await world.group('db', 'bank')).status?.vcenter).toBeUndefined();
  await showNamespaces();
  expect((await world.group('db', 'bank')).status).toMatchObject({ phase: 'RUNNING', vcenter: { name: 'gold' } });
  expect(world.machinesOf('db', 'bank', gold)).toHaveLength(1);
  expect(world.machinesOf('db', 'bank', shared)).toEqual([]);
  expect((await world.group('plain', 'shop')).status).toMatchObject({ phase: 'RUNNING', vcenter: { name: 'shared' } });
});

test('a group that is deleted while its namespace has not been seen is deleted where it lives, or when a person lets it go', async () => {
  const east = await world.addVCenter('east');
  world.start('operator');
  await world.create('old', 'gone');
  await world.clock.advance(60_000);
  expect(world.machinesOf('old', 'gone', east)).toHaveLength(1);
  // As after a forced end of the namespace, which leaves objects in it.
  world.model.objects.delete('/api/v1/namespaces', 'gone', undefined);
  await world.clock.advance(10_000);
  await world.users.delete('gone', 'old', {}, forever);
  await hideNamespaces();
  await world.create('new', 'shop');
  await world.users.mergePatch('shop', 'new', { metadata: { finalizers: [FINALIZER] } }, forever);
  await world.users.delete('shop', 'new', {}, forever);
  await world.clock.advance(60_000);
  await expect(world.group('old', 'gone')).rejects.toThrow('not found');
  expect(world.machinesOf('old', 'gone', east)).toEqual([]);
  expect((await world.group('new', 'shop')).status?.lastMessage).toContain('namespace shop');
  const annotations = { [Annotation.ForceOrphan]: 'true' };
  await world.users.mergePatch('shop', 'new', { metadata: { annotations } }, forever);
  await world.clock.advance(10_000);
  await expect(world.group('new', 'shop')).rejects.toThrow('not found');
});
