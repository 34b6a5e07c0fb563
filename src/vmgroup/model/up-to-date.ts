import { isCurrent } from '../../api/slot-revision';
import { isTakenOut } from './failure-domain';
import type { Observation, Replica } from './observation';
import { isRetired } from './retirement';

/** Whether a replica is what the spec asks for, but for its size: of its revision, in no domain that was taken out, not retired. */
export function isUpToDate(replica: Replica, observed: Pick<Observation, 'group' | 'placement'>): boolean {
  const { slot } = replica;
  return isCurrent(slot, observed.group.spec) && !isTakenOut(replica, observed) && !isRetired(replica, observed);
}
