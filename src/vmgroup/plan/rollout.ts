/**
 * Which replicas of a group stay, which go, and which are to be made. The arithmetic of a rolling update is that of a
 * Deployment: at most spec.replicas + maxSurge exist, at least spec.replicas - maxUnavailable serve.
 */
import { instanceUuid, revisionOf, type Slot, slotKey } from '../../api/identity';
import type { LeavingReason } from '../model/action';
import { hasSize } from '../model/machine-size';
import type { Observation, Replica } from '../model/observation';
import { removalOrder } from './removal-order';
import { needsRestart } from './resize';
import { isDisturbed, servesUndisturbed } from './serving';

export interface ReplicaChoice {
  readonly keep: readonly Replica[];
  readonly leaving: ReadonlyMap<Replica, LeavingReason>;
  /** Replicas that stay and may be switched off now to get their size. */
  readonly restart: ReadonlySet<Replica>;
  /** Slots without a machine that should have one, in ordinal order; those whose clone is under way are among them. */
  readonly missing: readonly Slot[];
}

export function chooseReplicas(observed: Observation): ReplicaChoice {
  const { policy, group } = observed;
  const desired = group.spec.replicas;
  const rolling = policy.update === 'RollingUpdate';
  const { holders, doubles } = holdersOfSlots(observed);
  const leaving = new Map<Replica, LeavingReason>(doubles.map((replica) => [replica, 'Surplus']));
  const pending = pendingSlots(observed);
  const outdated = (replica: Replica) => isOutdated(replica, observed);
  const stays = (replica: Replica) => !leaving.has(replica);

  // An ordinal is one replica's: a picture that was old as it came may have led to a second one, of another revision.
  for (const sharers of Map.groupBy(holders, ({ slot }) => slot.ordinal).values())
    take(sharers.length - 1, sharers, observed, leaving);
  const single = holders.filter(stays);
  // More than ever needed: beyond the surge while there is something to replace, and updated ones beyond their number.
  const surge = rolling && single.some(outdated) ? policy.maxSurge : 0;
  // A clone under way counts for neither: it would be the first to go, and goes when it is there.
  take(single.length - desired - surge, single, observed, leaving);
  const updated = holders.filter((replica) => !outdated(replica) && stays(replica));
  take(updated.length - desired, updated, observed, leaving);

  if (rolling && !group.spec.paused && canCreate(observed)) {
    const keep = holders.filter(stays);
    for (const replica of chooseOutdated(keep, pending, observed)) leaving.set(replica, 'Outdated');
  }
  const keep = holders.filter(stays);
  return {
    keep,
    leaving,
    restart: chooseRestarts(keep, observed),
    missing: missingSlots(observed, pending, holders, keep),
  };
}

/** Of an older revision, or where size is changed by replacing, of another size. */
export function isOutdated(replica: Replica, observed: Observation): boolean {
  const { group, policy, resizing } = observed;
  if (replica.slot.revision !== revisionOf(group.spec)) return true;
  return policy.resize === 'Replace' && resizing && !hasSize(replica.machine, group);
}

/** Slots whose clone is under way and not visible yet. */
export function pendingSlots(observed: Observation): readonly Slot[] {
  const clones = observed.inFlight.filter(({ operation }) => operation === 'Clone');
  if (clones.length === 0) return [];
  const seen = new Set(observed.replicas.map(({ slot }) => slotKey(slot)));
  return clones.flatMap(({ slot }) => (slot === undefined || seen.has(slotKey(slot)) ? [] : [slot]));
}

/** Whether a replica could be made now. */
export function canCreate(observed: Observation): boolean {
  return (
    observed.placement.problems.length === 0 &&
    observed.folder.kind === 'Found' &&
    observed.orphans.kind === 'None' &&
    !observed.unclaimedClones
  );
}

/** One machine holds each slot. A second one of the same slot is surplus, the one that our clone made is the true one. */
function holdersOfSlots(observed: Observation): { holders: readonly Replica[]; doubles: readonly Replica[] } {
  const holders: Replica[] = [];
  const doubles: Replica[] = [];
  for (const claimants of Map.groupBy(observed.replicas, ({ slot }) => slotKey(slot)).values()) {
    const expected = claimants.length > 1 ? claimants.find((replica) => isExpected(replica, observed)) : undefined;
    const holder = expected ?? claimants[0];
    for (const replica of claimants) (replica === holder ? holders : doubles).push(replica);
  }
  return { holders, doubles };
}

