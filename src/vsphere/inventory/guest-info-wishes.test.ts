/** R4: which values of which guests are to be watched. */
import { beforeEach, describe, expect, test } from 'vitest';
import { GuestInfoWishes } from './guest-info-wishes';

const vm = (value: string) => ({ type: 'VirtualMachine', value });
const [A, B, C] = [vm('a'), vm('b'), vm('c')];

let left: string[];
let changes: number;
let wishes: GuestInfoWishes;
beforeEach(() => {
  left = [];
  changes = 0;
  wishes = new GuestInfoWishes(({ value }) => left.push(value));
  wishes.listen(() => {
    changes += 1;
  });
});
const all = () => Object.fromEntries([...wishes.all()].map(([name, { machines }]) => [name, [...machines.keys()]]));

test('keys are sorted, and each is asked for once', () => {
  wishes.want('web', [A], ['b', 'a', 'b']);
  expect([wishes.keysOf(A), wishes.keysOf(B), all()]).toEqual([['a', 'b'], undefined, { 'a b': ['a'] }]);
});

test('holders that ask for the same keys are one entry', () => {
  wishes.want('web', [A, B], ['key']);
  wishes.want('db', [C], ['key']);
  wishes.want('api', [vm('d')], ['key', 'other']);
  expect(all()).toEqual({ key: ['a', 'b', 'c'], 'key other': ['d'] });
});

test.each(['a"b', 'a b', ' a', 'a/', '', 'k'.repeat(129)])('R14: no key is %j, which would be another path', (key) => {
  wishes.want('web', [A], [key, 'k'.repeat(128)]);
  expect(wishes.keysOf(A)).toEqual(['k'.repeat(128)]);
  wishes.want('db', [B], [key]);
  expect([wishes.keysOf(B), changes]).toEqual([undefined, 1]);
});

describe('a wish that', () => {
  beforeEach(() => {
    wishes.want('web', [A, B], ['x', 'y']);
    changes = 0;
  });

  test('is repeated changes nothing', () => {
    wishes.want('web', [vm('a'), vm('b')], ['y', 'x']);
    expect([changes, left]).toEqual([0, []]);
  });

  test.each<[string, readonly (typeof A)[], readonly string[], readonly string[]]>([
    ['has another key', [A, B], ['x', 'z'], []],
    ['has a key more', [A, B], ['x', 'y', 'z'], []],
    ['has a key less', [A, B], ['x'], []],
    ['has another machine', [A, C], ['x', 'y'], ['b']],
    ['has a machine more', [A, B, C], ['x', 'y'], []],
    ['has a machine less', [A], ['x', 'y'], ['b']],
    ['has no machine any more', [], ['x', 'y'], ['a', 'b']],
    ['has no key any more', [A, B], [], ['a', 'b']],
  ])('%s takes the place of the one before', (_, machines, keys, expected) => {
    wishes.want('web', machines, keys);
    expect([changes, left]).toEqual([1, expected]);
    for (const machine of [A, B, C]) {
      const isWanted = keys.length > 0 && machines.includes(machine);
      expect(wishes.keysOf(machine)).toEqual(isWanted ? keys : undefined);
    }
    expect(Object.keys(all())).toHaveLength(keys.length === 0 || machines.length === 0 ? 0 : 1);
  });
});

test('to want nothing is no news of one who wanted nothing', () => {
  wishes.want('web', [], ['key']);
  wishes.want('web', [A], []);
  expect(changes).toBe(0);
});
