/** The command line of `npm run mutants`. */
import { parseArgs } from 'node:util';

export const USAGE = `npm run mutants -- [--folder F ...] [--file F ...] [--sample N] [--seed S]: small changes of the source that tests should notice

  --folder F   a room of test/mutants/rooms.ts; may be repeated (all of them)
  --file F     only this file of them; may be repeated (all)
  --sample N   so many mutants of each room, drawn by the seed (all)
  --seed S     which ones (1)
`;

export interface Command {
  readonly folders: readonly string[];
  readonly files: readonly string[];
  readonly sample: number | undefined;
  readonly seed: number;
}

/** Throws an Error that names what cannot be read. */
export function parseCommand(args: readonly string[]): Command {
  const options = {
    folder: { type: 'string', multiple: true },
    file: { type: 'string', multiple: true },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const sample = values.sample === undefined ? undefined : Number(values.sample);
  if (sample !== undefined && !(Number.isInteger(sample) && sample > 0))
    throw new Error(`--sample takes a positive number, not ${values.sample}`);
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error(`--seed takes a number, not ${values.seed}`);
  const withoutSlash = (path: string) => path.replace(/\/+$/, '');
  return { folders: (values.folder ?? []).map(withoutSlash), files: values.file ?? [], sample, seed };
}