function isExpected(replica: Replica, observed: Observation): boolean {
  return replica.machine.instanceUuid === instanceUuid(observed.group.metadata.uid, replica.slot);
}

/** So many of them are surplus, the least useful first. */
function take(
  count: number,
  from: readonly Replica[],
  observed: Observation,
  leaving: Map<Replica, LeavingReason>,
): void {
  if (count <= 0) return;
  const candidates = from.filter((replica) => !leaving.has(replica)).sort(removalOrder(observed));
  for (const replica of candidates.slice(0, count)) leaving.set(replica, 'Surplus');
}

/**
 * The outdated replicas to replace now. Those that do not serve go first, for that takes nothing away; even so only as
 * far as new ones serve, so that a revision that never comes up stops the update.
 */
function chooseOutdated(keep: readonly Replica[], pending: readonly Slot[], observed: Observation): readonly Replica[] {
  const minimum = observed.group.spec.replicas - observed.policy.maxUnavailable;
  const serving = (replica: Replica) => servesUndisturbed(replica, observed);
  const outdated = keep.filter((replica) => isOutdated(replica, observed));
  const newComers = keep.length - outdated.length + pending.length;
  const newServing = keep.filter((replica) => !isOutdated(replica, observed) && serving(replica)).length;
  const room = keep.length + pending.length - minimum - (newComers - newServing);
  if (room <= 0) return [];
  const movable = outdated.filter(({ machine }) => machine.connectionState === 'connected');
  const idle = movable.filter((replica) => !serving(replica));
  const begun = new Set(idle.filter((replica) => isDisturbed(replica, observed)));
  const chosen = [...begun, ...idle.filter((replica) => !begun.has(replica))].slice(0, room);
  const spare = Math.min(room - chosen.length, keep.filter(serving).length - minimum);
  return [...chosen, ...movable.filter(serving).slice(0, Math.max(0, spare))];
}

/** Replicas that may be switched off for their size: those that don't serve anyway, and others within maxUnavailable. */
function chooseRestarts(keep: readonly Replica[], observed: Observation): ReadonlySet<Replica> {
  const { policy, group } = observed;
  const candidates = keep.filter(
    (replica) =>
      needsRestart(replica, observed) && !(policy.update === 'RollingUpdate' && isOutdated(replica, observed)),
  );
  const serving = (replica: Replica) => servesUndisturbed(replica, observed);
  const spare = keep.filter(serving).length - (group.spec.replicas - policy.maxUnavailable);
  const idle = candidates.filter((replica) => !serving(replica));
  return new Set([...idle, ...candidates.filter(serving).slice(0, Math.max(0, spare))]);
}

/** Slots to create: the lowest free ordinals, of the current revision. Includes those whose clone is under way. */
function missingSlots(
  observed: Observation,
  pending: readonly Slot[],
  holders: readonly Replica[],
  keep: readonly Replica[],
): readonly Slot[] {
  const { group, policy } = observed;
  const desired = group.spec.replicas;
  const revision = revisionOf(group.spec);
  const slots = [...pending];
  const taken = new Set([...observed.replicas.map(({ slot }) => slot), ...slots].map(({ ordinal }) => ordinal));
  const rolling = policy.update === 'RollingUpdate';
  const existing = holders.length + slots.length;
  const updated = keep.filter((replica) => !isOutdated(replica, observed)).length + slots.length;
  // What is leaving still takes its place among spec.replicas + maxSurge, unless it only fills the place of a new one.
  const wanted = rolling
    ? Math.min(desired - updated, desired + policy.maxSurge - existing)
    : desired - keep.length - slots.length;
  const pendingCount = slots.length;
  for (let ordinal = 0; slots.length - pendingCount < wanted; ordinal += 1) {
    if (!taken.has(ordinal)) slots.push({ ordinal, revision });
  }
  return slots.sort((a, b) => a.ordinal - b.ordinal);
}
