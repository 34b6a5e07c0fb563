/**
 * R6, R13: a process leads once it has the Lease and has then read all again. One that cannot read in time steps back: its
 * small requests may pass while its lists hang, and then it would keep the Lease from the others for ever.
 */
import { type Clock, deadline, sleep } from '../../time/clock';
import { jointSignal } from '../../time/joint-signal';
import type { Logger } from '../telemetry/logger';
import type { Leadership } from './leadership';

/** A healthy process that needs longer than that for its lists would not keep up anyway. */
const LONGEST_READ_MS = 300_000;

export interface TakeOverOptions {
  readonly leadership: Leadership;
  /** Whether the Lease is shared with other processes. If not, nothing is read again. */
  readonly isElected: boolean;
  /** How long a process may read before it steps back, the first time; then twice as long each time, at most 5 minutes. */
  readonly leaseDurationMs: number;
  /** Reads all stores again. Rejects with the signal's reason only. */
  relist(signal: AbortSignal): Promise<void>;
  /** The Lease was lost: another process may act now. */
  onLost(error: unknown): void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Resolves once this process may lead; the Lease is renewed until the signal is aborted. Rejects with its reason only. */
export async function takeOver(options: TakeOverOptions, signal: AbortSignal): Promise<void> {
  const { leadership, isElected, leaseDurationMs, relist, onLost, clock, logger } = options;
  for (let readMs = leaseDurationMs; ; readMs = Math.min(2 * readMs, LONGEST_READ_MS)) {
    await leadership.acquire(signal);
    const term = new AbortController();
    const held = jointSignal(signal, term.signal);
    const renewed = leadership.renew(held.signal).catch((error: unknown) => {
      held.done();
      if (!held.signal.aborted) onLost(error);
    });
    if (!isElected || (await isReadWithin(readMs, options, signal))) return;
    logger.warn('the API server gives no lists in time: stepping back, so that another process may lead', { readMs });
    term.abort(new Error('stepped back'));
    // A renewal that is under way must not follow the release.
    await renewed;
    await leadership.release(signal);
    // So long that each of the others has looked at the Lease, and not again before the lists pass.
    await sleep(clock, leaseDurationMs, signal);
    await relist(signal);
  }
}

async function isReadWithin(
  readMs: number,
  { relist, clock }: Pick<TakeOverOptions, 'relist' | 'clock'>,
  signal: AbortSignal,
): Promise<boolean> {
  const limit = deadline(clock, readMs, signal, () => new Error('the lists took too long'));
  try {
    await relist(limit.signal);
    return true;
  } catch (error) {
    if (signal.aborted || !limit.signal.aborted) throw error;
    return false;
  } finally {
    limit.done();
  }
}
