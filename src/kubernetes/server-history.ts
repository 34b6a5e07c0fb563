import type { ApiServer } from './api-request';
import { isOlder } from './resource-version';

/**
 * Lists of a server that went back in time. Restored: a list has shown it, so lists are as etcd is. Doubted: the answer
 * about one object has shown it, and lists may still be as before (doubted-lists.ts).
 */
export type Lists = 'Restored' | 'Doubted';

export type WentBackListener = (lists: Lists) => void;

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
 * Only versions of one object, or of lists of one resource, are compared: a cluster may keep some resources in an etcd of
 * their own. Who finds a list older than before tells the others, for new writes may hide it from them already.
 */
export class ServerHistory {
  readonly #listeners = new Set<WentBackListener>();
  #lastAnswer: string | undefined;

  /** Version of the last answer that was compared. */
  get lastAnswer(): string | undefined {
    return this.#lastAnswer;
  }

  /** `seen` is the object's version as it was known when the request was sent; `isSame`, whether the answer shows that object. */
  compare(seen: string | undefined, answered: string, isSame: () => boolean = () => true): void {
    this.#lastAnswer = answered;
    if (isOlder(answered, seen) || (answered === seen && !isSame())) this.wentBack('Doubted');
  }

  /** The server went back in time. All listeners hear of it but the one that found it out. */
  wentBack(lists: Lists, by?: WentBackListener): void {
    for (const listener of [...this.#listeners]) if (listener !== by) listener(lists);
  }

  /** Called each time something shows that the server went back in time. The returned function ends that. */
  onWentBack(listener: WentBackListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
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
