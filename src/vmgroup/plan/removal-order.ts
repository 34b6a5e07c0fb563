import { slotKey } from '../../api/identity';
import type { RemovalOrder } from '../../api/policy';
import type { Observation, Replica } from '../model/observation';
import { isAvailable, mayBeReady } from '../model/readiness';
import { isRetired } from '../model/retirement';
import { isUpToDate } from '../model/up-to-date';
import { isDisturbed } from './serving';

/**
 * The order in which surplus replicas are removed: those that a person retires, those that we are already powering off or
 * destroying, those that are not ready for a fault that needs a person, powered off, not ready, not ready for minReadySeconds
 * yet, those that serve and have such a fault, outdated, and then as spec.scaleDown.order says; with failure domains those of the most crowded one before that (crowding.ts). A replica
 * on a disconnected host comes last.
 */
export function removalOrder(
  observed: Observation,
  ranks: ReadonlyMap<Replica, number> = removalRanks(observed),
): (a: Replica, b: Replica) => number {
  const tie = TIE_BREAK[observed.policy.removalOrder];
  return (a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0) || tie(a, b);
}

/** The lower, the earlier a replica is removed, before any tie-break. */
export function removalRanks(observed: Observation): ReadonlyMap<Replica, number> {
  return new Map(observed.replicas.map((replica) => [replica, rank(replica, observed)]));
}

function rank(replica: Replica, observed: Observation): number {
  if (replica.machine.connectionState !== 'connected') return 9;
  if (isRetired(replica, observed)) return -1;
  if (isDisturbed(replica, observed)) return 0;
  const needsPerson = observed.faults.get(slotKey(replica.slot))?.class === 'NeedsUser';
  if (needsPerson && !mayBeReady(replica, observed)) return 1;
  if (replica.machine.powerState !== 'poweredOn') return 2;
  if (!mayBeReady(replica, observed)) return 3;
  // Else a scale-down could leave only replicas that do not serve yet.
  if (!isAvailable(replica, observed)) return 4;
  // Such as a tag that vCenter does not have: it must not be taken before one that is off.
  if (needsPerson) return 5;
  return isUpToDate(replica, observed) ? 7 : 6;
}

const byOrdinal = (a: Replica, b: Replica): number => b.slot.ordinal - a.slot.ordinal;
/** If two machines have the same age, or vCenter does not report it, the higher ordinal counts as newer. */
const byAge = (a: Replica, b: Replica): number => createdMs(b) - createdMs(a) || byOrdinal(a, b);
const createdMs = ({ machine }: Replica): number => machine.details?.createdWallMs ?? 0;

const TIE_BREAK: Readonly<Record<RemovalOrder, (a: Replica, b: Replica) => number>> = {
  Newest: byAge,
  Oldest: (a, b) => byAge(b, a),
  HighestOrdinal: byOrdinal,
};
