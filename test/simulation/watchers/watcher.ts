/** Watchers check the rules of docs/architecture.md from outside, at every step. */
import type { Slot } from '../../../src/api/identity';
import type { Clock } from '../../../src/time/clock';
import type { Decision } from '../../../src/vmgroup/model/decision';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { ModelMachine, SeenCall, VCenterModel } from '../../fakes/vcenter';
import type { ApiCall } from '../api-connection';
import type { GroupUsers } from '../group-users';
import type { OperatorProcess } from '../operator-process';
import type { VCenterAdministrator } from '../vcenter-administrator';

/** How old a VmGroup may be that a process acts by: as long as it may be cut off from the API server, and a minute. */
export const GROUP_AGE_MS = 330_000;

/** What a watcher may read, and where it notes a violation. */
export interface WatchedWorld {
  readonly clock: Clock;
  readonly vcenters: readonly VCenterModel[];
  readonly users: GroupUsers;
  readonly clusterId: string;
  /** Of the other operator at the same vCenter, which removes its own machines. */
  readonly otherClusterId?: string | undefined;
  readonly processes: readonly OperatorProcess[];
  readonly administrator?: Pick<VCenterAdministrator, 'isAdmitted' | 'names' | 'vcenter'> | undefined;
  /** When etcd was last restored, and with it the Lease. */
  readonly restoredAtMs: number;
  /** How long a change of a machine may take to reach a process. */
  readonly newsAgeMs: number;
  /** How old the picture may be that a process acts by, when its call arrives. */
  readonly slackMs: number;
  /** The longest time from the answer to a live read to the arrival of a call that relies on it. */
  readonly flightMs: number;
  violated(what: string): void;
}

/** For a rule that each vCenter keeps for itself. */
export interface Watched extends WatchedWorld {
  readonly vcenter: VCenterModel;
}

/** Each watcher checks one rule. Its violations begin with the name of the rule. */
export interface Watcher {
  /** A call to vCenter is about to leave its process. `lease`: by which the process may make changes there. */
  callLeaves?(process: OperatorProcess, call: SeenCall, lease: string): void;
  callArrives?(process: OperatorProcess, call: SeenCall, lease: string): void;
  /** A request arrives at the API server. */
  requestArrives?(process: OperatorProcess, call: ApiCall): void;
  /** An event of a watch has reached the process. */
  hears?(process: OperatorProcess, event: unknown): void;
  logged?(process: OperatorProcess, line: string): void;
  /** A reconcile has decided what to do for a group, and what to report. */
  decided?(process: OperatorProcess, decision: Decision): void;
  /** An object in vCenter has changed. */
  truthChanged?(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void;
  /** Somebody has changed a VmGroup. */
  groupsChanged?(): void;
  /** A timer has fired, and every process has done all that follows. */
  stepped?(): void;
}

/** The owner of a machine, by its marks. */
export interface Owner {
  readonly cluster: string;
  /** namespace/name. */
  readonly group: string;
  readonly groupUid: string;
  readonly slot: Slot;
}

/** Reads the marks of a machine. It does not use the operator's own function, so that a bug there is found. */
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
