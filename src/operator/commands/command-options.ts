import type { Clock } from '../../time/clock';
import type { Random } from '../../time/random';
import type { CommandFlags } from './command-flags';
import type { Screen } from './text-table';

/** What `plan` and `check` need from the process that runs them. */
export interface CommandOptions {
  readonly flags: CommandFlags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly screen: Screen;
  readonly standardInput: () => AsyncIterable<Uint8Array | string>;
  readonly print: (text: string) => void;
  readonly log: (line: string) => void;
}
