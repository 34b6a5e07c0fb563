import { ConditionType } from '../api/conditions';
import { revisionOf, slotKey, virtualMachineName } from '../api/identity';
import { setCondition } from '../api/set-condition';
import type { VmGroupStatusCondition } from '../api/vm-group';
import type { Plan } from './action';
import type { Counts } from './counts';
import type { Fault } from './ledger';
import { FOLDER_FAULT } from './ledger';
import { instanceMismatch, type Observation } from './observation';
import { hasSize } from './observe';
import { isoTime } from './report-replicas';

type Draft = Pick<VmGroupStatusCondition, 'type' | 'status' | 'reason' | 'message'>;

/** All conditions that can be told, in a fixed order. lastTransitionTime moves only when a status flips. */
export function reportConditions(observed: Observation, plan: Plan, counts: Counts): VmGroupStatusCondition[] {
  const stalled = stalledCondition(observed, plan, counts);
  const drafts: (Draft | undefined)[] = [
    readyCondition(observed, plan, counts, stalled),
    availableCondition(observed, counts),
    progressingCondition(observed, counts),
    stalled,
    vcenterCondition(observed),
    placementCondition(observed),
    configCondition(observed),
    pausedCondition(observed),
    deletingCondition(observed),
  ];
  const before = observed.group.status?.conditions ?? [];
  const observedGeneration = observed.group.metadata.generation;
  const now = isoTime(observed.now.wallMs);
  return drafts
    .filter((draft) => draft !== undefined)
    .map((draft) => setCondition(before, { ...draft, observedGeneration }, now));
}

function readyCondition(observed: Observation, plan: Plan, counts: Counts, stalled: Draft): Draft {
  const type = ConditionType.Ready;
  const { spec, metadata } = observed.group;
  const summary = `${counts.ready} of ${counts.desired} replicas running`;
  if (metadata.deletionTimestamp !== undefined) {
    const message = deletingCondition(observed)?.message ?? '';
    return { type, status: 'False', reason: 'Deleting', message };
  }
  if (observed.vcenter.kind === 'Unavailable') {
    const message = `${observed.vcenter.message}; last seen: ${summary}`;
    return { type, status: 'Unknown', reason: 'VCenterNotReady', message };
  }
  if (spec.powerState === 'PoweredOff') {
    const off = counts.current - counts.ready;
    return {
      type,
      status: 'False',
      reason: 'PoweredOff',
      message: `${off} of ${counts.desired} replicas are switched off, as spec.powerState asks`,
    };
  }
  const { desired, current, ready, updated, surplus } = counts;
  if (current === desired && ready === desired && updated === desired && surplus === 0) {
    return { type, status: 'True', reason: 'AllReplicasReady', message: summary };
  }
  const details = [summary, ...troubles(observed, plan)].join('; ');
  const not = (reason: string): Draft => ({ type, status: 'False', reason, message: details });
  if (stalled.status === 'True') return not('Stalled');
  if (spec.paused) return not('Paused');
  if (surplus > 0 && current >= desired) return not('ScalingDown');
  if (current < desired && updated === current) return not('ScalingUp');
  if (updated < current || surplus > 0) return not('Updating');
  return not('NotReady');
}

function availableCondition(observed: Observation, counts: Counts): Draft {
  const type = ConditionType.Available;
  const message = `${counts.ready} of ${counts.desired} replicas available`;
  if (observed.vcenter.kind === 'Unavailable') {
    return { type, status: 'Unknown', reason: 'VCenterNotReady', message: `last seen: ${message}` };
  }
  if (observed.group.spec.powerState === 'PoweredOff') {
    return { type, status: 'False', reason: 'PoweredOff', message };
  }
  return counts.ready >= counts.desired - 1
    ? { type, status: 'True', reason: 'MinimumReplicasAvailable', message }
    : { type, status: 'False', reason: 'MinimumReplicasUnavailable', message };
}

