import type { ApiServer } from '../../../src/kubernetes';
import type { Clock } from '../../../src/time/clock';

/** What a server, or the way to it, does to requests instead of answering them. */
export type Trouble =
  | { readonly kind: 'Answer'; readonly status: number; readonly reason: string; readonly retryAfterSeconds?: number }
  | { readonly kind: 'Reset' }
  | { readonly kind: 'LostReply' }
  | { readonly kind: 'Slow' };

/** Requests as faults tell them apart. */
export type RequestKind = 'List' | 'Watch' | 'Read' | 'Write';

/** A server that the suite runs against: kube-apiserver behind fault proxies, or the model. */
export interface ConformanceWorld {
  readonly clock: Clock;
  /** Under test: its requests meet what is asked for below. */
  readonly server: ApiServer;
  /** Another client, whose requests meet none of it. */
  readonly direct: ApiServer;
  /** A new, empty namespace. */
  namespace(): Promise<string>;
  /** Lets time pass until it is so; a rejection means not yet. Rejects with the claim. */
  until(claim: string, isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** Lets time pass until the promise has settled. */
  settled<T>(promise: Promise<T>): Promise<T>;
  /** From now on requests of these kinds meet this, until the returned function is called. */
  disturb(kinds: readonly RequestKind[], trouble: Trouble): () => void;
  /** Connections break, and new ones are refused, until the returned function is called. */
  refuse(): () => void;
  /** Nothing passes and nobody is told, until the returned function is called. */
  hang(): () => void;
  /** All connections break once. */
  reset(): void;
  /** The server ends without a word and starts again. */
  restart(): Promise<void>;
  /** Versions up to now are forgotten for leases. */
  compact(): Promise<void>;
  /** Requests that were sent through the faults so far. */
  readonly sent: number;
  close(): Promise<void>;
}

export function kindOf(method: string, path: string, query: string): RequestKind {
  if (method !== 'GET') return 'Write';
  if (/(^|&)watch=true/.test(query)) return 'Watch';
  return /(^|&)limit=/.test(query) || /\/(leases|vmgroups)$/.test(path) ? 'List' : 'Read';
}
