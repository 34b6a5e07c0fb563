/**
 * Which replicas of a group stay, which are removed, and which are created. A rolling update has the arithmetic of a
 * Deployment: at most spec.replicas + maxSurge replicas exist, at least spec.replicas - maxUnavailable serve.
 *
 * Example: replicas 3, maxSurge 1, maxUnavailable 0. So at most 4 exist and at least 3 serve. The old replicas have the
 * ordinals 0, 1, 2. A replica that is not powered on and ready yet, or that is being powered off, exists but does not
 * serve.
 *
 *   step                                        exist              serve      why nothing more happens
 *   the template changes                        old 0 1 2            3
 *   clone new 3                                 old 0 1 2, new 3     3        4 exist; new 3 does not serve
 *   new 3 is available: power off old 0         old 0 1 2, new 3     4 -> 3   only 3 serve
 *   destroy old 0                               old 1 2, new 3       3
 *   clone new 0, the lowest free ordinal        old 1 2, new 0 3     3        4 exist; new 0 does not serve
 *   new 0 is available: power off old 1         old 1 2, new 0 3     4 -> 3   only 3 serve
 *   destroy old 1                               old 2, new 0 3       3
 *   clone new 1                                 old 2, new 0 1 3     3        4 exist; new 1 does not serve
 *   new 1 is available: power off old 2         old 2, new 0 1 3     4 -> 3   only 3 serve
 *   destroy old 2                               new 0 1 3            3        3 updated ones exist: done
 *
 * rolling-update.test.ts runs this example.
 */
import { instanceUuid, isInstanceUuidOf, type Slot, slotKey } from '../../api/identity';
import { slotRevisionOf } from '../../api/slot-revision';
import type { LeavingReason } from '../model/action';
import { adoptionDecision } from '../model/adoption-decision';
import { unseenMachines } from '../model/known-objects';
import { amountOf, amountOfSize, NOTHING_USED } from '../model/limits';
import { hasSize, sizeOf } from '../model/machine-size';
import type { Observation, Replica } from '../model/observation';
import { mayBeReady, serves } from '../model/readiness';
import { policyWaitedFor } from '../model/storage-policy';
import { freeOrdinals, freeSuccessorsFirst } from './addresses';
import { Crowding } from './crowding';
import { gate } from './gates';
import { isOutdated, isReplaced } from './outdated';
import { removalOrder, removalRanks } from './removal-order';
import { needsRestart, refuseGrowth } from './resize';
import { RoomLeft } from './room-left';
import { isDisturbed, servesUndisturbed } from './serving';
import { type Assignment, DomainSpread, NO_DOMAINS } from './spread';

export interface Rollout {
  /** Replicas that stay. */
  readonly keep: readonly Replica[];
  /** Replicas that are removed now, and why. */
  readonly leaving: ReadonlyMap<Replica, LeavingReason>;
  /** Replicas that stay and may be powered off now to get their size. */
  readonly restart: ReadonlySet<Replica>;
  /** Slots that should have a machine and have none, in ordinal order. Includes slots whose clone is in flight. */
  readonly missing: readonly Slot[];
  /** Of the missing slots those that there is room for, by slotKey. */
  readonly granted: ReadonlySet<string>;
  /** Replicas that keep their size because there is no room to grow. */
  readonly keptSmall: ReadonlySet<Replica>;
  /** The failure domains of the missing slots. */
  readonly domains: Assignment;
}

