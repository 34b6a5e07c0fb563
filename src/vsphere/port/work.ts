/** Work for the dispatcher of a vCenter. */
import type { VsphereFailure } from './failure';
import type { ManagedObjectReference } from './managed-object';

/** How a piece of work ended. Unknown: the answer or the task was lost, so nobody knows whether the work was done. */
export type WorkOutcome =
  | { readonly kind: 'Succeeded'; readonly result?: ManagedObjectReference }
  | { readonly kind: 'Failed'; readonly failure: VsphereFailure }
  | { readonly kind: 'Unknown'; readonly failure: VsphereFailure };

/** Clone: machines are created, which is expensive. Other: power, reconfigure, delete and folders. */
export type Lane = 'Clone' | 'Other';

/**
 * A piece of work for the dispatcher. When its turn comes, the dispatcher calls `mayStart`, `onSent` and `send` in this
 * order, then `onTask` if there is a task, and `onEnd` exactly once.
 */
export interface Work {
  /** Unique per owner. */
  readonly key: string;
  readonly lane: Lane;
  /** On whose behalf, the same for all work of one owner: tenants take turns before their owners do (R15). Absent: the owner's. */
  readonly tenant?: string;
  /** The datastores that it works on, by any text that is the same for the same datastore. Absent: not known. */
  readonly datastores?: readonly string[];
  /** Work of one kind takes about as long while vCenter has room for it, and waits in vCenter for the same. Absent: as all of its lane. */
  readonly kind?: string;
  /**
   * It brings a machine that exists to where it is of use. While it waits for the limit of its lane, fewer machines are made: one
   * that runs is worth more than one more that does not.
   */
  readonly bringsUp?: boolean;
  /** Work of any owner with the same text is sent one at a time. Absent: it may be sent beside any other. */
  readonly alone?: string;
  /** The last check before the work starts; false drops the work, and no other method is called (R1, R6). */
  mayStart(): boolean;
  onSent(): void;
  /** Makes the call, after reads and checks if it needs them. Resolves with the task, or undefined if there is none. */
  send(signal: AbortSignal): Promise<ManagedObjectReference | undefined>;
  /** vCenter has accepted the work as this task. */
  onTask(task: ManagedObjectReference): void;
  onEnd(outcome: WorkOutcome): void;
}

export interface LaneCounts {
  readonly waiting: number;
  /** Sent and not ended. Without those that are overdue, at most `limit`. */
  readonly inFlight: number;
  /** Of those in flight: for so long that they no longer count against the limit. */
  readonly overdue: number;
  readonly limit: number;
}

/**
 * Sends work to one vCenter. Each lane has a limit. Tenants take turns, and so do the owners of each. One owner has at most three quarters of a
 * lane, and so has one datastore, or less where more brings nothing; work that is overdue no longer counts for the lane (R9). Its methods return at once
 * (R3).
 */
export interface Dispatcher {
  /** Replaces all waiting work of an owner. Work that is in flight goes on and is not sent twice. */
  replaceWaiting(owner: string, work: readonly Work[]): void;
  readonly counts: Readonly<Record<Lane, LaneCounts>>;
}
