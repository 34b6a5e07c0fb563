/** Replicas that another one is to take the place of. */
import { needsSuccessor } from '../model/machine-size';
import type { Observation, Replica } from '../model/observation';
import { isRetired } from '../model/retirement';
import { isUpToDate } from '../model/up-to-date';

/**
 * Whether a replica is of an older revision, in a failure domain that was taken out or, if resizePolicy is Replace, of another
 * size; or a person retires it.
 */
export function isOutdated(replica: Replica, observed: Observation): boolean {
  const { group, policy, resizing } = observed;
  if (!isUpToDate(replica, observed)) return true;
  return policy.resize === 'Replace' && resizing && needsSuccessor(replica.machine, group);
}

/** Whether an outdated replica is replaced without a person. OnDelete leaves it, unless a person asks for its successor. */
export function isReplaced(replica: Replica, observed: Observation): boolean {
  return isOutdated(replica, observed) && (observed.policy.update === 'RollingUpdate' || isRetired(replica, observed));
}
