import { describe, expect, test } from 'vitest';
import type { Fate, Measured } from './measure';
import type { Mutant } from './mutant';
import { figuresOf, reachesGoal, survivorLines } from './report';

const ROOM = { folder: 'src/room', decisive: ['trust.ts'], tests: [], goal: 75 };
const MUTANT: Mutant = {
  ...{ id: 1, file: 'src/room/a.ts', kind: 'logic', span: { start: 0, end: 6 }, replacement: '(a)' },
  ...{ host: { start: 0, end: 6 }, line: 3, code: 'f(a && b);', told: '(a)' },
};

function measured(...fates: readonly Fate[]): Measured {
  const all = new Map(fates.map((fate, id) => [{ ...MUTANT, id }, fate]));
  return { room: ROOM, fates: all, equivalent: 0, unfit: [], leftOut: [] };
}

describe('the score of a room', () => {
  test('counts what does not compile as killed, and tells the score of tests alone', () => {
    const figures = figuresOf(['KilledByTypes', 'KilledByTypes', 'KilledByTest', 'Survived']);
    expect(figures).toMatchObject({ mutants: 4, killed: 3, byTypes: 2, survivors: 1, score: 75, scoreOfTests: 50 });
  });

  test('counts a mutant that no test comes by as a survivor', () =>
    expect(figuresOf(['NotCovered', 'KilledByTime'])).toMatchObject({ killed: 1, survivors: 1, score: 50 }));

  test('of a room without mutants is full', () =>
    expect(figuresOf([])).toMatchObject({ score: 100, scoreOfTests: 100 }));

  test('reaches its goal, or does not', () => {
    expect(reachesGoal(measured('KilledByTest', 'KilledByTest', 'KilledByTest', 'Survived'))).toBe(true);
    expect(reachesGoal(measured('KilledByTest', 'KilledByTest', 'Survived'))).toBe(false);
  });

  test('is not reached with one survivor in a file that decides whom to trust', () => {
    const { fates, ...rest } = measured('KilledByTest', 'KilledByTest', 'KilledByTest', 'KilledByTest');
    const decisive = { ...MUTANT, id: 9, file: 'src/room/trust.ts' };
    const withFate = (fate: Fate): Measured => ({ ...rest, fates: new Map([...fates, [decisive, fate]]) });
    expect([reachesGoal(withFate('KilledByTest')), reachesGoal(withFate('Survived'))]).toEqual([true, false]);
  });
});

test('a survivor is told with its place, its line and what stands there instead', () => {
  const lines = survivorLines(measured('KilledByTest', 'Survived', 'NotCovered'));
  expect(lines).toEqual([
    'src/room/a.ts:3  logic\n    f(a && b);\n    -> (a)',
    'src/room/a.ts:3  logic, no test comes by\n    f(a && b);\n    -> (a)',
  ]);
});
