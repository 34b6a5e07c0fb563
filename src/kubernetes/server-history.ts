import type { ApiServer } from './api-request';
import { isOlder } from './resource-version';

/**
 * What answers about single objects tell of the server's history. The version of an object only grows, so an answer with
 * an older version than was seen before its request was sent means that etcd was restored from a snapshot: all that was
 * seen of the server may be wrong, of any resource. A watch does not tell: it goes on from a version in the server's
 * future, and sends nothing until history has passed that version.
 *
 * Two histories may give one version to two states of an object. So an answer with the version that was seen, and with
 * something else in the object, means the same.
 *
 * Each process reads or writes its Lease every few seconds (leader-election.ts), so this is noticed within seconds.
 * Only versions of one object are compared: a cluster may keep some resources in an etcd of their own.
 */
export class ServerHistory {
  readonly #listeners = new Set<() => void>();
  #lastAnswer: string | undefined;

  /** Version of the last answer that was compared. */
  get lastAnswer(): string | undefined {
    return this.#lastAnswer;
  }

  /** `seen` is the object's version as it was known when the request was sent; `isSame`, whether the answer shows that object. */
  compare(seen: string | undefined, answered: string, isSame: () => boolean = () => true): void {
    this.#lastAnswer = answered;
    if (isOlder(answered, seen) || (answered === seen && !isSame()))
      for (const listener of [...this.#listeners]) listener();
  }

  /** Called each time an answer shows that the server went back in time. The returned function ends that. */
  onWentBack(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }
}

const histories = new WeakMap<ApiServer, ServerHistory>();

/** The one history of a server. */
export function historyOf(server: ApiServer): ServerHistory {
  let history = histories.get(server);
  if (history === undefined) {
    history = new ServerHistory();
    histories.set(server, history);
  }
  return history;
}
