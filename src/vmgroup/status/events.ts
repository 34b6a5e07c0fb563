import { ConditionType, Phase } from '../../api/conditions';
import { EventReason } from '../../api/reasons';
import { Annotation, type VmGroup, type VmGroupStatus } from '../../api/vm-group';
import type { WorkOutcome } from '../../vsphere/port';
import { type Action, machineNameOf, type VCenterAction } from '../model/action';
import { diskKey } from '../model/disk-sizes';
import type { Fault } from '../model/fault';
import type { KnownMachine } from '../model/known-objects';
import { nameList } from '../model/name-list';
import type { GroupEvent } from '../model/port';

/** The event for the end of a piece of work, if there is one. A failure has one event per series. */
export function eventOfOutcome(
  group: VmGroup,
  action: VCenterAction,
  outcome: WorkOutcome,
  fault: Fault | undefined,
): GroupEvent | undefined {
  if (outcome.kind === 'Unknown') return undefined;
  const machine = machineNameOf(action, group);
  const about = machine === undefined ? {} : { machine };
  if (outcome.kind === 'Failed') {
    if (fault === undefined || fault.attempts !== 1) return undefined;
    const note =
      machine === undefined ? `${isAboutRules(action) ? 'DRS rules' : 'folder'}: ${fault.message}` : fault.message;
    return { type: 'Warning', reason: fault.reason, action: action.kind, note, ...about };
  }
  const done = doneText(group, action);
  return done && { type: 'Normal', reason: done.reason, action: action.kind, note: done.note, ...about };
}

function isAboutRules({ kind }: VCenterAction): boolean {
  return kind === 'WriteHostRules';
}

function doneText(group: VmGroup, action: VCenterAction): Pick<GroupEvent, 'reason' | 'note'> | undefined {
  switch (action.kind) {
    case 'CreateFolder':
      return { reason: EventReason.FolderCreated, note: `folder ${action.name} created` };
    case 'DestroyFolder':
      return { reason: EventReason.FolderRemoved, note: 'folder removed, it was empty' };
    case 'RenameFolder':
      return {
        reason: EventReason.FolderRenamed,
        note: `the original operator's folder is called ${action.name} from now on`,
      };
    case 'Clone':
      return { reason: EventReason.ReplicaCreated, note: `cloned from ${group.spec.template}` };
    case 'Reconfigure':
      return {
        reason: EventReason.ReplicaResized,
        note: `resized to ${group.spec.cpu} CPU and ${group.spec.memory} GiB`,
      };
    case 'WriteSettings':
    case 'WriteHostRules':
    case 'WriteAttributes':
      // A look, mostly: the log has the change.
      return undefined;
    case 'PowerOn':
      return { reason: EventReason.ReplicaPoweredOn, note: 'powered on' };
    case 'PowerOff':
      return { reason: EventReason.ReplicaPoweredOff, note: 'powered off' };
    case 'Shutdown':
      return { reason: EventReason.ReplicaShutdown, note: 'asked to shut down' };
    case 'Destroy':
      return { reason: EventReason.ReplicaDestroyed, note: 'destroyed' };
    case 'Adopt':
      return { reason: EventReason.ReplicaAdopted, note: 'taken over by this group' };
    case 'ReleaseMarks':
      return { reason: EventReason.ReplicaReleased, note: 'released: no group owns it from now on' };
    case 'SizeDisks':
      return { reason: EventReason.ReplicaResized, note: `has ${diskKey(action.disks)}` };
    case 'LookIntoFolder':
    case 'ProveMachineGone':
    case 'ProveFolderGone':
    case 'FindStoragePolicy':
    case 'InspectMachines':
    case 'Settle':
      return undefined;
  }
}

