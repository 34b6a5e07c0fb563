/** Plants the bugs one by one and plays seeds until each is found. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AnchorError, bundleWorker } from '../bundle';
import { playSeeds } from '../fleet';
import type { SeedResult } from '../story';
import { PLANTED_BUGS } from './bugs';
import type { PlantedBug } from './planted-bug';

/** After so many seeds a bug counts as not found. */
const MOST_SEEDS = 4_000;

/** `what` is all, a rule, or a part of a mistake. Resolves with the exit code: 0 if every bug was found, 1 if not, 2 if there is no such bug. */
export async function plantBugs(what: string, workers: number, say: (text: string) => void): Promise<number> {
  const isMeant = ({ rule, mistake }: PlantedBug) =>
    what === 'all' || rule === what.toUpperCase() || (what.includes(' ') && mistake.includes(what));
  const bugs = PLANTED_BUGS.filter(isMeant);
  if (bugs.length === 0) {
    const rules = [...new Set(PLANTED_BUGS.map(({ rule }) => rule))];
    say(`--plant "${what}": use all, some words of a mistake, or one of ${rules.join(', ')}`);
    return 2;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-planted-'));
  let missed = 0;
  try {
    for (const [index, bug] of bugs.entries()) {
      say(`${bug.rule.padEnd(4)} ${bug.mistake}`);
      const found = await find(bug, path.join(folder, `worker-${index}.js`), workers);
      if (typeof found === 'string') {
        missed += 1;
        say(`     NOT FOUND: ${found}`);
      } else
        say(
          `     found by seed ${found.result.seed}, after ${found.seeds} seeds: ${found.result.failure?.split('\n')[0]}`,
        );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  say(`\n${bugs.length - missed} of ${bugs.length} planted bugs found`);
  return missed > 0 ? 1 : 0;
}

/** The first seed whose failure names the rule, or the reason why there is none. */
async function find(
  bug: PlantedBug,
  file: string,
  workers: number,
): Promise<{ readonly result: SeedResult; readonly seeds: number } | string> {
  try {
    await bundleWorker(file, bug.changes);
  } catch (error) {
    if (error instanceof AnchorError) return error.message;
    throw error;
  }
  let seeds = 0;
  let found: SeedResult | undefined;
  const other = new Map<string, number>();
  await playSeeds({
    ...{ file, workers, from: 1, seeds: MOST_SEEDS },
    onResult: (result) => {
      seeds += 1;
      if (result.failure === undefined) return;
      if (result.failure.startsWith(`${bug.rule}:`)) found = result;
      else other.set(result.failure.slice(0, 120), result.seed);
    },
    goOn: () => found === undefined,
  });
  if (found !== undefined) return { result: found, seeds };
  const [first] = other;
  return `${MOST_SEEDS} seeds${first === undefined ? '' : `; but seed ${first[1]} says ${first[0]}`}`;
}
