/** `npm run soak -- --minutes N`. Exit code 0: all is as asked for. 1: it is not, or a promise is broken. 2: wrong command line. */
import { sleep, systemClock } from '../../src/time/clock';
import { seededRandom } from '../../src/time/random';
import { differences } from './differences';
import { breakSomething, type Endable, refill } from './failures';
import { parseOptions, type SoakOptions, USAGE } from './options';
import { Samples } from './samples';
import { type SoakWorld, startWorld } from './soak-world';
import { createGroups, doSomething, resumeAll, type Wishes } from './user-churn';

const PAUSE_MS = 1_500;
const SAMPLE_MS = 10_000;
/** Between two things that break, so that the groups get somewhere. */
const WHOLE_MS = 20_000;
const QUIET_WITHIN_MS = 5 * 60_000;
const LOOK_MS = 5_000;

async function soak(options: SoakOptions): Promise<number> {
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new Error('interrupted')));
  const world = await startWorld(interrupted.signal);
  try {
    return (await run(world, options)) ? 0 : 1;
  } finally {
    await world.stop();
  }
}

async function run(world: SoakWorld, { minutes, seed, isCalm }: SoakOptions): Promise<boolean> {
  const random = seededRandom(seed);
  const wishes: Wishes = new Map();
  const samples = new Samples();
  const over = AbortSignal.any([world.signal, AbortSignal.timeout(minutes * 60_000)]);
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  if (!world.clockJumps) say('the clocks do not jump: libfaketime is not installed');
  await refill(world);
  await createGroups({ world, wishes, random });
  const startMs = systemClock.monotonicMs();
  await Promise.all([
    again(over, PAUSE_MS, async () => {
      count(await world.alone(() => doSomething({ world, wishes, random })));
    }),
    again(over, WHOLE_MS, async () => {
      const isEarly = systemClock.monotonicMs() - startMs < (minutes * 60_000) / 8;
      const endable: Endable = isCalm ? 'none' : isEarly ? 'all' : 'all but the first';
      count(await breakSomething(world, random, endable));
      await refill(world);
    }),
    again(over, SAMPLE_MS, () => samples.take(world)),
  ]);
  world.proxy.clear();
  await resumeAll({ world, wishes, random });
  await refill(world);
  const quietSinceMs = systemClock.monotonicMs();
  let left = await differences(world, wishes);
  while (left.length > 0 && systemClock.monotonicMs() - quietSinceMs < QUIET_WITHIN_MS) {
    await sleep(systemClock, LOOK_MS, world.signal);
    left = await differences(world, wishes);
  }
  await samples.take(world);
  say(`seed ${seed}, ${minutes} min: ${[...counts].map(([name, times]) => `${times} × ${name}`).join(', ')}`);
  const kept = samples.tell(minutes);
  const seconds = Math.round((systemClock.monotonicMs() - quietSinceMs) / 1_000);
  if (left.length === 0) say(`all is as asked for, ${seconds} s after the last change`);
  else say(`${seconds} s after the last change\n${left.join('\n')}`);
  for (const { name, process: operator } of left.length === 0 ? [] : world.seats)
    say(`the last lines of ${name}:\n${operator?.log.last(30)}`);
  return kept && left.length === 0;
}

async function again(over: AbortSignal, pauseMs: number, act: () => Promise<void>): Promise<void> {
  while (!over.aborted) {
    await act();
    await sleep(systemClock, pauseMs, over).catch(() => undefined);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const options = parseOptions(process.argv.slice(2));
if (options === undefined) {
  process.stderr.write(USAGE);
  process.exit(2);
}
soak(options).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
