import type { ApiServer } from '../../../src/kubernetes';
import type { Clock } from '../../../src/time/clock';

/** What happens to a request instead of a normal answer. */
export type Failure =
  | { readonly kind: 'Answer'; readonly status: number; readonly reason: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'Reset' }
  | { readonly kind: 'LostReply' }
  | { readonly kind: 'Slow' };

/** Kinds of requests that can fail separately. */
export type RequestKind = 'List' | 'Watch' | 'Read' | 'Write';

/** A server for the suite: kube-apiserver behind fault proxies, or the model. */
export interface ConformanceWorld {
  readonly clock: Clock;
  /** The client under test. Its requests meet the failures below. */
  readonly server: ApiServer;
  /** Another client, whose requests meet no failures. */
  readonly direct: ApiServer;
  /** A new, empty namespace. */
  namespace(): Promise<string>;
  /** Lets time pass until the condition holds; a rejection counts as not yet. Rejects with the claim at a deadline. */
  until(claim: string, isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** Lets time pass until the promise has resolved or rejected. */
  ended<T>(promise: Promise<T>): Promise<T>;
  /** Requests of these kinds meet the failure until the returned function is called. */
  disturb(kinds: readonly RequestKind[], failure: Failure): () => void;
  /** All connections break, and new ones are refused until the returned function is called. */
  refuse(): () => void;
  /** No byte passes, in silence, until the returned function is called. */
  hang(): () => void;
  /** All connections break once. */
  reset(): void;
  /** The server is killed and starts again. */
  restart(): Promise<void>;
  /** The returned function restores the data of now in etcd, with a restart of the server or without. */
  snapshot(): Promise<(server: 'Restarted' | 'Kept') => Promise<void>>;
  /** The history of Leases up to now is forgotten. */
  compact(): Promise<void>;
  /** Number of requests that the client under test has sent. */
  readonly sent: number;
  close(): Promise<void>;
}

export function kindOf(method: string, path: string, query: string): RequestKind {
  if (method !== 'GET') return 'Write';
  if (/(^|&)watch=true/.test(query)) return 'Watch';
  return /(^|&)limit=/.test(query) || /\/(leases|vmgroups)$/.test(path) ? 'List' : 'Read';
}
