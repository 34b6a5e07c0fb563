/** A worker process of the simulation: plays the seeds that it is given, one after the other. */
import { playSeed, type SeedResult } from './story';

export type ToWorker = { readonly kind: 'Play'; readonly seeds: readonly number[] };
export type FromWorker =
  | { readonly kind: 'Ready' }
  | { readonly kind: 'Began'; readonly seed: number }
  | { readonly kind: 'Played'; readonly result: SeedResult }
  | { readonly kind: 'Idle' };

// Thousands of errors are part of every story; nobody reads where they come from.
Error.stackTraceLimit = 3;

process.on('message', (message: ToWorker) => {
  play(message.seeds).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
tell({ kind: 'Ready' });

async function play(seeds: readonly number[]): Promise<void> {
  for (const seed of seeds) {
    tell({ kind: 'Began', seed });
    tell({ kind: 'Played', result: await playSeed(seed) });
  }
  tell({ kind: 'Idle' });
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
