import { expect, test } from 'vitest';
import { Turns } from './turns';

function someTurns(...owners: readonly (readonly [string, string])[]): Turns<number> {
  const turns = new Turns<number>();
  for (const [tenant, owner] of owners) turns.set(tenant, owner, 0);
  return turns;
}

/** Whose turns are next, one after the other. */
function next(turns: Turns<number>, count: number): string {
  return Array.from({ length: count }, () => {
    const [first] = turns.inOrder();
    if (first === undefined) return '-';
    turns.hadTurn(first[0]);
    return first[0];
  }).join(' ');
}

test('tenants take turns, and so do the owners of each', () => {
  const turns = someTurns(['shop', 'a'], ['shop', 'b'], ['bank', 'x'], ['shop', 'c']);
  expect(next(turns, 8)).toBe('a x b x c x a x');
});

test('an owner keeps its turn when its value is set again, and not when its tenant is another', () => {
  const turns = someTurns(['shop', 'a'], ['shop', 'b'], ['bank', 'x']);
  turns.set('shop', 'a', 7);
  expect([turns.get('a'), [...turns.inOrder()].map(([owner]) => owner)]).toEqual([7, ['a', 'b', 'x']]);
  turns.set('bank', 'a', 8);
  expect(next(turns, 4)).toBe('b x b a');
});

test('who left has no turn; who comes back, and a tenant that comes back, is last', () => {
  const turns = someTurns(['shop', 'a'], ['bank', 'x'], ['bank', 'y']);
  turns.delete('a');
  turns.delete('x');
  turns.delete('nobody');
  expect(turns.get('a')).toBeUndefined();
  turns.set('bank', 'x', 0);
  turns.set('shop', 'a', 0);
  expect(next(turns, 4)).toBe('y a x a');
  turns.clear();
  expect(next(turns, 1)).toBe('-');
});
