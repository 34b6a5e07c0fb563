import { groupFolderName, type Slot, slotKey } from '../../api/identity';
import { refKey } from '../../vsphere/port';
import { type Action, faultAboutOf, type Plan } from '../model/action';
import { repairDelayMs } from '../model/backoff';
import { diskSizesOf, hasDisks } from '../model/disk-sizes';
import { isHardwareKnown } from '../model/hardware';
import { canResizeHot } from '../model/hot-add';
import { operationsOfSlot } from '../model/in-flight-index';
import { doubtfulFolder, unseenFolder } from '../model/known-objects';
import { amountOf } from '../model/limits';
import { hasSize, isOfSize, sizeOf } from '../model/machine-size';
import { earliest } from '../model/moment';
import type { Observation, Replica } from '../model/observation';
import { availableFromMs } from '../model/readiness';
import { settingsDue, settingsDueWhileOff } from '../model/settings';
import { shutdownOf, shutdownOverAtMs } from '../model/shutdown';
import { isUncustomized } from '../model/uncustomized';
import { addressHolders, hasFormerCloneInFlight } from './addresses';
import { adoptionWaitsUntilMs, planAdoption } from './adoption';
import { Attempts } from './attempts';
import { stepForAttributes } from './attributes';
import { gate, isBusy, predecessorQuietAtMs } from './gates';
import { addHostRules, waitingForHostRules } from './host-rules';
import { stepToPowerOff } from './power-off';
import { heldOrdinals, planProofs } from './proofs';
import { planRequestedAdoption } from './requested-adoption';
import { canCreate, pendingSlots, planRollout } from './rollout';
import { RoomLeft } from './room-left';
import type { Assignment } from './spread';
import type { Step } from './step';
import { stepForPolicy } from './storage-policy';

type Adoption = Extract<Action, { readonly kind: 'Adopt' }>;

/** Plans the next steps of a group that is not being deleted. */
export function planReplicas(observed: Observation): Plan {
  const { spec, metadata } = observed.group;
  const left = new RoomLeft(observed);
  const requested = planRequestedAdoption(observed);
  const adoptions = [...planAdoption(observed), ...requested.steps].filter(
    (step) => step.kind !== 'Adopt' || hasRoom(step, observed, left),
  );
  const { keep, leaving, restart, missing, granted, keptSmall, domains } = planRollout(observed, left);
  const waiting = canCreate(observed) && !spec.paused ? domains.waiting : undefined;
  const shortage = left.shortage(leaving.size > 0 ? [] : keep);
  const plan: Plan = {
    actions: [],
    keep: [...keep.map(({ slot }) => slot), ...missing].sort((a, b) => a.ordinal - b.ordinal),
    leaving: new Map([...leaving].map(([{ machine }, reason]) => [refKey(machine.ref), reason])),
    restarting: refKeys(restart),
    keptSmall: observed.room?.isUncertain ? NO_MACHINES : refKeys(keptSmall),
    ...(shortage !== undefined && { shortage }),
    ...(waiting !== undefined && { waiting }),
  };
  const availableAtMs = nextAvailableAtMs(keep, observed);
  if (spec.paused) return { ...plan, ...(availableAtMs !== undefined && { requeueAtMs: availableAtMs }) };

  const attempts = new Attempts(observed);
  attempts.again(availableAtMs);
  attempts.again(adoptionWaitsUntilMs(observed));
  attempts.again(requested.requeueAtMs);
  for (const step of adoptions) attempts.add(faultAboutOf(step), { step });
  attempts.add(undefined, stepForFolder(observed, groupFolderName(metadata.namespace, metadata.name)));
  const look = stepForPolicy(observed, missing.length > 0, keep);
  if (look.step !== undefined) attempts.add(faultAboutOf(look.step), look);
  const held = heldOrdinals(observed);
  const cloned = new Set<string>();
  // R2: a clone of an earlier process may still arrive, and in a folder that has another name by now.
  const quietAtMs = predecessorQuietAtMs(observed);
  if (missing.length > 0) attempts.again(quietAtMs);
  attempts.again(waiting?.untilMs);
  for (const slot of quietAtMs === undefined ? missing : []) {
    const holder = held.get(slot.ordinal);
    // A replica that is out of sight may still run. Its number is free once vCenter has said that it is gone.
    if (holder !== undefined && slotKey(holder.slot) !== slotKey(slot)) continue;
    if (waiting?.why.has(slotKey(slot)) || domains.delayed.has(slotKey(slot))) continue;
    // Without room it waits; but one that waits for its retry has to say when that is due.
    if (!granted.has(slotKey(slot)) && gate(slot, observed, 'Clone').open) continue;
    const clone = stepForMissing(slot, observed, domains, missing.length >= MANY_CLONES);
    if (clone.step !== undefined) cloned.add(slotKey(slot));
    attempts.add(slot, clone);
  }
  for (const step of planProofs(observed, cloned)) attempts.add(faultAboutOf(step), { step });
  const ruleless = waitingForHostRules(observed);
  const bounds = (replica: Replica) => ({
    restart: restart.has(replica),
    isKeptSmall: keptSmall.has(replica),
    isRuleless: ruleless.has(refKey(replica.machine.ref)),
  });
  for (const replica of [...keep, ...leaving.keys()]) {
    if (isBusy(replica, observed) || replica.machine.connectionState !== 'connected') continue;
    if (leaving.has(replica)) attempts.add(replica.slot, stepToRemove(replica, observed));
    else attempts.add(replica.slot, stepForKept(replica, observed, bounds(replica)));
  }
  addHostRules(attempts, observed);
  return { ...plan, ...attempts.gathered };
}

