/** Work for the dispatcher of a vCenter. Types that other rooms build against. */
import type { VsphereFailure } from './failure';
import type { ManagedObjectReference } from './managed-object';

/** How a piece of work ended. Unknown: the reply or the task was lost, so it may or may not have happened. */
export type WorkOutcome =
  | { readonly kind: 'Succeeded'; readonly result?: ManagedObjectReference }
  | { readonly kind: 'Failed'; readonly failure: VsphereFailure }
  | { readonly kind: 'Unknown'; readonly failure: VsphereFailure };

/** Clone: creation of machines, the expensive lane. Other: power, reconfigure, delete and folders. */
export type Lane = 'Clone' | 'Other';

/**
 * A piece of work for the dispatcher. `key` is unique within its owner.
 * Order of calls: `send` once its turn comes; `onSent` right before `send` is called; `onEnd` exactly once after.
 */
export interface Work {
  readonly key: string;
  readonly lane: Lane;
  /** Where it writes its disks, as any text that is the same for the same datastore. Absent: unknown. */
  readonly datastore?: string;
  /** Last look before the call: false drops the work silently (ownership, pause and lease are checked here: R1, R6). */
  mayStart(): boolean;
  onSent(): void;
  /** May be read, check, call. Resolves with the task to follow, or undefined when the call itself was the work. */
  send(signal: AbortSignal): Promise<ManagedObjectReference | undefined>;
  /** vCenter has accepted it as this task. */
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
 * Sends work to one vCenter: a budget for each lane, round-robin over owners; one owner, or one datastore, holds at most
 * three quarters of a lane, and what takes long no longer counts against the lane (R9). Returns at once (R3).
 */
export interface Dispatcher {
  /** Replaces all waiting work of an owner. Work that was already sent goes on and is not sent twice. */
  replaceWaiting(owner: string, work: readonly Work[]): void;
  readonly counts: Readonly<Record<Lane, LaneCounts>>;
}