/** Limits are kept step by step: first what is missing gets room, then successors, then what grows (R15). */
export function planRollout(observed: Observation, left = new RoomLeft(observed)): Rollout {
  const { policy, group } = observed;
  const desired = group.spec.replicas;
  const { holders, doubles } = holdersOfSlots(observed);
  const leaving = new Map<Replica, LeavingReason>(doubles.map((replica) => [replica, 'Surplus']));
  const pending = pendingSlots(observed);
  const outdated = (replica: Replica) => isOutdated(replica, observed);
  const replaced = (replica: Replica) => isReplaced(replica, observed);
  const stays = (replica: Replica) => !leaving.has(replica);
  const { domains } = observed.placement;

  // One replica per ordinal. An inventory that was out of date may have led to a second one, of another revision.
  for (const sharers of Map.groupBy(holders, ({ slot }) => slot.ordinal).values())
    take(sharers.length - 1, sharers, pending, observed, leaving);
  const single = holders.filter(stays);
  // Surplus: all beyond replicas, or beyond replicas + maxSurge while old ones are replaced; then updated ones beyond
  // replicas.
  const surge = single.some(replaced) ? policy.maxSurge : 0;
  // A clone in flight does not count. If it is surplus, it is removed first, once it exists.
  take(single.length - desired - surge, single, pending, observed, leaving);
  const updated = holders.filter((replica) => !outdated(replica) && stays(replica));
  take(updated.length - desired, updated, pending, observed, leaving);

  // An outdated replica that leaves exists until it is gone, so what is missing now does not depend on the choice below.
  const missing = missingSlots(observed, pending, holders, holders.filter(stays));
  const counted = {
    staying: holders.filter(stays),
    isUpdated: (replica: Replica) => !outdated(replica),
    missing,
    pending,
  };
  const spread = domains && new DomainSpread(observed, domains, counted);
  const assignment = spread?.assignment ?? NO_DOMAINS;
  const placed = domains === undefined ? missing : missing.filter((slot) => assignment.chosen.has(slotKey(slot)));
  const granted = group.spec.paused ? new Set<string>() : grantSlots(placed, pending, observed, left);
  if (!group.spec.paused && canCreate(observed)) {
    const keep = holders.filter(stays);
    let spare = keep.length + pending.length - desired;
    // Nothing is removed that could not be made again.
    for (const replica of chooseOutdated(keep, pending, observed)) {
      spare -= 1;
      if (spare < 0 && spread?.mayBeReplaced(replica) === false) continue;
      if (left.take('Replace', amountOfSize(sizeOf(group)), amountOf(replica.machine)))
        leaving.set(replica, 'Outdated');
    }
  }
  const keep = holders.filter(stays);
  const restart = chooseRestarts(keep, observed);
  const keptSmall = group.spec.paused ? new Set<Replica>() : refuseGrowth(keep, restart, observed, left);
  return {
    ...{ keep, leaving, missing, granted, keptSmall },
    domains: assignment,
    restart: new Set([...restart].filter((replica) => !keptSmall.has(replica))),
  };
}

/**
 * Also while something else is in the way: the status and `vm-operator plan` tell both. One that waits for its retry takes no
 * room from the others.
 */
function grantSlots(
  missing: readonly Slot[],
  pending: readonly Slot[],
  observed: Observation,
  left: RoomLeft,
): ReadonlySet<string> {
  const underWay = new Set(pending.map(slotKey));
  const due = missing.filter((slot) => !underWay.has(slotKey(slot)) && gate(slot, observed, 'Clone').open);
  const size = amountOfSize(sizeOf(observed.group));
  // A machine that is out of sight holds its place. The clone for its slot is only sent once it is gone.
  const unseen = new Set(unseenMachines(observed).map(({ slot }) => slotKey(slot)));
  const freedBy = (slot: Slot) => (unseen.has(slotKey(slot)) ? size : NOTHING_USED);
  return new Set(due.filter((slot) => left.take('Create', size, freedBy(slot))).map(slotKey));
}

/** Slots whose clone is in flight and not visible yet. */
export function pendingSlots(observed: Observation): readonly Slot[] {
  const clones = observed.inFlight.filter(({ operation }) => operation === 'Clone');
  if (clones.length === 0) return [];
  const seen = new Set(observed.replicas.map(({ slot }) => slotKey(slot)));
  return clones.flatMap(({ slot }) => (slot === undefined || seen.has(slotKey(slot)) ? [] : [slot]));
}