/** So many clones of a group look first whether their datastore has room: one read for all, instead of a failure each. */
const MANY_CLONES = 5;

const NO_MACHINES: ReadonlySet<string> = new Set();

function refKeys(replicas: ReadonlySet<Replica>): ReadonlySet<string> {
  return new Set([...replicas].map(({ machine }) => refKey(machine.ref)));
}

/** A machine with marks of this cluster counts already. */
function hasRoom({ machine, owner }: Adoption, { clusterId }: Observation, left: RoomLeft): boolean {
  return owner?.cluster === clusterId || left.take('Adopt', amountOf(machine));
}

/** When the next ready replica becomes available: a rolling update may go on then. */
function nextAvailableAtMs(keep: readonly Replica[], observed: Observation): number | undefined {
  return keep
    .map((replica) => availableFromMs(replica, observed))
    .filter((atMs) => atMs !== undefined && atMs > observed.now.monotonicMs)
    .reduce(earliest, undefined);
}

/** A machine is powered off first, then destroyed. */
export function stepToRemove(replica: Replica, observed: Observation): Step {
  if (replica.machine.powerState === 'poweredOff') return { step: { kind: 'Destroy', replica } };
  return stepToPowerOff(replica, observed);
}

/** The default folder first if it is missing, then the group's own folder in it. */
function stepForFolder(observed: Observation, name: string): Step {
  const unseen = unseenFolder(observed);
  if (observed.folder.kind === 'Missing' && unseen !== undefined)
    return { step: { kind: 'ProveFolderGone', folder: unseen } };
  // The recorded folder of another name may be about to show a machine of ours: then it is the group's (R2).
  if (doubtfulFolder(observed) !== undefined) {
    if (observed.unclaimedClones) return {};
    const quietAtMs = predecessorQuietAtMs(observed);
    if (quietAtMs !== undefined) return { requeueAtMs: quietAtMs };
  }
  const { parentFolder: parent, isFolderRefused } = observed.placement;
  if (isFolderRefused) return {};
  if (observed.folder.kind === 'Found' || observed.orphans.kind !== 'None' || parent === undefined) return {};
  if (observed.inFlight.some(({ operation }) => operation === 'CreateFolder')) return {};
  if (parent.kind === 'Missing') return { step: { kind: 'CreateFolder', parent: parent.within, name: parent.name } };
  return { step: { kind: 'CreateFolder', parent: parent.ref, name } };
}

/** This process saw or made a machine of the slot, or an earlier process may have. */
function mayHaveHadMachine(slot: Slot, { hadMachine, predecessorQuietAtMs }: Observation): boolean {
  return hadMachine.has(slotKey(slot)) || predecessorQuietAtMs !== undefined;
}

function stepForMissing(slot: Slot, observed: Observation, { chosen }: Assignment, oneOfMany: boolean): Step {
  const { template, networks, storagePolicy } = observed.placement;
  const domain = chosen.get(slotKey(slot));
  const { resourcePool, datastore } = domain ?? observed.placement;
  const disks = diskSizesOf(observed.group);
  if (!canCreate(observed) || observed.folder.kind !== 'Found') return {};
  if (template === undefined || resourcePool === undefined) return {};
  if (operationsOfSlot(slot, observed).length > 0) return {};
  if (hasFormerCloneInFlight(pendingSlots(observed), observed)) return {};
  const holders = addressHolders(observed);
  return {
    step: {
      kind: 'Clone',
      slot,
      template: template.ref,
      folder: observed.folder.ref,
      resourcePool,
      ...(datastore !== undefined && { datastore }),
      ...(storagePolicy !== undefined && { storagePolicy }),
      ...(domain !== undefined && { failureDomain: domain.name }),
      ...(domain?.hostGroup !== undefined && { hostGroup: domain.hostGroup }),
      ...(networks !== undefined && { networks }),
      ...(holders !== undefined && { addressHolders: holders }),
      ...(disks !== undefined && { disks }),
      again: mayHaveHadMachine(slot, observed),
      ...(oneOfMany && { oneOfMany }),
    },
  };
}

