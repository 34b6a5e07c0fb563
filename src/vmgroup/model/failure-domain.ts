/** What is known of the failure domains of a group: which it has, and which have no room. */
import { slotKey } from '../../api/identity';
import type { Observation, Replica } from './observation';
import type { DomainPlacement } from './placement';
import { wakeToken } from './wake-token';

/** Reason of the fault of a replica that waits for a failure domain. There is nothing to try again: the next plan tells. */
export const NO_FAILURE_DOMAIN = 'NoFailureDomain';

/** Whether no replica can be made in the domain, because its names are not found or not allowed. */
export function unusable({ resourcePool }: DomainPlacement): boolean {
  return resourcePool === undefined;
}

/** Whether the replica is in a domain that the group, or the VCenter, has no more. It is outdated then. */
export function isTakenOut({ failureDomain }: Replica, { placement }: Pick<Observation, 'placement'>): boolean {
  if (failureDomain === undefined || placement.domains === undefined) return false;
  return !namesOf(placement.domains).has(failureDomain);
}

const names = new WeakMap<readonly DomainPlacement[], ReadonlySet<string>>();

/** A plan asks for each replica, several times. */
function namesOf(domains: readonly DomainPlacement[]): ReadonlySet<string> {
  const known = names.get(domains);
  if (known !== undefined) return known;
  const made = new Set(domains.map(({ name }) => name));
  names.set(domains, made);
  return made;
}

/**
 * Monotonic time until which a domain counts as full; undefined if it does not. It does when a clone into it failed for want of
 * room, until one goes well; and without an end while a machine in it is not powered on for that reason: that one comes first.
 */
export function fullUntilMs(domain: string, observed: Observation): number | undefined {
  if (isMachineStuckIn(domain, observed)) return Number.POSITIVE_INFINITY;
  const refused = observed.fullDomains?.get(domain);
  return refused === undefined || refused.wakeToken !== wakeToken(observed.group)
    ? undefined
    : refused.retryAt.monotonicMs;
}

function isMachineStuckIn(domain: string, { replicas, faults }: Observation): boolean {
  if (faults.size === 0) return false;
  return replicas.some(
    ({ slot, failureDomain }) => failureDomain === domain && faults.get(slotKey(slot))?.class === 'Capacity',
  );
}
