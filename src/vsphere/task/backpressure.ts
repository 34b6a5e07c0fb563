/**
 * What vCenter says by letting work wait, or by refusing it as too much. It runs eight clones per host and queues the rest:
 * whoever sends more has nothing from it, and stands in the way of other people's work.
 */
import type { Clock } from '../../time/clock';
import { ADAPTIVE } from './limit';

/** A task that is queued for longer waits for its turn in vCenter, not for the news of its start. */
const QUEUED_MS = 1_000;
/** So many of one kind may wait in vCenter: the next is there when one ends. */
const MAY_QUEUE = 2;
/** After so long without a refusal one more may be tried for each eight. */
const TRY_MORE_MS = 5 * 60_000;

/** What is known of work of one kind. */
interface Kind {
  inFlight: number;
  readonly queuedSinceMs: Map<object, number>;
  lastWaitedMs: number;
  /** So many were in flight when vCenter refused more. */
  ceiling: number | undefined;
  ceilingSinceMs: number;
}

export class Backpressure {
  readonly #clock: Clock;
  readonly #kinds = new Map<string, Kind>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** No more work of this kind now. */
  holds(kind: string): boolean {
    const known = this.#kinds.get(kind);
    if (known === undefined) return false;
    const nowMs = this.#clock.monotonicMs();
    if (known.inFlight >= this.#ceilingOf(known, nowMs)) return true;
    return this.#waiting(known) >= MAY_QUEUE;
  }

  begun(kind: string): void {
    const known = this.#kinds.get(kind) ?? {
      inFlight: 0,
      queuedSinceMs: new Map(),
      lastWaitedMs: Number.NEGATIVE_INFINITY,
      ceiling: undefined,
      ceilingSinceMs: 0,
    };
    known.inFlight += 1;
    this.#kinds.set(kind, known);
  }

  /** vCenter has not begun with the task yet, or has now. */
  queued(kind: string, work: object, isQueued: boolean): void {
    const known = this.#kinds.get(kind);
    const since = known?.queuedSinceMs;
    if (!isQueued) {
      if (known !== undefined) this.#waiting(known);
      since?.delete(work);
    } else if (since?.has(work) === false) since.set(work, this.#clock.monotonicMs());
  }

  /** Whether work of this kind has waited in vCenter since then. */
  waitedSince(kind: string, sinceMs: number): boolean {
    const known = this.#kinds.get(kind);
    if (known === undefined) return false;
    this.#waiting(known);
    return known.lastWaitedMs >= sinceMs;
  }

  /** How many wait for their turn, not for the news of their start. */
  #waiting(known: Kind): number {
    const nowMs = this.#clock.monotonicMs();
    let waiting = 0;
    for (const sinceMs of known.queuedSinceMs.values()) if (nowMs - sinceMs >= QUEUED_MS) waiting += 1;
    if (waiting > 0) known.lastWaitedMs = nowMs;
    return waiting;
  }

  ended(kind: string, work: object, wasRefused: boolean): void {
    const known = this.#kinds.get(kind);
    if (known === undefined) return;
    known.inFlight -= 1;
    known.queuedSinceMs.delete(work);
    if (wasRefused) {
      known.ceiling = Math.max(1, Math.min(known.inFlight, known.ceiling ?? known.inFlight));
      known.ceilingSinceMs = this.#clock.monotonicMs();
    }
    if (known.inFlight === 0 && known.ceiling === undefined) this.#kinds.delete(kind);
  }

  /** Refused work shows a limit that may not be there for ever. */
  #ceilingOf(known: Kind, nowMs: number): number {
    if (known.ceiling !== undefined && nowMs - known.ceilingSinceMs >= TRY_MORE_MS) {
      const ceiling = known.ceiling + Math.ceil(known.ceiling / 8);
      known.ceiling = ceiling < ADAPTIVE.most ? ceiling : undefined;
      known.ceilingSinceMs = nowMs;
    }
    return known.ceiling ?? Number.POSITIVE_INFINITY;
  }
}
