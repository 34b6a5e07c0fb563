import type { Clock } from '../time/clock';
import type { Log } from './log';

/** How late the event of a change may come after an answer that shows it. */
export const LATEST_EVENT_MS = 10_000;

/**
 * Objects that do not exist, as the answer to a write said. The watch says so too, soon; if it does not, it is slow, or etcd
 * was restored to a time before the object, and the watch waits for a version in the server's future.
 */
export class MissedObjects {
  readonly #uids = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly listAgain: () => unknown,
  ) {}

  add(key: string, uid: string): void {
    if (this.#uids.has(uid)) return;
    this.#uids.add(uid);
    this.clock.setTimer(LATEST_EVENT_MS, () => {
      if (!this.#uids.delete(uid)) return;
      this.log.info('listing again: an object is gone, and no event said so', { key });
      this.listAgain();
    });
  }

  /** Whether an answer said that it is gone, and no event has said so yet: one that tells of it is from before that answer. */
  has(uid: string): boolean {
    return this.#uids.has(uid);
  }

  /** An event called it gone. */
  told(uid: string): void {
    this.#uids.delete(uid);
  }
}