/** Whether a replica could be created now. */
export function canCreate(observed: Observation): boolean {
  return (
    observed.placement.problems.length === 0 &&
    policyWaitedFor(observed.placement) === undefined &&
    observed.folder.kind === 'Found' &&
    observed.orphans.kind === 'None' &&
    observed.unreadable.length === 0 &&
    !observed.unclaimedClones
  );
}

/**
 * One machine per slot. If several claim one slot, one that was adopted holds it, which may have a history; else the one that
 * our clone made. The others are surplus.
 */
function holdersOfSlots(observed: Observation): { holders: readonly Replica[]; doubles: readonly Replica[] } {
  const holders: Replica[] = [];
  const doubles: Replica[] = [];
  for (const claimants of Map.groupBy(observed.replicas, ({ slot }) => slotKey(slot)).values()) {
    const holder = claimants.length > 1 ? holderAmong(claimants, observed) : claimants[0];
    for (const replica of claimants) (replica === holder ? holders : doubles).push(replica);
  }
  return { holders, doubles };
}

function holderAmong(claimants: readonly Replica[], { group }: Observation): Replica | undefined {
  const { uid } = group.metadata;
  const adopted = claimants.find(({ machine, slot }) => {
    return machine.instanceUuid !== undefined && !isInstanceUuidOf(uid, slot, machine.instanceUuid);
  });
  return (
    adopted ?? claimants.find(({ machine, slot }) => machine.instanceUuid === instanceUuid(uid, slot)) ?? claimants[0]
  );
}

/** Marks `count` of these replicas as surplus, in removal order. */
function take(
  count: number,
  from: readonly Replica[],
  pending: readonly Slot[],
  observed: Observation,
  leaving: Map<Replica, LeavingReason>,
): void {
  if (count <= 0) return;
  const stays = (replica: Replica) => !leaving.has(replica);
  const ranks = removalRanks(observed);
  const candidates = from.filter(stays).sort(removalOrder(observed, ranks));
  const crowding = new Crowding(observed, observed.replicas.filter(stays), pending);
  for (const replica of crowding.first(candidates, count, (candidate) => ranks.get(candidate) ?? 0))
    leaving.set(replica, 'Surplus');
}

/**
 * The outdated replicas to replace now. Those that are not ready go first: removing them costs nothing. But each new
 * replica that does not serve holds one of them back, so a revision that never becomes ready stops the update. One that is
 * ready, but not yet for minReadySeconds, has to serve first: a process that has just taken over may know of less time than
 * it was ready for.
 */
function chooseOutdated(keep: readonly Replica[], pending: readonly Slot[], observed: Observation): readonly Replica[] {
  const minimum = observed.group.spec.replicas - observed.policy.maxUnavailable;
  const serving = (replica: Replica) => servesUndisturbed(replica, observed);
  const outdated = keep.filter((replica) => isReplaced(replica, observed));
  if (outdated.length === 0) return [];
  const newOnes = keep.length - outdated.length + pending.length;
  const newServing = keep.filter((replica) => !isReplaced(replica, observed) && serving(replica)).length;
  const room = keep.length + pending.length - minimum - (newOnes - newServing);
  if (room <= 0) return [];
  const connected = outdated.filter(({ machine }) => machine.connectionState === 'connected');
  const movable = freeSuccessorsFirst(connected, observed);
  const spareServing = keep.filter(serving).length - minimum;
  const waiting = stillServing(movable, spareServing, observed);
  const isAway = (replica: Replica) => isDisturbed(replica, observed) || !mayBeReady(replica, observed);
  const idle = movable.filter((replica) => isAway(replica) && !waiting.has(replica));
  const begun = new Set(idle.filter((replica) => isDisturbed(replica, observed)));
  const crowding = new Crowding(observed, keep, pending);
  const begunFirst = [...begun, ...idle.filter((replica) => !begun.has(replica))];
  const chosen = crowding.first(begunFirst, room, (replica) => (begun.has(replica) ? 0 : 1));
  const spare = Math.min(room - chosen.length, spareServing);
  return [...chosen, ...crowding.first(movable.filter(serving), Math.max(0, spare), () => 0)];
}

