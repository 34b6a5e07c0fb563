/**
 * What the reconciler needs from the rest of the process. Types only, so tests can put models of both servers behind
 * them.
 */
import type { GroupKey, VmGroup, VmGroupSpec, VmGroupStatus } from '../../api/vm-group';
import type {
  CloneTarget,
  FailureVerdict,
  ManagedObjectReference,
  PowerState,
  VCenterConnection,
  VsphereFailure,
} from '../../vsphere/port';
import type { ParentFolder } from './placement';
import type { Quota } from './quota';
import type { TenantPolicy } from './tenant-policy';

import type { CrdDeletion } from './uninstall';

/** The VmGroups of the API server, as the reflector's store holds them. */
export interface GroupStore {
  get(key: GroupKey): VmGroup | undefined;
  list(): Iterable<VmGroup>;
  /** Groups whose spec.template is this name, or a path that ends in it. */
  byTemplate(name: string): readonly VmGroup[];
  /** Groups whose status records this folder as their own. */
  byFolder(folder: ManagedObjectReference): readonly VmGroup[];
  /** Groups whose own folder is made with this name: one, but for a collision of cut names. */
  byFolderName(name: string): readonly VmGroup[];
  /** Whether there is a group with this uid. */
  hasUid(uid: string): boolean;
  /** Whether a group but that with the uid has its own folder here, by the status of whatever VCenter of this vCenter. */
  isFolderOfAnother(folder: ManagedObjectReference, uid: string, instanceUuid: string): boolean;
}

/**
 * Writes to VmGroups. Each resolves with the object as the API server answered it, or undefined when the group is gone;
 * before it resolves, the store holds that answer, so no decision is made on a state from before our own write. Rejects
 * with an ApiError: the reconcile is then retried with backoff.
 */
export interface GroupWriter {
  /**
   * Replaces the whole status of this very group: a new group of the same name keeps its own. Resolves with undefined too
   * where the right to do so has gone with a namespace that is being deleted.
   */
  replaceStatus(group: VmGroup, status: VmGroupStatus, signal: AbortSignal): Promise<VmGroup | undefined>;
  /** Merge patch with the group's resourceVersion, so that a newer object is never overwritten. */
  replaceFinalizers(group: VmGroup, finalizers: readonly string[], signal: AbortSignal): Promise<VmGroup | undefined>;
}

/**
 * Whether the CRD of VmGroups is being deleted, and so every VmGroup. Rejects when the CRD cannot be read; nothing is
 * destroyed then.
 */
export type ReadCrdDeletion = (signal: AbortSignal) => Promise<CrdDeletion>;

/** The result of reading one key of a Secret in a group's namespace. Rejects only when aborted. */
export type SecretAnswer =
  | { readonly kind: 'Found'; readonly value: string; readonly resourceVersion: string }
  | { readonly kind: 'NotFound' }
  /** The Secret is there, the key is not. */
  | { readonly kind: 'KeyMissing' }
  /** No valid UTF-8. */
  | { readonly kind: 'NotText' }
  /** No Role lets the operator read it. */
  | { readonly kind: 'Forbidden' }
  /** Any other failure; it may pass by itself. */
  | { readonly kind: 'Failed'; readonly message: string };
export type ReadSecret = (namespace: string, name: string, key: string, signal: AbortSignal) => Promise<SecretAnswer>;

/**
 * The whole spec of this very group as it is stored now: the store keeps no long texts. Undefined when the group is gone;
 * rejects with an ApiError.
 */
export type ReadSpec = (group: VmGroup, signal: AbortSignal) => Promise<VmGroupSpec | undefined>;

/** Requests the next reconcile of a group. */
export interface GroupQueue {
  add(key: GroupKey): void;
  /** Adds the key after the delay, unless it is due earlier already. */
  addAfter(key: GroupKey, delayMs: number): void;
  /** The same for a group that something has happened to in vCenter: it comes before the others. */
  addNews(key: GroupKey, delayMs: number): void;
}

/** Kubernetes events about a group. Never blocks, never throws. */
export interface GroupEvents {
  record(group: VmGroup, event: GroupEvent): void;
  /** Writes waiting events at once: the group will be gone soon. */
  flush(group: VmGroup): void;
}

