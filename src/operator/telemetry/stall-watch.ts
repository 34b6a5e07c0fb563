import { type Clock, sleep } from '../../time/clock';
import type { Logger } from './logger';

const BEAT_MS = 1_000;
/** Shorter stalls come from garbage collection or a busy node. */
const WORTH_LOGGING_MS = 2_000;

/**
 * Logs when this process stood still: it was stopped, got no CPU, was suspended with its machine, or was blocked by a bug.
 * The line is for people only: it can explain why a lease was lost. Whether the process may act is asked at each change
 * (R6). Ends when aborted; never rejects.
 */
export async function watchStalls(clock: Clock, logger: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [startMs, startWallMs] = [clock.monotonicMs(), clock.wallMs()];
    await sleep(clock, BEAT_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    const stalledMs = clock.monotonicMs() - startMs - BEAT_MS;
    const wallMs = clock.wallMs() - startWallMs - BEAT_MS;
    if (stalledMs >= WORTH_LOGGING_MS) logger.warn('this process stood still', { stalledMs: Math.round(stalledMs) });
    else if (Math.abs(wallMs) >= WORTH_LOGGING_MS) logger.warn('the wall clock jumped', { byMs: Math.round(wallMs) });
  }
}
