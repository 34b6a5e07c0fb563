import { ConditionType, Phase } from '../api/conditions';
import { virtualMachineName } from '../api/identity';
import type { VmGroup, VmGroupStatus } from '../api/vm-group';
import type { WorkOutcome } from '../vsphere/port';
import type { VCenterAction } from './action';
import type { Fault } from './ledger';
import type { GroupEvent } from './port';

/** The event for the end of a piece of work, if people care about it. A failure is told once a series. */
export function eventOfOutcome(
  group: VmGroup,
  action: VCenterAction,
  outcome: WorkOutcome,
  fault: Fault | undefined,
): GroupEvent | undefined {
  if (outcome.kind === 'Unknown') return undefined;
  const about = nameOf(group, action);
  if (outcome.kind === 'Failed') {
    if (fault === undefined || fault.attempts !== 1) return undefined;
    return { type: 'Warning', reason: fault.reason, action: action.kind, note: `${about}: ${fault.message}` };
  }
  const normal = (reason: string, note: string): GroupEvent => ({ type: 'Normal', reason, action: action.kind, note });
  switch (action.kind) {
    case 'CreateFolder':
      return normal('FolderCreated', `folder ${action.name} created`);
    case 'DestroyFolder':
      return normal('FolderRemoved', 'folder removed, it was empty');
    case 'Clone':
      return normal('ReplicaCreated', `${about} cloned from ${group.spec.template}`);
    case 'Reconfigure':
      return normal('ReplicaResized', `${about} has ${group.spec.cpu} CPU and ${group.spec.memory} GiB`);
    case 'PowerOn':
      return normal('ReplicaPoweredOn', `${about} switched on`);
    case 'PowerOff':
      return normal('ReplicaPoweredOff', `${about} switched off`);
    case 'Shutdown':
      return normal('ReplicaShutdown', `${about} was asked to shut down`);
    case 'Destroy':
      return normal('ReplicaDestroyed', `${about} destroyed`);
    case 'Adopt':
      return normal('ReplicaAdopted', `${about} belongs to this group from now on`);
    case 'RenameFolder':
      return normal('FolderRenamed', `the original operator's folder is called ${action.name} from now on`);
    case 'ReleaseMarks':
      return normal('ReplicaReleased', `${about} is nobody's from now on`);
    case 'Settle':
      return undefined;
  }
}

/** Events for what changed between two reports: the phase, and the connection to vCenter. */
export function eventsOfReport(before: VmGroupStatus | undefined, after: VmGroupStatus): GroupEvent[] {
  const events: GroupEvent[] = [];
  const condition = (status: VmGroupStatus | undefined, type: ConditionType) =>
    status?.conditions?.find((candidate) => candidate.type === type);
  const note = after.lastMessage ?? '';
  if (after.phase === Phase.Running && before?.phase !== Phase.Running) {
    events.push({ type: 'Normal', reason: 'Running', action: 'Reconcile', note });
  }
  const stalled = condition(after, ConditionType.Stalled);
  if (stalled?.status === 'True' && condition(before, ConditionType.Stalled)?.reason !== stalled.reason) {
    events.push({ type: 'Warning', reason: stalled.reason, action: 'Reconcile', note });
  }
  const connected = condition(after, ConditionType.VCenterReady);
  const wasConnected = condition(before, ConditionType.VCenterReady);
  if (connected?.status === 'True' && wasConnected?.status === 'False') {
    events.push({ type: 'Normal', reason: 'VCenterReady', action: 'Connect', note: connected.message });
  }
  if (connected?.status === 'False' && wasConnected?.status === 'True') {
    events.push({ type: 'Warning', reason: connected.reason, action: 'Connect', note: connected.message });
  }
  return events;
}

/** The folder of a deleted group stays for what is in it and not ours (R1). */
export function folderKept(keptFor: readonly string[]): GroupEvent {
  const names = keptFor.slice(0, 5).join(', ');
  return {
    type: 'Normal',
    reason: 'FolderKept',
    action: 'Delete',
    note: `the folder stays: it holds ${keptFor.length} objects that are not ours (${names})`,
  };
}

function nameOf(group: VmGroup, action: VCenterAction): string {
  switch (action.kind) {
    case 'CreateFolder':
    case 'DestroyFolder':
    case 'RenameFolder':
    case 'Settle':
      return 'folder';
    case 'Adopt':
      return action.machine.name;
    case 'Clone':
      return virtualMachineName(group.metadata.name, group.metadata.uid, action.slot);
    case 'Reconfigure':
    case 'PowerOn':
    case 'PowerOff':
    case 'Shutdown':
    case 'Destroy':
    case 'ReleaseMarks':
      return action.replica.machine.name;
  }
}
