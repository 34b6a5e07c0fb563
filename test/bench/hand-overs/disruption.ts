/** What happens to the process that leads. */
import { sleep, systemClock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import type { Rival } from './rival';

/**
 * - Kill: SIGKILL
 * - LongStop: SIGSTOP, and SIGCONT when others change the vCenters that it led
 * - BriefStop: SIGCONT comes at some moment around the end of its Leases. It may go on leading
 * - Hang: its API server is silent
 * - Refuse: its API server refuses connections
 */
export const DISRUPTIONS = ['Kill', 'LongStop', 'BriefStop', 'Hang', 'Refuse'] as const;
export type Disruption = (typeof DISRUPTIONS)[number];

const ENDS_WITHIN_MS = 60_000;
const forever = new AbortController().signal;

/** Resolves when the process has ended, or goes on. `succeeded` resolves when others change what it led. */
export async function disrupt(
  disruption: Disruption,
  { operator, apiServer }: Rival,
  succeeded: () => Promise<void>,
  leaseDurationMs: number,
  random: Random,
): Promise<void> {
  switch (disruption) {
    case 'Kill':
      await operator.kill();
      return;
    case 'LongStop':
      process.kill(operator.processId, 'SIGSTOP');
      await succeeded();
      process.kill(operator.processId, 'SIGCONT');
      await within(operator.ended);
      return;
    case 'BriefStop':
      process.kill(operator.processId, 'SIGSTOP');
      await sleep(systemClock, leaseDurationMs * (0.5 + random()), forever);
      process.kill(operator.processId, 'SIGCONT');
      // If it may not go on it ends soon.
      await Promise.race([operator.ended, sleep(systemClock, leaseDurationMs, forever)]);
      return;
    case 'Hang':
    case 'Refuse':
      apiServer.set(disruption);
      await within(operator.ended);
  }
}

async function within(ended: Promise<unknown>): Promise<void> {
  const limit = sleep(systemClock, ENDS_WITHIN_MS, forever).then(() => {
    throw new Error('a process that has lost its Leases did not end');
  });
  await Promise.race([ended, limit]);
}
