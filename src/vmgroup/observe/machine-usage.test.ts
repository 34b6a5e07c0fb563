/** R15: what the machines of each namespace use. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { CLUSTER_ID } from '../../../test/support/builders/observation';
import { CountedWorld } from '../../../test/support/builders/usage';
import { readOwnership } from '../../api/ownership';
import { amountOf, NOTHING_USED, plus } from '../model/limits';
import type { UsageChange } from './machine-usage';

let world: CountedWorld;
let changes: UsageChange[];

beforeEach(() => {
  world = new CountedWorld();
  changes = [];
  world.usage.onChange((change) => changes.push(change));
});
const used = () => ({ ...Object.fromEntries(world.usage.namespaces), total: world.usage.total });
const machines = (vms: number, cpu = vms, memoryMiB = vms * 1024) => ({ vms, cpu, memoryMiB });

test('R15: machines count by the namespace of their group, whatever their power state', () => {
  world.machine('a', { group: 'shop/web', cpu: 2, memoryMiB: 4096 });
  const off = world.machine('b', { group: 'shop/db' });
  world.change(off, [{ path: 'runtime.powerState', value: 'poweredOff' }]);
  world.machine('c', { group: 'bank/main' });
  expect(used()).toEqual({ shop: machines(2, 3, 5120), bank: machines(1), total: machines(3, 4, 6144) });
  expect(world.usage.ofNamespace('unknown')).toEqual(NOTHING_USED);
});

test('machines of other clusters, foreign ones, and copies of ours by hand count for nobody', () => {
  world.machine('a', { group: 'shop/web', cluster: 'another' });
  const copy = world.machine('b', { group: 'shop/web' });
  world.change(copy, [{ path: 'config.instanceUuid', value: 'of the copy' }]);
  world.change({ type: 'VirtualMachine', value: 'c' }, [{ path: 'name', value: 'pet' }]);
  expect(used()).toEqual({ total: NOTHING_USED });
});

test('a change of size counts at once, and what is gone counts no more', () => {
  const machine = world.machine('a', { group: 'shop/web' });
  world.change(machine, [{ path: 'config.hardware.numCPU', value: 8 }]);
  expect(world.usage.ofMachine(machine)).toEqual(machines(1, 8));
  world.remove(machine);
  expect(used()).toEqual({ total: NOTHING_USED });
  expect(world.usage.ofMachine(machine)).toEqual(NOTHING_USED);
});

test('a machine that vCenter cannot read now counts as it was last read', () => {
  const machine = world.machine('a', { group: 'shop/web', cpu: 4 });
  world.change(machine, [{ path: 'config.changeVersion', value: undefined }]);
  expect(world.inventory.virtualMachine(machine)?.unreadable).toBe(true);
  expect(world.usage.ofNamespace('shop')).toEqual(machines(1, 4));
});

test('when the connection becomes ready all machines are counted again, each once', () => {
  world.machine('a', { group: 'shop/web' });
  world.inventory.remove({ type: 'VirtualMachine', value: 'a' });
  const whole = new CountedWorld();
  whole.machine('b', { group: 'shop/db' });
  for (const each of [world, whole]) each.ready();
  expect(used()).toEqual({ total: NOTHING_USED });
  whole.ready();
  expect(whole.usage.total).toEqual(machines(1));
});

describe('listeners', () => {
  test('hear of what changed, and of nothing else', () => {
    const machine = world.machine('a', { group: 'shop/web' });
    const [made] = changes;
    expect(made).toMatchObject({ after: { group: 'shop/web', namespace: 'shop', amount: machines(1) } });
    world.change(machine, [{ path: 'runtime.powerState', value: 'poweredOn' }]);
    expect(changes).toHaveLength(1);
    world.remove(machine);
    expect(changes[1]).toEqual({ before: made?.after });
  });

  test.each<[string, Parameters<CountedWorld['machine']>[1], boolean]>([
    ['its size', { group: 'shop/web', cpu: 2 }, true],
    ['its memory', { group: 'shop/web', memoryMiB: 2048 }, true],
    ['its group', { group: 'shop/db', uid: 'web' }, true],
    ['its group of that name', { group: 'shop/web', uid: 'new' }, true],
    ['its ordinal', { group: 'shop/web', uid: 'web', ordinal: 1 }, true],
    ['its revision', { group: 'shop/web', uid: 'web', revision: 'new' }, true],
    ['nothing', { group: 'shop/web', uid: 'web' }, false],
  ])('hear of a machine that changes %s', (_, drawn, expected) => {
    world.machine('a', { group: 'shop/web', uid: 'web' });
    world.machine('a', { uid: 'web', ...drawn });
    expect(changes.slice(1).length > 0).toBe(expected);
    expect(world.usage.total.vms).toBe(1);
  });

  test('are let go', () => {
    world.usage.stop();
    world.machine('a', { group: 'shop/web' });
    expect([changes, used()]).toEqual([[], { total: NOTHING_USED }]);
  });
});

test('after any changes the sums are those of a count of all machines', () => {
  const change = fc.record({
    value: fc.constantFrom('a', 'b', 'c', 'd'),
    what: fc.constantFrom('put', 'put', 'remove', 'hide'),
    group: fc.constantFrom('shop/web', 'shop/db', 'bank/main'),
    cluster: fc.constantFrom(CLUSTER_ID, CLUSTER_ID, 'another'),
    cpu: fc.integer({ min: 1, max: 8 }),
    ordinal: fc.nat({ max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (story) => {
      const { inventory, usage } = play(story);
      const counted = [...inventory.virtualMachines()].filter((m) => readOwnership(m)?.cluster === CLUSTER_ID);
      expect(usage.total).toEqual(counted.map(amountOf).reduce(plus, NOTHING_USED));
      for (const namespace of ['shop', 'bank']) {
        const own = counted.filter((machine) => readOwnership(machine)?.group.startsWith(`${namespace}/`));
        expect(usage.ofNamespace(namespace)).toEqual(own.map(amountOf).reduce(plus, NOTHING_USED));
      }
    }),
  );

  function play(story: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[]): CountedWorld {
    const each = new CountedWorld();
    for (const { what, value, ...drawn } of story) {
      const ref = { type: 'VirtualMachine', value };
      if (what === 'put') each.machine(value, drawn);
      else if (what === 'remove') each.remove(ref);
      else if (each.inventory.knows(ref)) each.change(ref, [{ path: 'config.changeVersion', value: undefined }]);
    }
    return each;
  }
});

describe('R15: where another VCenter names the same vCenter', () => {
  const others = new Set<string>();
  let tell: (groupUid: string | undefined) => void;
  beforeEach(() => {
    others.clear();
    world = new CountedWorld({
      holds: (uid) => others.has(uid),
      onChange: (listener) => {
        tell = listener;
        return () => {
          tell = () => {};
        };
      },
    });
    world.usage.onChange((change) => changes.push(change));
    world.machine('a', { group: 'shop/web', uid: 'web' });
    world.machine('b', { group: 'bank/main', uid: 'main' });
  });

  test('the machines of its groups do not count here, from the moment on that it is known', () => {
    others.add('web');
    tell('web');
    expect(used()).toEqual({ bank: machines(1), total: machines(1) });
    expect(changes.at(-1)).toMatchObject({ before: { groupUid: 'web' } });
    world.machine('c', { group: 'shop/web', uid: 'web', ordinal: 1 });
    expect(used()).toEqual({ bank: machines(1), total: machines(1) });
  });

  test('they count again when it holds them no more', () => {
    others.add('web').add('main');
    tell(undefined);
    expect(used()).toEqual({ total: NOTHING_USED });
    others.clear();
    tell(undefined);
    expect(used()).toEqual({ shop: machines(1), bank: machines(1), total: machines(2) });
  });

  test('nothing is followed after the end', () => {
    world.usage.stop();
    others.add('web');
    tell('web');
    expect(world.usage.total).toEqual(machines(2));
  });
});
