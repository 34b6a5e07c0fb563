import type { Clock } from '../../time/clock';
import type { Answer, Routes } from './http-endpoint';

/** A page is shown again for so many times as long as it took to write it. */
const PAUSE_FACTOR = 9;

/**
 * /metrics. To write the page costs milliseconds of the thread that reconciles, and without --metrics-secure anybody may
 * ask for it. So all who ask at once get one page, and at most a tenth of the time goes into writing it: a page of 5 ms is
 * up to 45 ms old.
 */
export function metricsRoutes(
  write: () => Promise<{ readonly contentType: string; readonly body: string }>,
  clock: Clock,
): Routes {
  let page: Promise<Answer> | undefined;
  let untilMs = 0;
  const written = async (): Promise<Answer> => {
    const startMs = clock.monotonicMs();
    untilMs = Number.POSITIVE_INFINITY;
    try {
      const answer = { status: 200, ...(await write()) };
      const nowMs = clock.monotonicMs();
      untilMs = nowMs + PAUSE_FACTOR * (nowMs - startMs);
      return answer;
    } catch (error) {
      page = undefined;
      throw error;
    }
  };
  return {
    '/metrics': () => {
      if (page === undefined || clock.monotonicMs() >= untilMs) page = written();
      return page;
    },
  };
}
