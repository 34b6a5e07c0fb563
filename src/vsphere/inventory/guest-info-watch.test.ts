import { beforeEach, expect, test } from 'vitest';
import { InventoryStreamWorld, update, VM1, VM2 } from '../../../test/support/inventory-stream-world';
import { settle } from '../../../test/support/time/virtual-clock';
import { VsphereError } from '../vim25/vsphere-error';

const READABLE = { name: 'one', 'config.changeVersion': '1' };
const pathOf = (key: string) => `config.extraConfig["guestinfo.${key}"].value`;
let world: InventoryStreamWorld;

/** A little longer than the pause between two looks. */
const LOOK_MS = 2_300;

beforeEach(async () => {
  world = new InventoryStreamWorld();
  void world.start();
  await world.answer([update('enter', VM1, READABLE), update('enter', VM2, READABLE)]);
});

/** The filters of the list views that were made since, with the paths that they ask for. */
const watched = () =>
  world.callsOf('CreateFilter').map(({ parameters }) => {
    const { spec } = parameters as { spec: { propSet: { pathSet: readonly string[] }[] } };
    return spec.propSet[0]?.pathSet ?? [];
  });
const lastFilter = () => String(world.made);
const shown = () => world.store.virtualMachine(VM1)?.guestInfo;
const members = () => world.callsOf('ModifyListView').map(({ parameters }) => parameters);

test('R4: without a wish nothing more is made, and nothing is asked for', () => {
  expect(world.callsOf('CreateFilter')).toHaveLength(4);
  expect(watched().flat().join()).not.toContain('guestinfo');
});

test('R10: keys are asked for one by one, of the machines of those who ask', async () => {
  world.wishes.want('web', [VM1], ['ready', 'a.b']);
  await world.clock.advance(LOOK_MS);
  expect(watched().at(-1)).toEqual([pathOf('a.b'), pathOf('ready'), 'config.changeVersion']);
  expect(members()).toEqual([{ add: [VM1], remove: [] }]);
  await world.answer([update('enter', VM1, { ...READABLE, [pathOf('ready')]: 'no' })], false, lastFilter());
  expect(shown()).toEqual({ 'a.b': '', ready: 'no' });
  world.changes.length = 0;
  await world.answer([update('modify', VM1, { [pathOf('ready')]: 'true' })], false, lastFilter());
  expect(shown()).toEqual({ 'a.b': '', ready: 'true' });
  expect(world.changes).toMatchObject([{ after: { ref: VM1, guestInfo: { ready: 'true' } } }]);
  await world.answer([update('modify', VM1, { [pathOf('ready')]: undefined })], false, lastFilter());
  expect(shown()).toEqual({ 'a.b': '', ready: '' });
  expect(world.callsOf('RetrievePropertiesEx')).toEqual([]);
});

test('groups that ask for the same keys share a filter, and one that asks for others has its own', async () => {
  world.wishes.want('web', [VM1], ['b', 'a']);
  world.wishes.want('db', [VM2], ['a', 'b', 'a']);
  await world.clock.advance(LOOK_MS);
  expect(world.callsOf('CreateFilter')).toHaveLength(5);
  world.wishes.want('db', [VM2], ['c']);
  await world.clock.advance(LOOK_MS);
  expect(world.callsOf('CreateFilter')).toHaveLength(6);
  expect(world.callsOf('DestroyPropertyFilter')).toEqual([]);
});

test('after a new connect the values come with the sync, and stay known until then', async () => {
  world.wishes.want('web', [VM1], ['ready']);
  await world.clock.advance(LOOK_MS);
  await world.answer([update('enter', VM1, { ...READABLE, [pathOf('ready')]: 'true' })], false, lastFilter());
  await world.failWait(new VsphereError('ConnectionLost', 'cut', 'Unknown'));
  world.calls.length = 0;
  void world.start();
  await settle();
  expect(shown()).toEqual({ ready: 'true' });
  const order = world.calls.map(({ method }) => method);
  expect(order.indexOf('ModifyListView')).toBeGreaterThan(order.lastIndexOf('CreateFilter'));
  expect(order.indexOf('ModifyListView')).toBeLessThan(order.indexOf('WaitForUpdatesEx'));
});

test('a machine that nobody asks for has no values, and one that is asked for again is read', async () => {
  world.wishes.want('web', [VM1], ['ready']);
  await world.clock.advance(LOOK_MS);
  await world.answer([update('enter', VM1, { ...READABLE, [pathOf('ready')]: 'true' })], false, lastFilter());
  world.wishes.want('web', [], []);
  expect(shown()).toBeUndefined();
  world.details = [
    {
      obj: VM1,
      propSet: [
        { name: 'config.changeVersion', val: '1' },
        { name: pathOf('ready'), val: 'again' },
      ],
    },
  ];
  world.wishes.want('web', [VM1], ['ready']);
  await world.clock.advance(LOOK_MS);
  expect(shown()).toEqual({ ready: 'again' });
});

test('while vCenter does not tell the configuration, what it told last is kept; unread it stays unknown', async () => {
  world.wishes.want('web', [VM1, VM2], ['ready']);
  await world.clock.advance(LOOK_MS);
  const news = [update('enter', VM1, { ...READABLE, [pathOf('ready')]: 'true' }), update('enter', VM2, {})];
  await world.answer(news, false, lastFilter());
  const unset = { 'config.changeVersion': undefined, [pathOf('ready')]: undefined };
  await world.answer([update('modify', VM1, unset)], false, lastFilter());
  expect(shown()).toEqual({ ready: 'true' });
  expect(world.store.virtualMachine(VM2)?.guestInfo).toEqual({});
});

test('R14: a value is cut, so that no guest fills the memory', async () => {
  world.wishes.want('web', [VM1], ['ready']);
  await world.clock.advance(LOOK_MS);
  const value = 'x'.repeat(100_000);
  await world.answer([update('enter', VM1, { ...READABLE, [pathOf('ready')]: value })], false, lastFilter());
  expect(shown()?.ready).toHaveLength(1025);
});

test('R14: keys that vCenter refuses stop nobody, and a key that would be another path is left out', async () => {
  world.unknownPath = 'refused';
  world.wishes.want('web', [VM1], ['refused']);
  world.wishes.want('db', [VM2], ['ready', 'a"]', '']);
  await world.clock.advance(LOOK_MS);
  expect(watched().at(-1)).toEqual([pathOf('ready'), 'config.changeVersion']);
  expect(members()).toEqual([{ add: [VM2], remove: [] }]);
});

test('of many sets of keys that nobody asks for any more, few filters stay', async () => {
  for (let index = 0; index < 12; index += 1) {
    world.wishes.want('web', [VM1], [`key-${index}`]);
    await world.clock.advance(LOOK_MS);
  }
  expect(world.callsOf('DestroyPropertyFilter')).toHaveLength(3);
  expect(world.callsOf('DestroyView')).toHaveLength(3);
});
