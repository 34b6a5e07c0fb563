/** `npm run simulate`. Exit code 0: no failure. 1: a seed failed, or a row was not met. 2: wrong command line. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleWorker } from './bundle';
import { type Command, parseCommand, USAGE } from './command-line';
import { playSeeds } from './fleet';
import { plantBugs } from './planted-bugs/plant';
import { playSeed, type SeedResult } from './story';
import { Summary } from './summary';

/** Number of failures that are listed. */
const LISTED_FAILURES = 20;
/** Number of lines of the story of the first failure. */
const STORY_LINES = 40;

async function main(): Promise<number> {
  let command: Command;
  try {
    command = parseCommand(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  switch (command.kind) {
    case 'Help':
      say(USAGE);
      return 0;
    case 'Replay':
      return await replay(command.seed);
    case 'Plant':
      return await plantBugs(command.what, command.workers, say);
    case 'Play':
      return await play(command);
  }
}

async function play({ from, seeds, workers }: Extract<Command, { kind: 'Play' }>): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-simulation-'));
  const summary = new Summary();
  const startMs = performance.now();
  const seconds = () => (performance.now() - startMs) / 1000;
  const progress = progressLine(() => `${summary.seeds} of ${seeds} seeds, ${summary.failures.length} failed`);
  const onResult = (result: SeedResult) => {
    summary.add(result);
    // At once, because a person may end a long run before its summary.
    if (result.failure !== undefined) process.stderr.write(`seed ${result.seed}: ${result.failure.split('\n')[0]}\n`);
  };
  try {
    const file = path.join(folder, 'worker.js');
    await bundleWorker(file);
    await playSeeds({ file, workers, from, seeds, onResult });
  } finally {
    progress.end();
    await rm(folder, { recursive: true, force: true });
  }
  say(summary.table.join('\n'));
  say(`\n${summary.closing(seconds()).join('\n')}`);
  const { failures, unmet } = summary;
  for (const { seed, failure } of failures.slice(0, LISTED_FAILURES))
    say(`\nseed ${seed} failed: ${failure?.split('\n')[0]}\n  npm run simulate -- --seed ${seed}`);
  const [first] = failures;
  if (first !== undefined)
    await playSeed(first.seed, {
      onTrace: (story) => say(`\nthe end of the story of seed ${first.seed}:\n${story.slice(-STORY_LINES).join('\n')}`),
    });
  if (unmet.length > 0) say(`\nmet by under 1 % of the seeds: ${unmet.join(', ')}`);
  say(`\n${failures.length} of ${summary.seeds} seeds failed`);
  return failures.length > 0 || unmet.length > 0 ? 1 : 0;
}

async function replay(seed: number): Promise<number> {
  const { failure } = await playSeed(seed, { onTrace: (story) => say(story.join('\n')) });
  say(failure === undefined ? `seed ${seed} passed` : `seed ${seed} failed: ${failure}`);
  return failure === undefined ? 0 : 1;
}

/** One line that is overwritten again and again, on a terminal only. */
function progressLine(text: () => string): { readonly end: () => void } {
  if (!process.stderr.isTTY) return { end: () => {} };
  const timer = setInterval(() => process.stderr.write(`\r${text()} `), 500);
  return {
    end: () => {
      clearInterval(timer);
      process.stderr.write(`\r\u001b[K`);
    },
  };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
