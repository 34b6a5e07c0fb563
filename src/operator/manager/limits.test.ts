/** R15: limits of a vCenter, kept by the real manager on models of both servers. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { seededRandom } from '../../time/random';
import type { Limits } from '../../vmgroup/model/limits';
import { DEFAULT_TENANT_POLICY } from '../../vmgroup/model/tenant-policy';

const forever = new AbortController().signal;
let world: ManagedWorld;
/** The most machines that were seen at once, by namespace. */
let most: Map<string, number>;

beforeEach(async () => {
  world = await ManagedWorld.with();
  most = new Map();
});
afterEach(() => world.end());

function watch(...namespaces: readonly string[]): void {
  world.clock.onStep = () => {
    for (const namespace of ['', ...namespaces])
      most.set(namespace, Math.max(most.get(namespace) ?? 0, world.groupMachines(namespace).length));
  };
}
function start(limits: Limits, name = 'first') {
  world.tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', limits };
  return world.start(name);
}
const scale = (namespace: string, name: string, replicas: number) =>
  world.users.mergePatch(namespace, name, { spec: { replicas } }, forever);
const statusOf = async (namespace: string, name: string) => (await world.users.get(namespace, name, forever)).status;
async function conditionOf(namespace: string, name: string, type: string): Promise<string> {
  const found = (await statusOf(namespace, name))?.conditions?.find((condition) => condition.type === type);
  return `${found?.status} ${found?.reason}`;
}

test('R15: groups that scale at once do not overrun the limit of their namespace, and say what they wait for', async () => {
  watch('shop');
  start({ perNamespace: { vms: 7 } });
  for (const name of ['a', 'b', 'c']) await world.create(name, 'shop', { replicas: 4 });
  await world.create('main', 'bank', { replicas: 5 });
  await world.clock.advance(300_000);
  expect([most.get('shop'), world.groupMachines('shop').length, world.groupMachines('bank').length]).toEqual([7, 7, 5]);
  const conditions = await Promise.all(['a', 'b', 'c'].map((name) => conditionOf('shop', name, 'WithinLimits')));
  expect(conditions).toContain('False NamespaceQuota');
  expect(await conditionOf('bank', 'main', 'WithinLimits')).toBe('True LimitsKept');
});

test('R15: it is decided as clones are sent: those that were planned with room, and wait for their turn, may find none', async () => {
  watch('shop');
  Object.assign(world.vcenter.quirks, { cloneMs: { from: 30_000, to: 30_000 } });
  start({ perNamespace: { vms: 20 } });
  for (const name of ['a', 'b', 'c', 'd', 'e']) await world.create(name, 'shop', { replicas: 10 });
  await world.clock.advance(600_000);
  expect([most.get('shop'), world.groupMachines('shop').length]).toEqual([20, 20]);
});

test('R15: who waits goes on by itself when there is room, and not before', async () => {
  start({ perNamespace: { vms: 3 } });
  await world.create('first', 'shop', { replicas: 3 });
  await world.clock.advance(60_000);
  await world.create('second', 'shop', { replicas: 2 });
  await world.clock.advance(60_000);
  expect([world.machinesOf('first', 'shop').length, world.machinesOf('second', 'shop').length]).toEqual([3, 0]);
  await scale('shop', 'first', 2);
  await world.clock.advance(60_000);
  expect([world.machinesOf('first', 'shop').length, world.machinesOf('second', 'shop').length]).toEqual([2, 1]);
  await world.users.delete('shop', 'first', {}, forever);
  await world.clock.advance(60_000);
  expect(world.machinesOf('second', 'shop')).toHaveLength(2);
  expect(await conditionOf('shop', 'second', 'WithinLimits')).toBe('True LimitsKept');
  expect((await statusOf('shop', 'second'))?.phase).toBe('RUNNING');
});

test('R4: a group that waits for room, and those around it, cause no calls and no reconciles', async () => {
  const { reconciled } = start({ total: { vms: 2 } });
  await world.create('first', 'shop', { replicas: 2 });
  await world.create('second', 'bank', { replicas: 2 });
  await world.clock.advance(300_000);
  const [calls, reconciles] = [world.vcenter.calls.length, reconciled.length];
  await world.clock.advance(600_000);
  const quiet = world.vcenter.calls.slice(calls).filter(({ method }) => method !== 'WaitForUpdatesEx');
  expect(quiet.filter(({ method }) => method !== 'CurrentTime')).toEqual([]);
  expect(reconciled.length).toBe(reconciles);
});

test('R15: namespaces take turns with what becomes free on the whole vCenter', async () => {
  watch();
  start({ total: { vms: 6 } });
  await world.create('first', 'early', { replicas: 6 });
  await world.clock.advance(60_000);
  for (const name of ['a', 'b', 'c', 'd']) await world.create(name, 'many', { replicas: 3 });
  await world.clock.advance(10_000);
  await world.create('only', 'one', { replicas: 2 });
  await world.clock.advance(10_000);
  await scale('early', 'first', 2);
  await world.clock.advance(120_000);
  expect([most.get(''), world.groupMachines('many').length, world.groupMachines('one').length]).toEqual([6, 2, 2]);
});

