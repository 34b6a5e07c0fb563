/** What the ends of clones tell of the room in failure domains, and which replicas wait for one. */
import type { FailureVerdict, VsphereFailure } from '../../vsphere/port';
import type { Plan, VCenterAction } from '../model/action';
import { retryDelayMs } from '../model/backoff';
import { NO_FAILURE_DOMAIN } from '../model/failure-domain';
import { type Fault, nextFault } from '../model/fault';
import type { Observation } from '../model/observation';
import type { SlotHistory } from '../model/slot-history';
import { wakeToken } from '../model/wake-token';
import { ActError, verdictOnOwn } from './act-error';
import type { FaultContext } from './record-fault';

interface HistoryOf {
  readonly history: SlotHistory;
}

type Clone = Extract<VCenterAction, { readonly kind: 'Clone' }>;

/** A clone went well: there is room in its domain. */
export function recordRoom({ failureDomain }: Clone, { history }: HistoryOf): void {
  if (failureDomain !== undefined) history.fullDomains.delete(failureDomain);
}

/**
 * A clone failed. `sentAtMs`: when it was sent, in monotonic time. Returns what the fault of its slot says beside what any
 * fault says: nothing unless its domain had no room.
 */
export function recordNoRoom(
  { failureDomain }: Clone,
  { failure, verdict, sentAtMs }: { failure: VsphereFailure; verdict: FailureVerdict; sentAtMs: number },
  { group, memory, random, now }: FaultContext & { readonly memory: HistoryOf },
): Pick<Fault, 'failureDomain'> {
  if (failureDomain === undefined || verdict.apiClass !== 'Capacity') return {};
  const { fullDomains } = memory.history;
  const previous = fullDomains.get(failureDomain);
  // Clones of one wave fail together: they are one try.
  if (previous === undefined || sentAtMs > previous.failedAtMs) {
    const delayMs = (attempts: number) => retryDelayMs(verdict.backoff, attempts, random);
    const token = wakeToken(group);
    fullDomains.set(failureDomain, nextFault({ previous, failure, verdict, wakeToken: token, now, delayMs }));
  }
  return { failureDomain };
}

/** Gives each replica that waits for a failure domain a fault of class Capacity, unless it has one, and takes it off again. */
export function recordWaiting({ faults }: FaultContext['memory'], { group, now }: Observation, plan: Plan): void {
  const { why, untilMs } = plan.waiting ?? { why: NOBODY, untilMs: 0 };
  for (const [subject, { reason }] of faults)
    if (reason === NO_FAILURE_DOMAIN && !why.has(subject)) faults.delete(subject);
  for (const [subject, message] of why) {
    const before = faults.get(subject);
    if (before !== undefined && before.reason !== NO_FAILURE_DOMAIN) continue;
    const dueMs = before?.retryAt.monotonicMs ?? 0;
    if (before?.message === message && dueMs > now.monotonicMs && dueMs <= untilMs) continue;
    const failure = new ActError(NO_FAILURE_DOMAIN, message);
    const verdict = verdictOnOwn(NO_FAILURE_DOMAIN);
    const delayMs = () => untilMs - now.monotonicMs;
    faults.set(subject, nextFault({ previous: before, failure, verdict, wakeToken: wakeToken(group), now, delayMs }));
  }
}

const NOBODY: ReadonlyMap<string, string> = new Map();