/**
 * Those of which the guest was asked to shut down, maybe for another reason, but that still serve while too few others do:
 * they are not powered off. `spare` is how many more than needed serve besides them.
 */
function stillServing(replicas: readonly Replica[], spare: number, observed: Observation): ReadonlySet<Replica> {
  const asked = replicas.filter((replica) => serves(replica, observed) && isDisturbed(replica, observed));
  return new Set(asked.slice(Math.max(0, asked.length + spare)));
}

/**
 * Replicas that may be powered off for their size. One that serves is powered off only within maxUnavailable. One that is
 * ready, but not yet for minReadySeconds, has to serve first: else a whole group would be restarted at once while it
 * becomes available. One that is not ready is restarted beside others, but at most max(1, maxUnavailable) are away for
 * their size at a time.
 */
function chooseRestarts(keep: readonly Replica[], observed: Observation): ReadonlySet<Replica> {
  const { policy, group } = observed;
  const candidates = keep.filter((replica) => needsRestart(replica, observed) && !isReplaced(replica, observed));
  const serving = (replica: Replica) => servesUndisturbed(replica, observed);
  const begun = candidates.filter((replica) => isDisturbed(replica, observed));
  const away = keep.filter(({ machine }) => machine.powerState === 'poweredOff' && !hasSize(machine, group)).length;
  const notReady = candidates.filter((replica) => !mayBeReady(replica, observed) && !isDisturbed(replica, observed));
  const room = Math.max(0, Math.max(1, policy.maxUnavailable) - begun.length - away);
  const idle = notReady.slice(0, room);
  const spare = keep.filter(serving).length - (group.spec.replicas - policy.maxUnavailable);
  const waiting = stillServing(begun, spare, observed);
  return new Set([
    ...begun.filter((replica) => !waiting.has(replica)),
    ...idle,
    ...candidates.filter(serving).slice(0, Math.max(0, spare)),
  ]);
}

/**
 * Slots to create: free ordinals, mostly the lowest, of the current revision. Includes slots whose clone is in flight. Before
 * others come those whose machine is out of sight: it counts as existing, so that there are not too many once it shows again.
 */
function missingSlots(
  observed: Observation,
  pending: readonly Slot[],
  holders: readonly Replica[],
  keep: readonly Replica[],
): readonly Slot[] {
  const { group, policy } = observed;
  const desired = group.spec.replicas;
  const slots = [...pending];
  const { held } = adoptionDecision(observed);
  const taken = new Set([...observed.replicas.map(({ slot }) => slot), ...slots].map(({ ordinal }) => ordinal));
  for (const ordinal of held) taken.add(ordinal);
  const rolling = policy.update === 'RollingUpdate' || keep.some((replica) => isReplaced(replica, observed));
  const existing = holders.length + slots.length;
  const updated = keep.filter((replica) => !isReplaced(replica, observed)).length + slots.length;
  // Rolling: a replica that is being removed counts towards replicas + maxSurge until it is gone. Only a second machine
  // of one slot does not count.
  const wanted = rolling
    ? Math.min(desired - updated, desired + policy.maxSurge - existing)
    : desired - keep.length - slots.length;
  const count = Math.max(0, wanted - held.size);
  const unseen = [...new Set(ordinalsOutOfSight(observed))].filter((ordinal) => !taken.has(ordinal));
  const first = unseen.sort((a, b) => a - b).slice(0, count);
  const others = freeOrdinals(count - first.length, new Set([...taken, ...first]), observed);
  for (const ordinal of [...first, ...others]) slots.push({ ordinal, revision: slotRevisionOf(group.spec, ordinal) });
  return slots.sort((a, b) => a.ordinal - b.ordinal);
}

/** Of machines that are out of sight, and that this process does not remove. */
function ordinalsOutOfSight(observed: Observation): readonly number[] {
  return unseenMachines(observed).flatMap(({ slot, destroy }) => (destroy === undefined ? [slot.ordinal] : []));
}
