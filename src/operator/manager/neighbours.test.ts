/** R15: what one namespace does all the time costs another one a moment: the real manager on models of both servers. */
import { afterEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { ApiError } from '../../kubernetes';

const forever = new AbortController().signal;
const EVIL = Array.from({ length: 20 }, (_, index) => `evil-${index}`);
let world: ManagedWorld;
afterEach(() => world.end());

async function aWorld(): Promise<void> {
  world = await ManagedWorld.with('web');
  for (const name of EVIL) await world.create(name, 'evil');
}

/** All groups of the other namespace get this as often as `times` tells, four times a second. */
async function patchEvil(times: number, patch: (index: number) => object): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    for (const name of EVIL) await world.users.mergePatch('evil', name, patch(index), forever);
    await world.clock.advance(250);
  }
}

test('R15: a status is told soon although the groups of another namespace are changed all the time', async () => {
  await aWorld();
  world.start('only');
  await world.clock.advance(60_000);
  await patchEvil(240, (index) => ({ spec: { progressDeadlineSeconds: 1800 + (index % 2) } }));
  const [machine] = world.machinesOf('web');
  if (machine === undefined) throw new Error('the group has no machine');
  machine.name = 'renamed';
  world.vcenter.truth.changed(machine.ref);
  await patchEvil(12, (index) => ({ spec: { progressDeadlineSeconds: 1800 + (index % 2) } }));
  expect(JSON.stringify((await world.group('web')).status?.replicas)).toContain('renamed');
});

test('R15: a retry comes soon although the groups of another namespace fail all the time', async () => {
  await aWorld();
  let isBroken = false;
  world.model.faultFor = ({ method, path }) => {
    if (method !== 'PATCH') return undefined;
    if (path.includes('/namespaces/evil/') && path.endsWith('/status'))
      return {
        kind: 'Fail',
        error: new ApiError('RequestEntityTooLarge', 'etcdserver: request is too large', { status: 413 }),
      };
    if (!isBroken || !path.endsWith('/fresh')) return undefined;
    isBroken = false;
    return { kind: 'Fail', error: new ApiError('Unreachable', 'the connection broke') };
  };
  world.start('only');
  await world.clock.advance(30_000);
  await patchEvil(240, (index) => ({ metadata: { annotations: { 'vm.codeconnect.vmworld.com/retry': `${index}` } } }));
  isBroken = true;
  await world.create('fresh');
  await world.clock.advance(10_000);
  expect(isBroken).toBe(false);
  expect(world.machinesOf('fresh')).toHaveLength(1);
});

test('R9: events are written soon although those of another namespace are refused for now', async () => {
  await aWorld();
  world.model.faultFor = ({ method, path }) =>
    method === 'POST' && path.includes('/namespaces/evil/events')
      ? { kind: 'Fail', error: new ApiError('TooManyRequests', 'limit reached on type Namespace', { status: 429 }) }
      : undefined;
  world.start('only');
  await world.clock.advance(60_000);
  expect((await world.events()).map(({ reason }) => reason)).toContain('Running');
});
