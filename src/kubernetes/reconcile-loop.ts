import { type Clock, deadline, sleep } from '../time/clock';
import { ApiError } from './api-error';
import { QueueShutDown, type WorkQueue } from './work-queue';

/**
 * The result of a reconcile that did not fail. The backoff of its key is forgotten. The next reconcile comes when the key
 * is added, or after `requeueAfterMs` at the latest.
 */
export interface Result {
  readonly requeueAfterMs?: number;
}

/** One run of a reconcile: exactly one of `result` and `error` is set. */
export interface ReconcileEnd {
  readonly key: string;
  readonly durationMs: number;
  readonly result?: Result;
  readonly error?: unknown;
}

/**
 * Reconciles that wait for nothing would follow one another without a turn of the event loop, and meanwhile no Lease is
 * renewed and no answer is read. After so long there is one.
 */
const LONGEST_TURN_MS = 10;

/** A reconcile took longer than its deadline, and its signal was aborted. */
export class ReconcileTimeout extends Error {
  override readonly name = 'ReconcileTimeout';
  readonly code = 'ReconcileTimeout';
}

/**
 * Runs `reconcile` for the keys of a queue, at most `workers` at a time and never twice at once for one key.
 *
 * - After a rejection or a throw the key comes again with the queue's backoff; other keys are not affected. A Retry-After
 *   of the API server is waited for. client-go waits inside the request, which would block a worker.
 * - The signal of a reconcile is aborted with ReconcileTimeout after `deadlineMs`, and with the loop's own reason at the end.
 *   It must end then: a promise that never ends blocks its worker and its key.
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
    /** For metrics and logs. What it throws is ignored, so that `done` is always called. */
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
      notify({ key, durationMs: clock.monotonicMs() - startMs, result });
    } catch (error) {
      if (signal.aborted && error === signal.reason) return;
      queue.addRateLimited(key, error instanceof ApiError ? error.retryAfterMs : undefined);
      notify({ key, durationMs: clock.monotonicMs() - startMs, error });
    } finally {
      limit.done();
      queue.done(key);
    }
  };

  const notify = (end: ReconcileEnd): void => {
    try {
      options.onEnd?.(end);
    } catch {
      // An error in metrics or logs is no failure of the reconcile, and logging it could fail again.
    }
  };

  let turnEndsMs = clock.monotonicMs() + LONGEST_TURN_MS;
  let turn: Promise<void> | undefined;
  const giveTurn = async (): Promise<void> => {
    if (clock.monotonicMs() < turnEndsMs) return;
    turn ??= sleep(clock, 0, signal)
      .catch(() => undefined)
      .then(() => {
        turn = undefined;
        turnEndsMs = clock.monotonicMs() + LONGEST_TURN_MS;
      });
    await turn;
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
      await giveTurn();
    }
  };

  await Promise.all(Array.from({ length: options.workers }, work));
}
