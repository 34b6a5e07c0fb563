import type { CancelTimer } from '../time/clock';
import type { RecordedEvent } from './event';

/** One event and its repetitions. Not yet written while `name` is undefined or `count` is ahead of `writtenCount`. */
export interface EventSeries {
  readonly event: RecordedEvent;
  readonly eventTime: string;
  count: number;
  lastObservedTime: string;
  lastObservedMs: number;
  /** Name of the Event object; undefined until it is created. */
  name: string | undefined;
  writtenCount: number;
  lastWriteMs: number;
  queued: boolean;
  cancelTimer: CancelTimer | undefined;
}