export interface GroupEvent {
  readonly type: 'Normal' | 'Warning';
  /** One CamelCase word. */
  readonly reason: string;
  /** What was done or tried, a verb phrase in CamelCase. */
  readonly action: string;
  readonly note: string;
  /** Name of the machine that the event is about. The note then says what happened, without a subject. */
  readonly machine?: string;
}

/** The vCenter that a group belongs to. */
export interface SelectedVCenter {
  /** Name of the VCenter object, or (env). */
  readonly name: string;
  /** Of that of the environment: its host, with the port unless that is 443. */
  readonly host?: string;
  /** By which ownership marks name this cluster there (R1). Absent: Cluster.id. */
  readonly clusterId?: string;
  /**
   * Path below the datacenter's VM folder of the folder that holds group folders unless the group names one; made if
   * missing. It may hold the variable `$(cluster)`.
   */
  readonly defaultFolder: string;
  readonly tenants: TenantPolicy;
  /** Who holds what of the limits in `tenants`: the same object for as long as this process leads for the vCenter. */
  readonly quota: Quota;
  readonly connection: VCenterConnection;
}

export type VCenterSelection =
  | { readonly kind: 'Selected'; readonly vcenter: SelectedVCenter }
  /** `isPassing`: it is so for a moment only, and the status waits for what comes. */
  | { readonly kind: 'None'; readonly reason: string; readonly message: string; readonly isPassing?: true };

export type SelectVCenter = (group: VmGroup) => VCenterSelection;

/**
 * Classifies a failed call. `wantedPowerState`: the goal of the call; a machine that is in it already is no failure.
 */
export type ClassifyFailure = (
  failure: VsphereFailure,
  context?: { readonly wantedPowerState?: PowerState },
) => FailureVerdict;

/** When to reconcile the group again if no event requeues it earlier. */
export interface Result {
  readonly requeueAfterMs?: number;
}

/** Where a clone goes to, as vCenter told when it began. */
export type CloneFolder = Pick<CloneTarget, 'folder' | 'folderName'>;

/** The namespace whose group the folder may be of; undefined: of none of ours. */
export type NamespaceOfFolder = (target: CloneFolder) => string | undefined;

/** Clones of a vCenter that an earlier process may have started: see UnclaimedClones. */
export interface CloneClaims {
  /**
   * Whether a group of this template (undefined: an unknown one) and with this folder has to wait. `ref`: once the folder
   * exists. `parent`: the folder that holds it, or will; absent while that is not known. `machinesIn`: folders that hold
   * machines of the group. `uid`: of the group, which the marks of a machine may name wherever it has landed.
   */
  blocks(group: {
    readonly uid: string;
    readonly template: ManagedObjectReference | undefined;
    readonly folder: {
      readonly ref: ManagedObjectReference | undefined;
      readonly name: string;
      readonly parent?: ParentFolder | undefined;
      readonly machinesIn?: readonly ManagedObjectReference[];
    };
  }): boolean;
  /** Whether such a clone may still add a machine to a namespace; undefined: to any. */
  mayAdd(namespace: string | undefined, namespaceOf: NamespaceOfFolder): boolean;
  /** Names a clone of this process: it is in flight, so it is not unclaimed. */
  claim(task: ManagedObjectReference): void;
  isClaimed(task: ManagedObjectReference): boolean;
  release(task: ManagedObjectReference): void;
}

/** The Kubernetes cluster that the groups live in. */
export interface Cluster {
  /** UID of the namespace kube-system. */
  readonly id: string;
  readonly groups: GroupStore;
  readonly writer: GroupWriter;
  readonly events: GroupEvents;
  readonly readCrdDeletion: ReadCrdDeletion;
  readonly readSecret: ReadSecret;
  readonly readSpec: ReadSpec;
}

/** The vCenters of the process. */
export interface VCenters {
  readonly select: SelectVCenter;
  readonly classify: ClassifyFailure;
  unclaimedClones(connection: VCenterConnection): CloneClaims;
  /** Removes the waiting work of a deleted group from all dispatchers. */
  dropWork(groupUid: string): void;
}

/** Structured log: a message and fields. Never pass a secret to it (R10). */
export interface GroupLog {
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields: Readonly<Record<string, unknown>>): void;
}
