import { groupFolderName, instanceUuid, revisionOf, type Slot, slotKey } from '../api/identity';
import { refKey } from '../vsphere/port';
import type { Action, Plan } from './action';
import { concerns, earliest, gate, isSettling, settleActions } from './gates';
import type { Observation, Replica } from './observation';
import { hasSize } from './observe';
import { isReady } from './readiness';
import { repairDelayMs } from './retry-delay';

/** Replicas that may be away at once while outdated ones are replaced. */
const MAX_UNAVAILABLE = 1;

/** Brings a living group closer to its spec. */
export function planReplicas(observed: Observation): Plan {
  const { spec, metadata } = observed.group;
  const { keep, surplus } = chooseReplicas(observed);
  const outdated = spec.paused ? undefined : chooseOutdated(observed, keep, surplus);
  const leaving = [...surplus, ...(outdated ? [outdated] : [])];
  const missing = missingSlots(observed, keep, surplus);
  const plan: Plan = {
    actions: [],
    keep: [...keep.map(({ slot }) => slot), ...missing].sort((a, b) => a.ordinal - b.ordinal),
    leaving: new Set(leaving.map(({ machine }) => refKey(machine.ref))),
  };
  if (spec.paused) return plan;

  const { actions: settling, recheckAtMs: settleAtMs } = settleActions(observed);
  const actions: Action[] = [...settling];
  let recheckAtMs = settleAtMs;
  const attempt = (slot: Slot | undefined, action: Action): void => {
    const { open, recheckAtMs: retryAtMs } = gate(slot, observed);
    if (open) actions.push(action);
    else recheckAtMs = earliest(recheckAtMs, retryAtMs);
  };

  const folderStep = stepForFolder(observed, groupFolderName(metadata.namespace, metadata.name));
  if (folderStep !== undefined) attempt(undefined, folderStep);
  for (const slot of missing) {
    const step = stepForMissing(slot, observed);
    if (step !== undefined) attempt(slot, step);
  }
  for (const replica of [...keep, ...surplus]) {
    if (isSettling(replica, observed) || replica.machine.connectionState !== 'connected') continue;
    if (leaving.includes(replica)) {
      const off = replica.machine.powerState === 'poweredOff';
      attempt(replica.slot, { kind: off ? 'Destroy' : 'PowerOff', replica });
      continue;
    }
    const { step, recheckAtMs: repairAtMs } = stepForKept(replica, observed);
    if (step !== undefined) attempt(replica.slot, step);
    recheckAtMs = earliest(recheckAtMs, repairAtMs);
  }
  return { ...plan, actions, ...(recheckAtMs !== undefined && { recheckAtMs }) };
}

/**
 * Which machines stay and which are surplus. A second machine of one slot is always surplus. Scale-down takes, in this
 * order: leaving ones, those with a fault that needs a person, powered off, not ready, outdated, the newest (the highest
 * ordinal). A machine whose host is down goes last.
 */
function chooseReplicas(observed: Observation): { keep: readonly Replica[]; surplus: readonly Replica[] } {
  const wanted = observed.group.spec.replicas;
  const bySlot = Map.groupBy(observed.replicas, ({ slot }) => slotKey(slot));
  const living: Replica[] = [];
  const surplus: Replica[] = [];
  for (const claimants of bySlot.values()) {
    const holder = claimants.find((replica) => isExpected(replica, observed)) ?? claimants[0];
    for (const replica of claimants) (replica === holder ? living : surplus).push(replica);
  }
  const clones = pendingSlots(observed).length;
  const excess = Math.max(0, living.length + clones - wanted);
  if (excess === 0) return { keep: living, surplus };
  const rank = removalRank(observed);
  const ordered = [...living].sort((a, b) => rank(a) - rank(b) || b.slot.ordinal - a.slot.ordinal);
  const going = new Set(ordered.slice(0, excess));
  return {
    keep: living.filter((replica) => !going.has(replica)),
    surplus: [...surplus, ...living.filter((replica) => going.has(replica))],
  };
}

/** Of two machines that claim one slot, the one with the instanceUuid that the slot's clone was given is the true one. */
function isExpected(replica: Replica, observed: Observation): boolean {
  return replica.machine.instanceUuid === instanceUuid(observed.group.metadata.uid, replica.slot);
}

function removalRank(observed: Observation): (replica: Replica) => number {
  const updateRevision = revisionOf(observed.group.spec);
  return (replica) => {
    if (replica.machine.connectionState !== 'connected') return 9;
    if (observed.entries.some((entry) => entry.operation === 'Destroy' && concerns(entry, replica))) return 0;
    if (observed.faults.get(slotKey(replica.slot))?.class === 'NeedsUser') return 1;
    if (replica.machine.powerState !== 'poweredOn') return 2;
    if (!isReady(replica)) return 3;
    return replica.slot.revision === updateRevision ? 5 : 4;
  };
}