test('R15: a rolling update at the limit keeps its places: those who wait get none of them', async () => {
  watch('bank');
  start({ total: { vms: 3, cpu: 3 } });
  await world.create('web', 'shop', { replicas: 3 });
  await world.clock.advance(60_000);
  await world.create('greedy', 'bank', { replicas: 3 });
  await world.clock.advance(60_000);
  const before = world.groupMachines('shop').map(({ ref }) => ref.value);
  await world.users.mergePatch('shop', 'web', { spec: { placement: { resourcePool: 'Resources' } } }, forever);
  await world.clock.advance(600_000);
  const after = world.groupMachines('shop').map(({ ref }) => ref.value);
  expect([after.length, after.filter((value) => before.includes(value))]).toEqual([3, []]);
  expect([most.get('bank'), most.get('')]).toEqual([0, 3]);
});

test('R15: a machine that somebody deletes is made again, though others wait for room', async () => {
  start({ total: { vms: 2 } });
  await world.create('web', 'shop', { replicas: 2 });
  await world.clock.advance(60_000);
  await world.create('greedy', 'bank', { replicas: 1 });
  await world.clock.advance(60_000);
  const [victim] = world.groupMachines('shop');
  if (victim !== undefined) world.vcenter.truth.remove(victim.ref);
  await world.clock.advance(60_000);
  expect([world.groupMachines('shop').length, world.groupMachines('bank').length]).toEqual([2, 0]);
});

test('R15: growth needs room, too: a machine that may not grow runs on, and grows when it may', async () => {
  start({ perNamespace: { cpu: 4 } });
  await world.create('web', 'shop', { replicas: 2 });
  await world.create('db', 'shop', { replicas: 1 });
  await world.clock.advance(60_000);
  await world.users.mergePatch('shop', 'web', { spec: { cpu: 2 } }, forever);
  await world.clock.advance(600_000);
  const sizes = () => world.machinesOf('web', 'shop').map(({ numCpu, powerState }) => `${numCpu} ${powerState}`);
  expect(sizes().toSorted()).toEqual(['1 poweredOn', '2 poweredOn']);
  expect(await conditionOf('shop', 'web', 'WithinLimits')).toBe('False NamespaceQuota');
  await world.users.delete('shop', 'db', {}, forever);
  await world.clock.advance(600_000);
  expect(sizes()).toEqual(['2 poweredOn', '2 poweredOn']);
});

describe('after kill -9', () => {
  test('R15, R7: a new process counts the clones that the former one has left running', async () => {
    watch('shop');
    Object.assign(world.vcenter.quirks, { cloneMs: { from: 60_000, to: 60_000 } });
    const limits = { perNamespace: { vms: 4 } };
    const former = start(limits);
    await world.create('a', 'shop', { replicas: 3 });
    await world.clock.advance(20_000);
    former.stop();
    await world.create('b', 'shop', { replicas: 4 });
    start(limits, 'second');
    await world.clock.advance(600_000);
    expect([most.get('shop'), world.machinesOf('a', 'shop').length, world.machinesOf('b', 'shop').length]).toEqual([
      4, 3, 1,
    ]);
  });
});

test.each([1, 2, 3, 4, 5, 6])('R15: by chance, with people and restarts, no limit is overrun (%i)', async (seed) => {
  const random = seededRandom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] ?? expect.fail('nothing');
  watch('shop', 'bank');
  Object.assign(world.vcenter.quirks, {
    cloneMs: { from: 1_000, to: 30_000 },
    ...{ cloneVisible: pick(['WhileCloning', 'AtEnd']), newsOrder: pick(['TaskFirst', 'EffectFirst']) },
    newsLagMs: { from: 0, to: 2_000 },
  });
  const limits = { perNamespace: { vms: 5 }, total: { vms: 8 } };
  const names = ['shop/a', 'shop/b', 'shop/c', 'bank/a', 'bank/b'].map((key) => key.split('/') as [string, string]);
  for (const [namespace, name] of names) await world.create(name, namespace, { replicas: 2 });
  let process = start(limits, 'p0');
  const wanted = new Map(names.map((name) => [name.join('/'), 2]));
  for (let step = 1; step < 30; step += 1) {
    await world.clock.advance(random() * 20_000);
    const [namespace, name] = pick(names);
    const chance = random();
    if (chance < 0.7) {
      const replicas = Math.floor(random() * 5);
      wanted.set(`${namespace}/${name}`, replicas);
      await scale(namespace, name, replicas);
    } else if (chance < 0.9) {
      const machine = world.groupMachines()[0];
      if (machine !== undefined && machine.powerState === 'poweredOff') world.vcenter.truth.remove(machine.ref);
    } else {
      process.stop();
      process = start(limits, `p${step}`);
    }
  }
  await world.clock.advance(1_200_000);
  const sum = (namespace: string) =>
    [...wanted].filter(([key]) => key.startsWith(namespace)).reduce((total, [, replicas]) => total + replicas, 0);
  const fits = Math.min(5, sum('shop')) + Math.min(5, sum('bank'));
  expect([...most.values()].map((count, index) => count <= (index === 0 ? 8 : 5))).toEqual([true, true, true]);
  expect(world.groupMachines()).toHaveLength(Math.min(8, fits));
});