function progressingCondition(observed: Observation, counts: Counts): Draft {
  const type = ConditionType.Progressing;
  if (observed.group.spec.paused) {
    return { type, status: 'Unknown', reason: 'Paused', message: 'spec.paused is true: nothing is changed in vCenter' };
  }
  const { desired, current, ready, updated, surplus } = counts;
  const message = `${current} of ${desired} replicas exist, ${ready} are running, ${updated} are up to date`;
  if (current === desired && ready === desired && updated === desired && surplus === 0) {
    return { type, status: 'True', reason: 'Complete', message };
  }
  return { type, status: 'True', reason: current < desired ? 'ReplicaCreated' : 'ReplicaReady', message };
}

/** True while work is due that only a person can unblock. A complete group whose template vanished is not stalled. */
function stalledCondition(observed: Observation, plan: Plan, counts: Counts): Draft {
  const type = ConditionType.Stalled;
  const yes = (reason: string, message: string): Draft => ({ type, status: 'True', reason, message });
  const { vcenter, placement, group } = observed;
  if (vcenter.kind === 'Unavailable') {
    if (vcenter.needsUser) return yes('VCenterNotReady', vcenter.message);
  } else {
    const recorded = instanceMismatch(observed);
    if (recorded !== undefined) return yes('VCenterNotReady', mismatchMessage(recorded, vcenter.instanceUuid));
    const summary = `${counts.ready} of ${counts.desired} replicas running`;
    const workIsDue =
      group.metadata.deletionTimestamp === undefined &&
      (counts.current < counts.desired || counts.updated < counts.current || observed.folder.kind === 'Missing');
    const [problem] = placement.problems;
    if (workIsDue && problem !== undefined) return yes('PlacementNotReady', `${summary}; ${problem.message}`);
    if (workIsDue && observed.otherOwners.length > 0) {
      return yes('PlacementNotReady', `${summary}; ${folderInUseMessage(observed)}`);
    }
    const stuck = faultsOf(observed, plan).find(({ fault }) => fault.class === 'NeedsUser');
    if (stuck !== undefined) return yes('ReplicaFault', [summary, ...troubles(observed, plan)].join('; '));
  }
  return { type, status: 'False', reason: 'NotStalled', message: 'nothing waits for a person' };
}

function vcenterCondition(observed: Observation): Draft {
  const type = ConditionType.VCenterReady;
  const { vcenter } = observed;
  if (vcenter.kind === 'Unavailable') {
    return { type, status: 'False', reason: vcenter.reason, message: vcenter.message };
  }
  const recorded = instanceMismatch(observed);
  if (recorded !== undefined) {
    return {
      type,
      status: 'False',
      reason: 'InstanceMismatch',
      message: mismatchMessage(recorded, vcenter.instanceUuid),
    };
  }
  return { type, status: 'True', reason: 'Connected', message: `connected to ${vcenter.name}` };
}

function placementCondition(observed: Observation): Draft {
  const type = ConditionType.PlacementReady;
  if (observed.vcenter.kind === 'Unavailable') {
    return { type, status: 'Unknown', reason: 'VCenterNotReady', message: 'names are resolved once vCenter is ready' };
  }
  const { problems } = observed.placement;
  const [first] = problems;
  if (first !== undefined) {
    const message = problems.map((problem) => problem.message).join('; ');
    return { type, status: 'False', reason: first.reason, message };
  }
  if (observed.otherOwners.length > 0) {
    return { type, status: 'False', reason: 'FolderInUse', message: folderInUseMessage(observed) };
  }
  return { type, status: 'True', reason: 'Resolved', message: 'every name of the spec was found in vCenter' };
}

function configCondition(observed: Observation): Draft | undefined {
  if (observed.vcenter.kind === 'Unavailable') return undefined;
  const type = ConditionType.ConfigSynced;
  const { group, replicas } = observed;
  const different = replicas.filter(({ machine }) => !hasSize(machine, group)).map(({ machine }) => machine.name);
  if (different.length === 0) {
    return { type, status: 'True', reason: 'InSync', message: 'every replica has the size of the spec' };
  }
  const wanted = `${group.spec.cpu} CPU and ${group.spec.memory} GiB`;
  return {
    type,
    status: 'False',
    reason: 'PowerOffRequired',
    message: `${some(different)} must be switched off to get ${wanted}: switch off in vCenter, it comes back resized`,
  };
}