/** Slots whose clone is under way and not visible yet. */
export function pendingSlots(observed: Observation): readonly Slot[] {
  return observed.entries.flatMap((entry) =>
    entry.operation === 'Clone' &&
    entry.slot !== undefined &&
    !observed.replicas.some((replica) => concerns(entry, replica))
      ? [entry.slot]
      : [],
  );
}

/** Slots to create: the lowest free ordinals, of the current revision. Includes those whose clone is under way. */
function missingSlots(observed: Observation, keep: readonly Replica[], surplus: readonly Replica[]): readonly Slot[] {
  const pending = pendingSlots(observed);
  const taken = new Set([...keep, ...surplus].map(({ slot }) => slot.ordinal));
  for (const slot of pending) taken.add(slot.ordinal);
  const slots = [...pending];
  const revision = revisionOf(observed.group.spec);
  for (let ordinal = 0; keep.length + slots.length < observed.group.spec.replicas; ordinal += 1) {
    if (!taken.has(ordinal)) slots.push({ ordinal, revision });
  }
  return slots;
}

/**
 * The outdated replica to replace next, if any: only while its successor can be created, and while no other replica is
 * away. One that is not ready anyway goes first.
 */
function chooseOutdated(
  observed: Observation,
  keep: readonly Replica[],
  surplus: readonly Replica[],
): Replica | undefined {
  const { spec } = observed.group;
  const revision = revisionOf(spec);
  const outdated = keep.filter(
    (replica) => replica.slot.revision !== revision && replica.machine.connectionState === 'connected',
  );
  if (outdated.length === 0 || !canCreate(observed) || surplus.length > 0) return undefined;
  const away = spec.replicas - keep.filter((replica) => isReady(replica)).length;
  // Replacing what does not serve anyway takes nothing away, however many are away; else a bad revision would be stuck.
  const broken = outdated.find((replica) => !isReady(replica));
  if (broken !== undefined) return broken;
  return away < MAX_UNAVAILABLE ? outdated[0] : undefined;
}

function canCreate(observed: Observation): boolean {
  return (
    observed.placement.problems.length === 0 &&
    observed.folder.kind === 'Found' &&
    observed.otherOwners.length === 0 &&
    !observed.unclaimedClones
  );
}

/** The default folder first if it is missing, then the group's own inside it. */
function stepForFolder(observed: Observation, name: string): Action | undefined {
  const parent = observed.placement.parentFolder;
  if (observed.folder.kind === 'Found' || parent === undefined) return undefined;
  if (observed.entries.some((entry) => entry.operation === 'CreateFolder')) return undefined;
  if (parent.kind === 'Missing') return { kind: 'CreateFolder', parent: parent.within, name: parent.name };
  return { kind: 'CreateFolder', parent: parent.ref, name };
}

function stepForMissing(slot: Slot, observed: Observation): Action | undefined {
  const { template, resourcePool, datastore } = observed.placement;
  if (!canCreate(observed) || observed.folder.kind !== 'Found') return undefined;
  if (template === undefined || resourcePool === undefined) return undefined;
  if (observed.entries.some((entry) => entry.slot !== undefined && slotKey(entry.slot) === slotKey(slot))) {
    return undefined;
  }
  return {
    kind: 'Clone',
    slot,
    template: template.ref,
    folder: observed.folder.ref,
    resourcePool,
    ...(datastore !== undefined && { datastore }),
  };
}

function stepForKept(
  replica: Replica,
  observed: Observation,
): { readonly step?: Action; readonly recheckAtMs?: number } {
  const { group, now } = observed;
  const { powerState } = replica.machine;
  if (group.spec.powerState === 'PoweredOff') {
    return powerState === 'poweredOff' ? stepForSize(replica, observed) : { step: { kind: 'PowerOff', replica } };
  }
  if (powerState === 'poweredOn') return {};
  if (powerState === 'poweredOff' && !hasSize(replica.machine, group)) return stepForSize(replica, observed);
  // A machine that keeps going off backs off like a failure instead of being switched on in a loop (R8).
  const repair = observed.repairs.get(slotKey(replica.slot));
  const dueMs = repair === undefined ? 0 : repair.lastMs + repairDelayMs(repair.count);
  return now.monotonicMs >= dueMs ? { step: { kind: 'PowerOn', replica } } : { recheckAtMs: dueMs };
}

/** A machine that is off takes its size before it is switched on. */
function stepForSize(replica: Replica, observed: Observation): { readonly step?: Action } {
  return hasSize(replica.machine, observed.group) ? {} : { step: { kind: 'Reconfigure', replica } };
}
