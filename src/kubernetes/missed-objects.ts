import type { Clock } from '../time/clock';
import type { ServerHistory } from './server-history';

/** How late the event of a change may come after an answer that shows it. */
export const LATEST_EVENT_MS = 10_000;

/**
 * Objects that do not exist, as the answer to a write said. The watch says so too, soon; if it does not, etcd was restored to
 * a time before the object, and the watch waits for a version in the server's future.
 */
export class MissedObjects {
  readonly #uids = new Set<string>();

  constructor(
    private readonly clock: Clock,
    private readonly history: Pick<ServerHistory, 'wentBack'>,
  ) {}

  add(key: string, uid: string): void {
    if (this.#uids.has(uid)) return;
    this.#uids.add(uid);
    this.clock.setTimer(LATEST_EVENT_MS, () => {
      if (this.#uids.delete(uid)) this.history.wentBack(`${key} is gone, and no event said so`);
    });
  }

  /** An event called it gone. */
  told(uid: string): void {
    this.#uids.delete(uid);
  }
}
