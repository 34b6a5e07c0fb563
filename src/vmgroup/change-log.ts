/**
 * Logs each change in vCenter twice at info, when it is sent and when it ends: the log shows the life of every machine.
 */
import { groupKey, type VmGroup } from '../api/vm-group';
import type { Clock } from '../time/clock';
import type { WorkOutcome } from '../vsphere/port';
import { operationIdOf } from './act/act';
import { isLook, machineNameOf, type VCenterAction } from './model/action';
import type { Fault } from './model/fault';
import type { InFlightOperation } from './model/in-flight';
import { nameList } from './model/name-list';
import type { GroupLog } from './model/port';

interface Origin {
  readonly group: VmGroup;
  readonly reconcileID: string;
}

interface End extends Origin {
  readonly sent: InFlightOperation | undefined;
  /** The fault that was recorded for it, if any. */
  readonly fault: Fault | undefined;
}

export class ChangeLog {
  constructor(
    private readonly log: GroupLog,
    private readonly clock: Clock,
  ) {}

  started(action: VCenterAction, origin: Origin): void {
    if (!isLook(action)) this.log.info('vCenter change started', fieldsOf(action, origin));
  }

  /** The first failure of a series is logged at warn, the next ones at info with their count. */
  ended(action: VCenterAction, outcome: WorkOutcome, end: End): void {
    if (isLook(action)) return;
    const { sent, fault } = end;
    const fields = {
      ...fieldsOf(action, end),
      task: sent?.task?.value,
      durationMs: sent === undefined ? undefined : Math.round(this.clock.monotonicMs() - sent.sentAt.monotonicMs),
      ...(outcome.kind === 'Succeeded' && outcome.result !== undefined && { result: outcome.result.value }),
    };
    if (outcome.kind === 'Succeeded') {
      this.log.info('vCenter change ended', fields);
      return;
    }
    const { code, message } = outcome.failure;
    const failure = { ...fields, fault: fault?.reason ?? code, error: message };
    const what = outcome.kind === 'Unknown' ? 'vCenter change has an unknown end' : 'vCenter change failed';
    if (fault !== undefined && fault.attempts === 1) this.log.warn(what, failure);
    else this.log.info(what, { ...failure, attempts: fault?.attempts });
  }
}

function fieldsOf(action: VCenterAction, { group, reconcileID }: Origin): Readonly<Record<string, unknown>> {
  const { object, moRef } = objectOf(action, group);
  return {
    vmgroup: groupKey(group),
    reconcileID,
    operation: action.kind,
    object,
    moRef,
    opID: operationIdOf(group, action),
  };
}

/** The object that is changed: its name in vCenter and, if it exists already, its managed object reference. */
function objectOf(
  action: VCenterAction,
  group: VmGroup,
): {
  readonly object?: string | undefined;
  readonly moRef?: string;
} {
  switch (action.kind) {
    case 'CreateFolder':
      return { object: action.name };
    case 'RenameFolder':
      return { object: action.name, moRef: action.folder.value };
    case 'DestroyFolder':
      return { object: group.status?.folder?.path, moRef: action.folder.value };
    case 'Adopt':
      return { object: action.machine.name, moRef: action.machine.ref.value };
    case 'Clone':
      return { object: machineNameOf(action, group) };
    case 'LookIntoFolder':
      return { object: action.path, moRef: action.folder.value };
    case 'ProveMachineGone':
      return { object: action.known.name, moRef: action.known.ref.value };
    case 'ProveFolderGone':
      return { object: action.folder.path, moRef: action.folder.ref.value };
    case 'FindStoragePolicy':
      return { object: action.policy.name };
    case 'InspectMachines':
      return { object: nameList(action.machines.map(({ name }) => name)) };
    case 'WriteHostRules':
      return { moRef: action.rules.cluster.value };
    case 'Settle':
      return {};
    default:
      return { object: action.replica.machine.name, moRef: action.replica.machine.ref.value };
  }
}
