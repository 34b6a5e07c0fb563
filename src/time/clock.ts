/**
 * Time as a parameter (R12). Only this folder touches Date.now, performance.now, setTimeout and Math.random.
 */
export interface Clock {
  /** Milliseconds since 1970. May jump: for status, logs and schedules that a person reads, never for durations. */
  wallMs(): number;
  /** Milliseconds from an arbitrary start that never jump: for leases, deadlines and backoff. Subtract two readings. */
  monotonicMs(): number;
  /** Calls back once after `delayMs`. The returned function cancels it and may be called at any time. */
  setTimer(delayMs: number, callback: () => void): CancelTimer;
}

export type CancelTimer = () => void;

/** The longest delay that a Node timer takes; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};

/** Waits. Rejects with the signal's reason when it is aborted first, and leaves no timer behind. */
export function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.setTimer(delayMs, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** A signal that ends with `parent`, or after `timeoutMs` with the given reason. `done` frees the timer. */
export function deadline(
  clock: Clock,
  timeoutMs: number,
  parent: AbortSignal,
  reason: () => Error,
): { readonly signal: AbortSignal; readonly done: () => void } {
  const controller = new AbortController();
  const onAbort = () => controller.abort(parent.reason);
  if (parent.aborted) onAbort();
  parent.addEventListener('abort', onAbort, { once: true });
  const cancel = clock.setTimer(timeoutMs, () => controller.abort(reason()));
  return {
    signal: controller.signal,
    done: () => {
      cancel();
      parent.removeEventListener('abort', onAbort);
    },
  };
}
