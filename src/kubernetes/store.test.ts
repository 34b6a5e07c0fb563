import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ObjectStore } from './store';

interface Thing {
  readonly colours: readonly string[];
}

test('an index is always what a search through all objects would find', () => {
  const colours = fc.array(fc.constantFrom('red', 'green', 'blue'), { maxLength: 3 });
  const step = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), colours: fc.option(colours) });
  void fc.assert(
    fc.property(fc.array(step), (steps) => {
      const store = new ObjectStore<Thing>({ colour: (thing) => thing.colours });
      const model = new Map<string, Thing>();
      for (const { key, colours } of steps) {
        if (colours === null) {
          store.delete(key);
          model.delete(key);
        } else {
          store.set(key, { colours });
          model.set(key, { colours });
        }
      }
      expect(store.size).toBe(model.size);
      for (const colour of ['red', 'green', 'blue', 'none']) {
        const found = [...store.byIndex('colour', colour)].map((thing) => JSON.stringify(thing)).sort();
        const expected = [...model.values()].filter((thing) => thing.colours.includes(colour));
        expect(found).toEqual(expected.map((thing) => JSON.stringify(thing)).sort());
      }
    }),
  );
});

test('the error about an unknown index names those that exist', () => {
  const store = new ObjectStore<Thing>({ colour: (thing) => thing.colours });
  expect(() => store.byIndex('size', '1')).toThrow('there is no index size, only: colour');
});

test('an object whose index function throws is kept, without that index', () => {
  const store = new ObjectStore<Thing>({
    colour: () => {
      throw new Error('odd');
    },
  });
  store.set('a', { colours: ['red'] });
  expect(store.get('a')).toEqual({ colours: ['red'] });
  expect(store.byIndex('colour', 'red')).toEqual([]);
});
