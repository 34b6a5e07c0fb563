/** Rules of the design, watched from outside at every step. */
import type { Slot } from '../../../src/api/identity';
import type { Clock } from '../../../src/time/clock';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { ModelMachine, SeenCall, VCenterModel } from '../../fakes/vcenter';
import type { ApiCall } from '../api-connection';
import type { GroupUsers } from '../group-users';
import type { OperatorProcess } from '../operator-process';

/** What a watcher may look at, and where it says what it saw. */
export interface Watched {
  readonly clock: Clock;
  readonly vcenter: VCenterModel;
  readonly users: GroupUsers;
  readonly clusterId: string;
  readonly processes: readonly OperatorProcess[];
  /** How old news of a machine may be when it comes. */
  readonly newsAgeMs: number;
  /** How old the picture may be that a process acts by: news takes its time, and a call its way. */
  readonly slackMs: number;
  /** From the answer to a live read to the arrival of the call that rests on it. */
  readonly flightMs: number;
  violated(what: string): void;
}

/** Each stands for a rule, which its violations name. */
export interface Watcher {
  /** A call to vCenter is about to leave its process. */
  callLeaves?(process: OperatorProcess, call: SeenCall): void;
  callArrives?(process: OperatorProcess, call: SeenCall): void;
  /** A request arrives at the API server. */
  requestArrives?(process: OperatorProcess, call: ApiCall): void;
  logged?(process: OperatorProcess, line: string): void;
  /** vCenter's truth has changed. */
  truthChanged?(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void;
  /** Somebody has changed a VmGroup. */
  groupsChanged?(): void;
  /** Something happened, and every process has gone on as far as it can. */
  stepped?(): void;
}

/** Who owns a machine by its marks. */
export interface Owner {
  readonly cluster: string;
  /** namespace/name. */
  readonly group: string;
  readonly groupUid: string;
  readonly slot: Slot;
}

/** The marks as the truth has them, and as the design defines them: read without the operator's own function. */
export function ownerOf({ extraConfig, instanceUuid }: ModelMachine): Owner | undefined {
  const mark = (name: string) => extraConfig.get(`codeconnect.${name}`);
  const [cluster, group, groupUid] = [mark('cluster'), mark('group') ?? '', mark('uid')];
  const [ordinal, revision] = [mark('ordinal'), mark('revision')];
  if (!cluster || !groupUid || !ordinal || !revision || mark('instance') !== instanceUuid) return undefined;
  return { cluster, group, groupUid, slot: { ordinal: Number(ordinal), revision } };
}

const MUTATIONS: ReadonlySet<string> = new Set([
  ...['CloneVM_Task', 'ReconfigVM_Task', 'PowerOnVM_Task', 'PowerOffVM_Task', 'ShutdownGuest', 'Rename_Task'],
  ...['CreateFolder', 'Destroy_Task', 'UnregisterAndDestroy_Task', 'MoveIntoFolder_Task'],
]);

export function isMutation({ method }: SeenCall): boolean {
  return MUTATIONS.has(method);
}
