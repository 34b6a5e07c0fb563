/** R9: what the others get while many vCenters hang. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const forever = new AbortController().signal;
const NOBODY = { namespaceSelector: { matchLabels: { team: 'nobody' } } };
const HUNG = Array.from({ length: 40 }, (_, number) => `hung-${number}`);
const change = { spec: { tls: { insecureSkipVerify: true } } };

let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
  for (const name of HUNG) await world.addVCenter(name, NOBODY);
  await world.addVCenter('fine');
  world.start('operator');
  await world.clock.advance(120_000);
  for (const name of HUNG) world.vcenters.get(name)?.hang();
});
afterEach(() => world.end());

const patch = (name: string) => world.administrators.mergePatch('', name, change, forever);

/** Whether it is served by its present spec. */
async function isServed(name: string): Promise<boolean> {
  const { metadata, status } = await world.vcenterObject(name);
  const isReady = status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
  return isReady && status?.observedGeneration === metadata.generation;
}

test('R9: a change of a VCenter does not wait for the connections of others that hang', async () => {
  for (const name of HUNG) await patch(name);
  await patch('fine');
  await world.clock.advance(3_000);
  expect(await isServed('fine')).toBe(true);
  await world.create('web');
  await world.clock.advance(30_000);
  expect((await world.group('web')).status).toMatchObject({ phase: 'RUNNING', vcenter: { name: 'fine' } });
});

test('R9: a new VCenter is served while others that hang are deleted, and these go', async () => {
  for (const name of HUNG) await world.administrators.delete('', name, {}, forever);
  await world.addVCenter('new', NOBODY);
  await world.clock.advance(3_000);
  expect(await isServed('new')).toBe(true);
  await world.clock.advance(120_000);
  const names = (await world.administrators.list({}, forever)).items.map(({ metadata: { name } }) => name);
  expect(names.sort()).toEqual(['fine', 'new']);
});

test('a VCenter that is deleted and made again while its connection hangs is served in the end', async () => {
  const { spec } = await world.vcenterObject('hung-1');
  await world.administrators.delete('', 'hung-1', {}, forever);
  await world.clock.advance(1_000);
  const { metadata } = await world.vcenterObject('hung-1');
  await world.administrators.mergePatch('', 'hung-1', { metadata: { finalizers: [] } }, forever);
  const { finalizers = [] } = metadata;
  await world.administrators.create('', { metadata: { name: 'hung-1', finalizers }, spec }, forever);
  world.vcenters.get('hung-1')?.recover();
  await world.clock.advance(60_000);
  expect(await isServed('hung-1')).toBe(true);
});
