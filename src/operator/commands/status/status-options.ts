import type { Clock } from '../../../time/clock';
import type { Random } from '../../../time/random';
import type { Screen } from '../text-table';
import type { StatusFlags } from './status-flags';

/** A screen that can be drawn anew has a height, in lines. */
export interface LiveScreen extends Screen {
  readonly height: number | undefined;
}

/** What `status` needs from the process that runs it. */
export interface StatusOptions {
  readonly flags: StatusFlags;
  readonly clock: Clock;
  readonly random: Random;
  /** As it is now: a window may change its size. */
  readonly screen: () => LiveScreen;
  readonly print: (text: string) => void;
}
