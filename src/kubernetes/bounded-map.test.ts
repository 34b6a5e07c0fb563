import { expect, test } from 'vitest';
import { BoundedMap } from './bounded-map';

function aFullMap(mayGo: (value: number) => boolean) {
  const map = new BoundedMap<number>({ limit: 3, mayGo });
  for (const [index, key] of ['a', 'b', 'c'].entries()) expect(map.set(key, index)).toEqual([]);
  return map;
}

test('a new entry in a full map removes all that may go', () => {
  const map = aFullMap((value) => value > 0);
  expect(map.set('d', 3)).toEqual([1, 2]);
  expect([...map.values()]).toEqual([0, 3]);
});

test('a new entry in a full map removes the oldest when none may go', () => {
  const map = aFullMap(() => false);
  map.set('a', 9);
  expect(map.set('d', 3)).toEqual([1]);
  expect([...map.values()]).toEqual([2, 9, 3]);
});

test('an entry that is set again takes no room and removes nothing', () => {
  const map = aFullMap(() => true);
  expect(map.set('b', 7)).toEqual([]);
  expect(map.get('b')).toBe(7);
});
