import { type Clock, deadline } from '../time/clock';
import { ApiError } from './api-error';
import { QueueShutDown, type WorkQueue } from './work-queue';

/**
 * How a reconcile ended, if it did not fail: its backoff is forgotten, and it is called again when something that concerns
 * the key adds it, or after `requeueAfterMs` at the latest.
 */
export interface Result {
  readonly requeueAfterMs?: number;
}

/** One run of a reconcile: exactly one of `result` and `error` is there. */
export interface ReconcileEnd {
  readonly key: string;
  readonly durationMs: number;
  readonly result?: Result;
  readonly error?: unknown;
}

/** A reconcile took longer than its deadline and gave up as its signal told it to. */
export class ReconcileTimeout extends Error {
  override readonly name = 'ReconcileTimeout';
  readonly code = 'ReconcileTimeout';
}

/**
 * Runs `reconcile` for the keys of a queue, at most `workers` at a time and never twice at once for one key.
 *
 * - A rejection or a throw brings the key back with the queue's backoff and harms no other key. A Retry-After of the API
 *   server is waited out: client-go does that inside the request, and a worker would be held up by it.
 * - The signal of a reconcile is aborted with ReconcileTimeout after `deadlineMs`, and with the loop's own reason at the end.
 *   It must heed that: a promise that never ends keeps its worker and its key.
 * - Resolves when `signal` is aborted, or the queue shut down and drained, and all running reconciles have ended. A
 *   reconcile that ends by that abort counts as neither success nor failure.
 */
export async function runReconcileLoop(
  options: {
    readonly queue: WorkQueue;
    readonly workers: number;
    readonly deadlineMs: number;
    readonly clock: Clock;
    reconcile(key: string, signal: AbortSignal): Promise<Result>;
    /** For metrics and logs. What it throws is dropped: it must not cost the key its `done`. */
    onEnd?(end: ReconcileEnd): void;
  },
  signal: AbortSignal,
): Promise<void> {
  const { queue, clock } = options;

  const reconcileOnce = async (key: string): Promise<void> => {
    const startMs = clock.monotonicMs();
    const limit = deadline(
      clock,
      options.deadlineMs,
      signal,
      () => new ReconcileTimeout(`the reconcile of ${key} took longer than ${options.deadlineMs} ms`),
    );
    try {
      const result = await options.reconcile(key, limit.signal);
      queue.forget(key);
      if (result.requeueAfterMs !== undefined) queue.addAfter(key, result.requeueAfterMs);
      tell({ key, durationMs: clock.monotonicMs() - startMs, result });
    } catch (error) {
      if (signal.aborted && error === signal.reason) return;
      queue.addRateLimited(key, error instanceof ApiError ? error.retryAfterMs : undefined);
      tell({ key, durationMs: clock.monotonicMs() - startMs, error });
    } finally {
      limit.done();
      queue.done(key);
    }
  };

  const tell = (end: ReconcileEnd): void => {
    try {
      options.onEnd?.(end);
    } catch {
      // Metrics and logs are told of reconciles, they don't take part in them; there is nobody left to tell of this.
    }
  };

  const work = async (): Promise<void> => {
    for (;;) {
      let key: string;
      try {
        key = await queue.get(signal);
      } catch (error) {
        if (signal.aborted || error instanceof QueueShutDown) return;
        throw error;
      }
      await reconcileOnce(key);
    }
  };

  await Promise.all(Array.from({ length: options.workers }, work));
}
