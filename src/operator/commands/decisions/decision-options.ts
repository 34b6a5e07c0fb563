import type { Clock } from '../../../time/clock';
import type { Screen } from '../text-table';

/** What `why` and `replay` need from the process that runs them. */
export interface DecisionOptions<Flags> {
  readonly flags: Flags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly screen: Screen;
  readonly standardInput: () => AsyncIterable<Uint8Array | string>;
  readonly print: (text: string) => void;
  /** For what could not be read. */
  readonly warn: (line: string) => void;
}
