/** A worker process of the simulation. It plays the seeds that it gets, one after the other. */
import { playSeed, type SeedResult } from './story';

export type ToWorker = { readonly kind: 'Play'; readonly seeds: readonly number[] };
export type FromWorker =
  | { readonly kind: 'Ready' }
  | { readonly kind: 'Began'; readonly seed: number }
  | { readonly kind: 'Played'; readonly result: SeedResult }
  | { readonly kind: 'Idle' };

// Every story has thousands of errors, and their stacks are not shown.
Error.stackTraceLimit = 3;

process.on('message', (message: ToWorker) => {
  play(message.seeds).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
send({ kind: 'Ready' });

async function play(seeds: readonly number[]): Promise<void> {
  for (const seed of seeds) {
    send({ kind: 'Began', seed });
    send({ kind: 'Played', result: await playSeed(seed) });
  }
  send({ kind: 'Idle' });
}

function send(message: FromWorker): void {
  process.send?.(message);
}
