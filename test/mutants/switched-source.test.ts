import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { allMutants } from './all-mutants';
import { findMutants } from './find-mutants';
import { filesOf } from './measure';
import { mutatedSource } from './mutated-source';
import { MUTATED_ROOMS } from './rooms';
import { SWITCH, switchedSource } from './switched-source';
import { loadParser, type Parser } from './syntax';

const ROOT = path.join(__dirname, '../..');
let parse: Parser;

beforeAll(async () => {
  parse = await loadParser();
});

/** Plain JavaScript with most kinds of mutants in each other. */
const SOURCE = `
  const room = ({ desired, surge = 0, held }, names) => {
    const left = Math.max(0, desired + surge - (held?.filter((name) => !names.has(name)).length ?? 0));
    if (left > 2 && desired !== 0) return { left, why: 'room ' + left };
    for (const name of held ?? []) { if (name.startsWith('a') || name === 'b') return { left: -left, why: \`held \${name}\` }; }
    return { left, why: ['none', left ? 'some' : ''].filter((word) => word !== '').join(' ') };
  };
  const worlds = [
    { desired: 3, surge: 1, held: ['x'] }, { desired: 0, held: ['a', 'y'] }, { desired: 1 }, { desired: 2, held: ['b'] },
  ];
  JSON.stringify(worlds.map((world) => { try { return room(world, new Set(['y'])); } catch (error) { return error.name; } }));
`;

function result(source: string, on?: number): unknown {
  return runInNewContext(source, { [SWITCH]: (id: number) => id === on });
}

describe('a source with switches', () => {
  test('does what the source does while all are off', () => {
    const mutants = findMutants({ file: 'a.ts', source: SOURCE }, parse);
    expect(result(switchedSource(SOURCE, mutants))).toBe(result(SOURCE));
  });

  test('does what a mutant does while that one is on', () => {
    const mutants = findMutants({ file: 'a.ts', source: SOURCE }, parse);
    const switched = switchedSource(SOURCE, mutants);
    const [asSwitched, asWritten] = [
      mutants.map((mutant) => [mutant.told, result(switched, mutant.id)]),
      mutants.map((mutant) => [mutant.told, result(mutatedSource(SOURCE, mutant))]),
    ];
    expect(asSwitched).toEqual(asWritten);
    expect(new Set(asWritten.map(([, seen]) => seen)).size).toBeGreaterThan(10);
  });
});

test.each(MUTATED_ROOMS)('$folder can be read with its switches', async (room) => {
  for (const { source, mutants } of await allMutants(ROOT, filesOf(ROOT, room))) {
    expect(parse(switchedSource(source, mutants)).type).toBe('Program');
  }
});