function pausedCondition(observed: Observation): Draft {
  const type = ConditionType.Paused;
  return observed.group.spec.paused
    ? { type, status: 'True', reason: 'Paused', message: 'spec.paused is true: nothing is changed in vCenter' }
    : { type, status: 'False', reason: 'NotPaused', message: 'changes are carried out' };
}

function deletingCondition(observed: Observation): Draft | undefined {
  const { metadata, spec } = observed.group;
  if (metadata.deletionTimestamp === undefined) return undefined;
  const yes = (reason: string, message: string): Draft => ({
    type: ConditionType.Deleting,
    status: 'True',
    reason,
    message,
  });
  const wayOut = 'annotate it vm.codeconnect.vmworld.com/force-orphan=true to leave vCenter as it is';
  if (observed.vcenter.kind === 'Unavailable') {
    return yes('VCenterNotReady', `deletion waits for vCenter: ${observed.vcenter.message}; or ${wayOut}`);
  }
  if (spec.paused) return yes('Paused', 'deletion waits while spec.paused is true');
  const unreachable = observed.replicas.filter(({ machine }) => machine.connectionState !== 'connected');
  if (unreachable.length > 0) {
    const names = some(unreachable.map(({ machine }) => machine.name));
    return yes('WaitingForDestroy', `${names}: host is not connected, deletion goes on when it is back; or ${wayOut}`);
  }
  const fault = [...observed.faults.values()].find(({ class: kind }) => kind === 'NeedsUser');
  if (fault !== undefined) return yes(fault.reason, `${fault.message}; or ${wayOut}`);
  const on = observed.replicas.filter(({ machine }) => machine.powerState !== 'poweredOff').length;
  if (on > 0) return yes('WaitingForPowerOff', `${on} of ${observed.replicas.length} machines are still on`);
  return yes('WaitingForDestroy', `${observed.replicas.length} machines are still there`);
}

/** Faults of slots that exist or shall exist, and of the folder, each with the name it is about. */
function faultsOf(observed: Observation, plan: Plan): { readonly name: string; readonly fault: Fault }[] {
  const { name, uid } = observed.group.metadata;
  const slots = new Map([...plan.keep, ...observed.replicas.map(({ slot }) => slot)].map((s) => [slotKey(s), s]));
  const found: { name: string; fault: Fault }[] = [];
  const folder = observed.faults.get(FOLDER_FAULT);
  if (folder !== undefined && observed.folder.kind === 'Missing') found.push({ name: 'folder', fault: folder });
  for (const [key, slot] of slots) {
    const fault = observed.faults.get(key);
    if (fault !== undefined) found.push({ name: virtualMachineName(name, uid, slot), fault });
  }
  return found;
}

/** What goes wrong, in words: at most three, with the time of the next try. */
function troubles(observed: Observation, plan: Plan): string[] {
  const parts: string[] = [];
  const [problem] = observed.placement.problems;
  const revision = revisionOf(observed.group.spec);
  if (problem !== undefined && plan.keep.some((slot) => slot.revision === revision)) parts.push(problem.message);
  if (observed.unclaimedClones)
    parts.push('waiting for clones of the template that an earlier operator process started');
  for (const { name, fault } of faultsOf(observed, plan).slice(0, 3)) {
    parts.push(`${name}: ${fault.message}, retry at ${isoTime(fault.retryAt.wallMs).slice(11)}`);
  }
  return parts;
}

function folderInUseMessage(observed: Observation): string {
  return `the group's folder holds machines that carry the marks of another group: ${some(observed.otherOwners)}; move or delete them`;
}

function mismatchMessage(recorded: string, connected: string): string {
  return `the group lives on the vCenter ${recorded}, but ${connected} answers: point the operator back to the former one`;
}

function some(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
