import { type Clock, sleep } from '../../time/clock';
import type { Logger } from './logger';

const BEAT_MS = 1_000;
/** Short stalls are garbage collection or a busy node. */
const WORTH_SAYING_MS = 2_000;

/**
 * Says when this process stood still: stopped, starved of CPU, suspended with its machine, or blocked by a bug of ours.
 * That it does no harm is not decided here: whether it may act is asked at each change (R6). Without this line, a lease
 * lost for no visible reason would be a riddle. Ends when aborted; never rejects.
 */
export async function watchStalls(clock: Clock, logger: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [startMs, startWallMs] = [clock.monotonicMs(), clock.wallMs()];
    await sleep(clock, BEAT_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    const stalledMs = clock.monotonicMs() - startMs - BEAT_MS;
    const wallMs = clock.wallMs() - startWallMs - BEAT_MS;
    if (stalledMs >= WORTH_SAYING_MS) logger.warn('this process stood still', { stalledMs: Math.round(stalledMs) });
    else if (Math.abs(wallMs) >= WORTH_SAYING_MS) logger.warn('the wall clock jumped', { byMs: Math.round(wallMs) });
  }
}
