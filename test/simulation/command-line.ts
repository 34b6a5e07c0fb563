import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export const USAGE = `npm run simulate -- [flags]: the whole operator on models of both servers, under virtual time

  --seeds N     number of seeds to play (200)
  --from S      the first seed (1)
  --workers W   number of worker processes (one per core)
  --seed S      play one seed and print its whole story
  --plant WHAT  plant bugs one by one, and play seeds until each is found: all, a rule such as R2,
                or some words of a mistake
`;

export type Command =
  | { readonly kind: 'Play'; readonly from: number; readonly seeds: number; readonly workers: number }
  | { readonly kind: 'Replay'; readonly seed: number }
  | { readonly kind: 'Plant'; readonly what: string; readonly workers: number }
  | { readonly kind: 'Help' };

/** Throws an Error whose message names the wrong argument. */
export function parseCommand(args: readonly string[]): Command {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '200' },
      from: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(availableParallelism()) },
      seed: { type: 'string' },
      plant: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return { kind: 'Help' };
  const workers = wholeNumber('--workers', values.workers, 1);
  if (values.seed !== undefined) return { kind: 'Replay', seed: wholeNumber('--seed', values.seed, 0) };
  if (values.plant !== undefined) return { kind: 'Plant', what: values.plant, workers };
  return {
    kind: 'Play',
    from: wholeNumber('--from', values.from, 0),
    seeds: wholeNumber('--seeds', values.seeds, 1),
    workers,
  };
}

function wholeNumber(flag: string, text: string, least: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least)) throw new Error(`${flag} "${text}": use a whole number from ${least}`);
  return value;
}