/** Events for the changes between two statuses: of the phase, and of the connection to vCenter. */
export function eventsOfStatus(before: VmGroupStatus | undefined, after: VmGroupStatus): GroupEvent[] {
  const events: GroupEvent[] = [];
  const condition = (status: VmGroupStatus | undefined, type: ConditionType) =>
    status?.conditions?.find((candidate) => candidate.type === type);
  const note = after.lastMessage ?? '';
  if (after.phase === Phase.Running && before?.phase !== Phase.Running) {
    events.push({ type: 'Normal', reason: EventReason.Running, action: 'Reconcile', note });
  }
  if (after.phase === Phase.Stopped && before?.phase !== Phase.Stopped) {
    events.push({ type: 'Normal', reason: EventReason.Stopped, action: 'Reconcile', note });
  }
  const stalled = condition(after, ConditionType.Stalled);
  if (stalled?.status === 'True' && condition(before, ConditionType.Stalled)?.reason !== stalled.reason) {
    events.push({ type: 'Warning', reason: stalled.reason, action: 'Reconcile', note });
  }
  const connected = condition(after, ConditionType.VCenterReady);
  const wasConnected = condition(before, ConditionType.VCenterReady);
  if (connected?.status === 'True' && wasConnected?.status === 'False') {
    events.push({ type: 'Normal', reason: EventReason.VCenterReady, action: 'Connect', note: connected.message });
  }
  if (connected?.status === 'False' && wasConnected?.status === 'True') {
    events.push({ type: 'Warning', reason: connected.reason, action: 'Connect', note: connected.message });
  }
  return events;
}

/** A person meant something by the annotation, and nothing comes of it. */
export function annotationIgnored(note: string): GroupEvent {
  return { type: 'Warning', reason: EventReason.AnnotationIgnored, action: 'ReadAnnotations', note };
}

/** vCenter says that a machine does not exist, and this process did not destroy it. */
export function machineGone({ name }: KnownMachine): GroupEvent {
  return {
    type: 'Normal',
    reason: EventReason.ReplicaGone,
    action: 'Look',
    note: 'vCenter has it no more, and this process did not destroy it: it was destroyed or unregistered, or its host was removed',
    machine: name,
  };
}

/** What a person wrote for cloud-init wins over the static addresses of the spec. */
export function networkGivenByMetadata(machine: string): GroupEvent {
  return {
    type: 'Normal',
    reason: EventReason.NetworkGivenByMetadata,
    action: 'WriteSettings',
    note: 'spec.guest.cloudInit.metadata has a key network, which stays as it is: the guest gets the addresses of spec.networks only where that names them, as $(vm.address.NETWORK)',
    machine,
  };
}

/** Nothing of a group that was let go is destroyed. Undefined where there is nothing that could be. */
export function groupLetGo(
  { status }: VmGroup,
  { untouched }: Extract<Action, { readonly kind: 'RemoveFinalizer' }>,
): GroupEvent | undefined {
  if (untouched === undefined || status?.vcenter === undefined) return undefined;
  const because =
    untouched === 'CrdDeleted'
      ? 'the CRD of the VmGroups is deleted'
      : `annotation ${Annotation.ForceOrphan} asks for it`;
  const names = (status.replicas ?? []).flatMap(({ name, moRef }) => (moRef === undefined ? [] : (name ?? [])));
  const machines = names.length === 0 ? 'every machine' : `every machine (${nameList(names)})`;
  return {
    type: 'Normal',
    reason: EventReason.GroupLetGo,
    action: 'Delete',
    note: `${because}: ${machines}, the folder and the marks stay in vCenter as they are`,
  };
}

/** The folder of a deleted group stays if it holds foreign objects, or may itself be foreign (R1). */
export function folderKept({
  keptFor,
  unrecorded,
}: Extract<Action, { readonly kind: 'RemoveFinalizer' }>): GroupEvent | undefined {
  if (keptFor.length === 0 && unrecorded === undefined) return undefined;
  const holds = `it holds ${keptFor.length} objects that are not ours (${keptFor.slice(0, 5).join(', ')})`;
  return {
    type: 'Normal',
    reason: EventReason.FolderKept,
    action: 'Delete',
    note:
      unrecorded === undefined
        ? `the folder stays: ${holds}`
        : `the folder ${unrecorded} stays: nothing shows that the operator made it; remove it in vCenter if nobody needs it`,
  };
}
