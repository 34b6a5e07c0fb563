/** A few hundred seeds of the simulation, and tests of its own parts. `npm run simulate` plays more seeds. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AnchorError, bundleWorker, changed } from './bundle';
import { CATALOGUE } from './catalogue';
import { parseCommand } from './command-line';
import { playSeeds } from './fleet';
import { PLANTED_BUGS } from './planted-bugs/bugs';
import { playSeed, type SeedResult } from './story';
import { Summary } from './summary';
import { TALLY_KINDS } from './tally';

const ROOT = path.join(__dirname, '../..');
const SEEDS = 240;
const EVERYTHING = TALLY_KINDS.flatMap((kind) => CATALOGUE[kind].map((name) => `${kind} ${name}`));

function aResult(result: Partial<SeedResult> = {}): SeedResult {
  return { seed: 1, failure: undefined, met: EVERYTHING, virtualMs: 1, busiest: NOT_BUSY, ...result };
}
const NOT_BUSY = { calls: 0, writes: 0, reconciles: 0, repeats: 0 };

function summaryOf(count: number, resultOf: (index: number) => SeedResult): Summary {
  const summary = new Summary();
  for (let index = 0; index < count; index += 1) summary.add(resultOf(index));
  return summary;
}

describe('the whole operator on models of both servers', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-simulation-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test(`keeps every rule and ends with exactly the right machines: ${SEEDS} seeds`, async () => {
    const file = path.join(folder, 'worker.js');
    await bundleWorker(file);
    const summary = new Summary();
    await playSeeds({ file, workers: 2, from: 1, seeds: SEEDS, onResult: (result) => summary.add(result) });
    expect(summary.failures.map(({ seed, failure }) => `npm run simulate -- --seed ${seed}: ${failure}`)).toEqual([]);
    expect(summary.seeds).toBe(SEEDS);
  }, 300_000);

  test('a planted bug is found, and the same seed fails again', async () => {
    const bug = PLANTED_BUGS.find(({ mistake }) => mistake === 'a clone powers on its machine');
    const file = path.join(folder, 'planted.js');
    await bundleWorker(file, bug?.changes);
    const ends = new Map<number, string[]>();
    const onResult = ({ seed, failure = 'passed' }: SeedResult) => ends.set(seed, [...(ends.get(seed) ?? []), failure]);
    await playSeeds({ file, workers: 1, from: 1, seeds: 5, onResult });
    const [seed] = [...ends].find(([, [failure]]) => failure !== 'passed') ?? [];
    expect(seed).toBeDefined();
    await playSeeds({ file, workers: 1, from: seed ?? 0, seeds: 1, onResult });
    expect(ends.get(seed ?? 0)).toEqual(['R3: a clone with powerOn', 'R3: a clone with powerOn']);
  });

  test('a seed has the same story each time', async () => {
    const stories: string[][] = [];
    for (let time = 0; time < 2; time += 1)
      await playSeed(7, {
        onTrace: (story) => stories.push(story.map((line) => line.replace(/[0-9a-f-]{36}/g, 'UUID'))),
      });
    expect(stories[0]?.length).toBeGreaterThan(50);
    expect(stories[1]).toEqual(stories[0]);
  });
});

describe('planted bugs', () => {
  test('fit the sources', async () => {
    for (const { changes } of PLANTED_BUGS)
      for (const change of changes) {
        const source = await readFile(path.join(ROOT, change.file), 'utf8');
        await expect(transform(changed(source, change), { loader: 'ts' })).resolves.toBeDefined();
      }
  });

  test('break every rule that the simulation watches', () => {
    const rules = new Set(PLANTED_BUGS.map(({ rule }) => rule));
    for (const rule of ['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9', 'R13', 'R15'])
      expect(rules).toContain(rule);
  });

  test.each(['', 'here and here'])('are refused if their anchor is not exactly once in %j', (source) => {
    const change = { file: 'src/x.ts', anchor: 'here', replacement: 'there' };
    expect(() => changed(source, change)).toThrow(AnchorError);
    expect(changed('only here', change)).toBe('only there');
  });
});

describe('the summary', () => {
  test('names no row if every row was met', () => {
    expect(summaryOf(1_000, () => aResult()).unmet).toEqual([]);
  });

  test('names the rows that less than 1 % of the seeds have met', () => {
    const rare = 'crash before CloneVM_Task';
    const without = EVERYTHING.filter((row) => row !== rare);
    const summary = summaryOf(1_000, (index) => aResult({ met: index < 9 ? EVERYTHING : without }));
    expect(summary.unmet).toEqual([rare]);
    expect(summary.table.find((line) => line.includes('before CloneVM_Task'))).toMatch(/0\.9 % {2}under 1 %/);
    expect(summaryOf(1_000, (index) => aResult({ met: index < 10 ? EVERYTHING : without })).unmet).toEqual([]);
  });

  test('names no row after few seeds', () => {
    expect(summaryOf(999, () => aResult({ met: [] })).unmet).toEqual([]);
  });

  test('shows a name that is not in the catalogue', () => {
    const summary = summaryOf(1, () => aResult({ met: ['action Levitate'] }));
    expect(summary.table.some((line) => line.includes('Levitate'))).toBe(true);
  });

  test('has the failures, and the busiest minute with its seed', () => {
    const summary = summaryOf(3, (seed) =>
      aResult({ seed, ...(seed === 2 && { failure: 'R2: two' }), busiest: { ...NOT_BUSY, calls: seed } }),
    );
    expect(summary.failures).toMatchObject([{ seed: 2, failure: 'R2: two' }]);
    expect(summary.closing(1).join()).toContain('2 calls (seed 2)');
  });
});

describe('the command line', () => {
  test.each([
    [[], { kind: 'Play', from: 1, seeds: 200 }],
    [['--seeds', '50', '--from', '7', '--workers', '3'], { kind: 'Play', from: 7, seeds: 50, workers: 3 }],
    [['--seed', '4711'], { kind: 'Replay', seed: 4711 }],
    [['--plant', 'R2'], { kind: 'Plant', what: 'R2' }],
  ])('takes %j', (args, expected) => {
    expect(parseCommand(args)).toMatchObject(expected);
  });

  test.each([[['--seeds', 'many']], [['--seeds', '0']], [['--seed', '-1']], [['--bogus']]])('refuses %j', (args) => {
    expect(() => parseCommand(args)).toThrow();
  });
});
