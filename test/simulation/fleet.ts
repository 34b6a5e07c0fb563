/** Worker processes that play seeds. */
import { type ChildProcess, fork } from 'node:child_process';
import { PACKAGES } from './bundle';
import type { SeedResult } from './story';
import type { FromWorker, ToWorker } from './worker';

/** Number of seeds that a worker gets at once. */
const CHUNK = 20;
/** Nearly all that a story makes is garbage soon. A young generation of this size needs a twentieth less of processor time. */
const YOUNG_GENERATION = ['--min-semi-space-size=64', '--max-semi-space-size=64'];
/** A seed takes about a second. One that takes this long is in an endless loop, which no timer of its process can end. */
const HUNG_MS = 120_000;

export interface FleetOptions {
  /** The bundled worker. */
  readonly file: string;
  readonly workers: number;
  readonly from: number;
  readonly seeds: number;
  readonly onResult: (result: SeedResult) => void;
  /** Called after each result; false ends the run. */
  readonly goOn?: () => boolean;
}

/** Resolves when all seeds were played or `goOn` returns false. Rejects when a worker exits. */
export async function playSeeds(options: FleetOptions): Promise<void> {
  let next = options.from;
  const end = options.from + options.seeds;
  let isOver = false;
  const take = (): readonly number[] => {
    if (isOver) return [];
    const seeds = Array.from({ length: Math.min(CHUNK, end - next) }, (_, index) => next + index);
    next += seeds.length;
    return seeds;
  };
  const onResult = (result: SeedResult) => {
    if (isOver) return;
    options.onResult(result);
    if (options.goOn?.() === false) isOver = true;
  };
  const one = () => serve(options.file, take, onResult, () => isOver);
  await Promise.all(Array.from({ length: Math.min(options.workers, Math.ceil(options.seeds / CHUNK)) }, one));
}

/** Runs one worker until no seed is left. When it hangs, the seed has failed, and another worker plays the rest of its chunk. */
function serve(
  file: string,
  take: () => readonly number[],
  onResult: (result: SeedResult) => void,
  isOver: () => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(file, {
      execArgv: ['--enable-source-maps', ...YOUNG_GENERATION],
      env: { ...process.env, NODE_PATH: PACKAGES },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let left: readonly number[] = [];
    let watchdog: NodeJS.Timeout | undefined;
    const stop = () => {
      clearTimeout(watchdog);
      child.removeAllListeners();
      child.kill('SIGKILL');
    };
    const give = (seeds: readonly number[]) => {
      left = seeds;
      if (seeds.length > 0 && !isOver()) send(child, { kind: 'Play', seeds });
      else {
        stop();
        resolve();
      }
    };
    const began = (seed: number) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => {
        stop();
        onResult(hung(seed));
        serve(
          file,
          rest(
            left.filter((other) => other > seed),
            take,
          ),
          onResult,
          isOver,
        ).then(resolve, reject);
      }, HUNG_MS);
    };
    child.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'Ready':
        case 'Idle':
          give(take());
          return;
        case 'Began':
          began(message.seed);
          return;
        case 'Played':
          onResult(message.result);
          if (!isOver()) return;
          stop();
          resolve();
      }
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(watchdog);
      reject(new Error(`a worker has ended with ${code}`));
    });
  });
}

/** First the rest of a chunk, then new chunks. */
function rest(left: readonly number[], take: () => readonly number[]): () => readonly number[] {
  let first: readonly number[] | undefined = left.length > 0 ? left : undefined;
  return () => {
    const seeds = first ?? take();
    first = undefined;
    return seeds;
  };
}

function send(child: ChildProcess, message: ToWorker): void {
  child.send(message);
}

function hung(seed: number): SeedResult {
  const failure = `R8: endless loop: the seed has not ended in ${HUNG_MS / 1000} s of real time`;
  return { seed, failure, met: [], virtualMs: 0, busiest: { calls: 0, writes: 0, reconciles: 0, repeats: 0 } };
}
