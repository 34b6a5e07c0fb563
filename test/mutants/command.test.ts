import { describe, expect, test } from 'vitest';
import { parseCommand } from './command';
import type { Mutant } from './mutant';
import { sampleOf } from './sample';

describe('npm run mutants', () => {
  test('takes all rooms and all mutants by default', () =>
    expect(parseCommand([])).toEqual({ folders: [], files: [], sample: undefined, seed: 1 }));

  test('takes several folders, with or without a slash at the end', () =>
    expect(parseCommand(['--folder', 'a/', '--folder', 'b']).folders).toEqual(['a', 'b']));

  test.each(['0', '-1', 'all', '1.5'])('refuses --sample %s by its name', (sample) =>
    expect(() => parseCommand([`--sample=${sample}`])).toThrow(`--sample takes a positive number, not ${sample}`),
  );

  test('refuses a seed that is no number', () =>
    expect(() => parseCommand(['--seed', 'x'])).toThrow('--seed takes a number, not x'));
});

describe('a sample', () => {
  const span = { start: 0, end: 1 };
  const mutants = Array.from({ length: 50 }, (_, id): Mutant => {
    const rest = { file: 'a.ts', kind: 'boolean', replacement: 'true', code: 'f(false);', told: 'true' } as const;
    return { id, line: id, span, host: span, ...rest };
  });

  test('is the same one for the same seed, and another one for another seed', () => {
    const [once, again, other] = [sampleOf(mutants, 10, 1), sampleOf(mutants, 10, 1), sampleOf(mutants, 10, 2)];
    expect(once).toEqual(again);
    expect(once).not.toEqual(other);
    expect(once).toHaveLength(10);
  });

  test('keeps the order of the text, and never holds more than there is', () => {
    const ids = sampleOf(mutants, 10, 1).map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(sampleOf(mutants, 99, 1)).toEqual(mutants);
  });
});