interface Bounds {
  /** It may be powered off for its size. */
  readonly restart: boolean;
  /** It keeps its size for a limit. */
  readonly isKeptSmall: boolean;
  /** The DRS rule that keeps it on the hosts of its failure domain is still to be written. */
  readonly isRuleless: boolean;
}

function stepForKept(replica: Replica, observed: Observation, { restart, isKeptSmall, isRuleless }: Bounds): Step {
  const { group, now } = observed;
  const { powerState } = replica.machine;
  const resize = () => (isKeptSmall ? {} : stepForSize(replica, observed));
  if (group.spec.powerState === 'PoweredOff')
    return powerState === 'poweredOff' ? stepWhileOff(replica, observed, resize()) : stepToPowerOff(replica, observed);
  // Until all clones of an earlier process are seen, nobody knows what fits.
  if (isKeptSmall && observed.room?.isUncertain) return {};
  if (powerState === 'poweredOn') {
    const next = isKeptSmall ? {} : stepForRunning(replica, observed, restart);
    if (next.step !== undefined) return next;
    if (next.requeueAtMs !== undefined) return { ...next, ...stepForDisks(replica, observed) };
    const steps = [stepForDisks, stepForSettings, stepForAttributes].map((step) => step(replica, observed));
    return firstOpen(steps, replica, observed);
  }
  if (isUncustomized(replica, observed)) return {};
  // One that may not grow runs on as it is.
  if (powerState === 'poweredOff' && !hasSize(replica.machine, group) && !isKeptSmall) return resize();
  const settings = powerState === 'poweredOff' ? stepForSettings(replica, observed) : {};
  if (settings.step !== undefined) return settings;
  if (isRuleless) return {};
  // A machine that is found powered off again and again is repaired with backoff, not in a hot loop (R8).
  const repair = observed.repairs.get(slotKey(replica.slot));
  const dueMs = repair === undefined ? 0 : repair.lastMs + repairDelayMs(repair.count);
  return now.monotonicMs >= dueMs ? { step: { kind: 'PowerOn', replica } } : { requeueAtMs: dueMs };
}

function stepWhileOff(replica: Replica, observed: Observation, resize: Step): Step {
  if (resize.step !== undefined) return resize;
  const parts = settingsDueWhileOff(replica, observed);
  const settings: Step = parts.length === 0 ? {} : { step: { kind: 'WriteSettings', replica, parts } };
  const steps = [stepForDisks(replica, observed), settings, stepForAttributes(replica, observed)];
  return { ...resize, ...firstOpen(steps, replica, observed) };
}

/**
 * The first step whose last try did not fail, or is due again: a disk that cannot grow does not keep user-data in the
 * machine, nor its tags away. Without one, the time of the first that will be due.
 */
function firstOpen(steps: readonly Step[], { slot }: Replica, observed: Observation): Step {
  let requeueAtMs: number | undefined;
  for (const step of steps) {
    requeueAtMs = earliest(requeueAtMs, step.requeueAtMs);
    if (step.step === undefined) continue;
    const { open, requeueAtMs: dueMs } = gate(slot, observed, step.step.kind);
    if (open) return { ...step, ...(requeueAtMs !== undefined && { requeueAtMs }) };
    requeueAtMs = earliest(requeueAtMs, dueMs);
  }
  return requeueAtMs === undefined ? {} : { requeueAtMs };
}

function stepForSettings(replica: Replica, observed: Observation): Step {
  const parts = settingsDue(replica, observed);
  return parts.length === 0 ? {} : { step: { kind: 'WriteSettings', replica, parts } };
}

function stepForRunning(replica: Replica, observed: Observation, restart: boolean): Step {
  if (restart) return stepToPowerOff(replica, observed);
  // Its guest was asked to shut down, but the reason no longer holds. If it does shut down, it is powered on again.
  const asked = shutdownOf(replica, observed);
  const overAtMs = asked && shutdownOverAtMs(asked, observed);
  if (overAtMs !== undefined && observed.now.monotonicMs < overAtMs) return { requeueAtMs: overAtMs };
  return canResizeHot(replica, observed) ? stepForSize(replica, observed) : {};
}

/** Disks grow while the machine runs. What it has is looked at once, live (docs/vsphere.md#disks). */
function stepForDisks(replica: Replica, { group }: Observation): Step {
  const disks = diskSizesOf(group);
  return disks === undefined || hasDisks(replica, group) ? {} : { step: { kind: 'SizeDisks', replica, disks } };
}

/** A machine whose hardware vCenter has not told yet waits for that; it is not powered on with another one meanwhile. */
function stepForSize(replica: Replica, observed: Observation): Step {
  const { machine } = replica;
  const size = sizeOf(observed.group);
  if (isOfSize(machine, size) || !isHardwareKnown(machine, size)) return {};
  return { step: { kind: 'Reconfigure', replica, size } };
}
