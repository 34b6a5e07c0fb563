/** What the reconciler needs from the rest of the process. Types only: models of both servers fit behind it. */
import type { GroupKey, VmGroup, VmGroupStatus } from '../../api/vm-group';
import type {
  FailureVerdict,
  ManagedObjectReference,
  PowerState,
  VCenterConnection,
  VsphereFailure,
} from '../../vsphere/port';

/** The VmGroups of the API server, as the reflector's store holds them. */
export interface GroupStore {
  get(key: GroupKey): VmGroup | undefined;
  list(): Iterable<VmGroup>;
  /** Groups whose spec.template is this name, or a path that ends in it. */
  byTemplate(name: string): readonly VmGroup[];
}

/**
 * Writes to VmGroups. Each resolves with the object as the API server answered it, or undefined when the group is gone;
 * the store holds the answer before that, so that no decision rests on a state before our own write. Rejects with an
 * ApiError, which makes the reconcile come again with backoff.
 */
export interface GroupWriter {
  /** Replaces the whole status of this very group: a new group of the same name keeps its own. */
  applyStatus(group: VmGroup, status: VmGroupStatus, signal: AbortSignal): Promise<VmGroup | undefined>;
  /** Merge patch with the group's resourceVersion, so that a newer object is never overwritten. */
  replaceFinalizers(group: VmGroup, finalizers: readonly string[], signal: AbortSignal): Promise<VmGroup | undefined>;
}

/**
 * Whether VmGroups are being removed as a kind: their CRD is being deleted. Rejects when that cannot be told, and then
 * nothing is destroyed.
 */
export type IsUninstalling = (signal: AbortSignal) => Promise<boolean>;

/** What became of reading one key of a Secret in a group's namespace. Never rejects but on abort. */
export type SecretAnswer =
  | { readonly kind: 'Found'; readonly value: string; readonly resourceVersion: string }
  | { readonly kind: 'NotFound' }
  /** The Secret is there, the key is not. */
  | { readonly kind: 'KeyMissing' }
  /** No valid UTF-8. */
  | { readonly kind: 'NotText' }
  /** No Role lets the operator read it. */
  | { readonly kind: 'Forbidden' }
  /** Anything else, which may pass. */
  | { readonly kind: 'Failed'; readonly message: string };
export type ReadSecret = (namespace: string, name: string, key: string, signal: AbortSignal) => Promise<SecretAnswer>;

/** Calls for a group's next reconcile. */
export interface GroupQueue {
  add(key: GroupKey): void;
  /** Adds it after the delay, unless that is due sooner anyway. */
  addAfter(key: GroupKey, delayMs: number): void;
}

/** Kubernetes events about a group. Never blocks, never throws. */
export interface GroupEvents {
  record(group: VmGroup, event: GroupEvent): void;
  /** Writes at once what may wait for more: the group will be gone soon. */
  flush(group: VmGroup): void;
}

export interface GroupEvent {
  readonly type: 'Normal' | 'Warning';
  /** One CamelCase word. */
  readonly reason: string;
  /** What was done or tried, a verb phrase in CamelCase. */
  readonly action: string;
  readonly note: string;
  /** Name of the machine that it happened to; the note is then what happened, without a subject. */
  readonly machine?: string;
}

/** The vCenter that a group belongs to. */
export interface SelectedVCenter {
  /** Name of the VCenter object, or (env). */
  readonly name: string;
  /** Folder below the datacenter's VM folder that holds group folders unless the group names one; made if missing. */
  readonly defaultFolder: string;
  readonly connection: VCenterConnection;
}

export type VCenterSelection =
  | { readonly kind: 'Selected'; readonly vcenter: SelectedVCenter }
  | { readonly kind: 'None'; readonly reason: string; readonly message: string };

export type SelectVCenter = (group: VmGroup) => VCenterSelection;

/** Judges a failed call. `wantedPowerState`: what it was to lead to, so that a machine already there is no failure. */
export type ClassifyFailure = (
  failure: VsphereFailure,
  context?: { readonly wantedPowerState?: PowerState },
) => FailureVerdict;

/** When a group has to be looked at again, if nothing that concerns it happens before. */
export interface Result {
  readonly requeueAfterMs?: number;
}

/** Clones of a vCenter that an earlier process may have started: see UnclaimedClones. */
export interface CloneClaims {
  /** Whether groups of this template (or of one that is not known) have to wait. */
  blocks(template: ManagedObjectReference | undefined): boolean;
  /** A clone of this process: it is in flight and never unclaimed. */
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
  readonly isUninstalling: IsUninstalling;
  readonly readSecret: ReadSecret;
}

/** The vCenters of the process. */
export interface VCenters {
  readonly select: SelectVCenter;
  readonly classify: ClassifyFailure;
  unclaimedClones(connection: VCenterConnection): CloneClaims;
  /** Takes the waiting work of a group that is gone out of all dispatchers. */
  dropWork(groupUid: string): void;
}

/** Structured log: a message and fields. No secret is passed to it (R10). */
export interface GroupLog {
  info(message: string, fields: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields: Readonly<Record<string, unknown>>): void;
}
