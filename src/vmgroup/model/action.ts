import type { Slot } from '../../api/identity';
import { machineNameOf as nameOfSlot } from '../../api/naming';
import type { Ownership } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import type { ManagedObjectReference, VirtualMachine } from '../../vsphere/port';
import { adoptionSubject } from './adoption-request';
import type { DiskSizes } from './disk-sizes';
import type { FaultAbout } from './fault';
import type { HostRules } from './host-rule-wish';
import type { KnownFolder, KnownMachine } from './known-objects';
import type { WantedShape } from './machine-shape';
import type { MachineSize } from './machine-size';
import type { Replica } from './observation';
import type { Shortage } from './room';
import type { AttributePart, SettingsPart } from './settings-part';
import { type NamedPolicy, policySubject } from './storage-policy';

/** One step of a plan. The first two go to the API server, the others to vCenter through the dispatcher. */
export type Action =
  | { readonly kind: 'AddFinalizer' }
  /**
   * `keptFor` names the foreign objects for which the group's folder stays (R1). `unrecorded` is the path of a folder that
   * stays because nothing shows that the operator made it. `untouched`: why all that the group has in vCenter stays as it is.
   */
  | {
      readonly kind: 'RemoveFinalizer';
      readonly keptFor: readonly string[];
      readonly unrecorded?: string;
      readonly untouched?: 'CrdDeleted' | 'ForceOrphan';
    }
  | { readonly kind: 'CreateFolder'; readonly parent: ManagedObjectReference; readonly name: string }
  | {
      readonly kind: 'Clone';
      readonly slot: Slot;
      readonly template: ManagedObjectReference;
      readonly folder: ManagedObjectReference;
      readonly resourcePool: ManagedObjectReference;
      readonly datastore?: ManagedObjectReference;
      readonly storagePolicy?: NamedPolicy;
      /** Name of the failure domain that pool and datastore are of. */
      readonly failureDomain?: string;
      /** The DRS host group of the failure domain. */
      readonly hostGroup?: string;
      readonly networks?: readonly ManagedObjectReference[];
      /** With static addresses: machines of older specs, of which a live read tells the addresses. */
      readonly addressHolders?: readonly AddressHolder[];
      readonly disks?: DiskSizes;
      /** The slot is known to have had a machine: a live read makes sure first that it is gone (R2). */
      readonly again: boolean;
      /** The group makes many machines now: each clone looks first whether its datastore has room. */
      readonly oneOfMany?: true;
    }
  | { readonly kind: 'Reconfigure'; readonly replica: Replica; readonly size: MachineSize }
  /** Reads the machine live, and changes it only where it lacks something. */
  | { readonly kind: 'WriteSettings'; readonly replica: Replica; readonly parts: readonly SettingsPart[] }
  /** Reads the custom attributes of the machine live, and changes those that differ. */
  | { readonly kind: 'WriteAttributes'; readonly replica: Replica; readonly parts: readonly AttributePart[] }
  /** Looks at the disks live, and makes those larger that are smaller than asked for. */
  | { readonly kind: 'SizeDisks'; readonly replica: Replica; readonly disks: DiskSizes }
  | { readonly kind: 'PowerOn'; readonly replica: Replica }
  /** Hard: without the guest. */
  | { readonly kind: 'PowerOff'; readonly replica: Replica }
  /** Asks the guest. */
  | { readonly kind: 'Shutdown'; readonly replica: Replica }
  | { readonly kind: 'Destroy'; readonly replica: Replica }
  /** Takes our marks off: no group owns the machine after that (deletionPolicy Orphan). */
  | { readonly kind: 'ReleaseMarks'; readonly replica: Replica }
  /** Gives our marks to a machine that a person asked us to take over; `owner` is its former owner. */
  | {
      readonly kind: 'Adopt';
      readonly machine: VirtualMachine;
      readonly owner: Ownership | undefined;
      readonly slot: Slot;
      /** Of an adoption that spec.adopt asks for: the shape that a live read must find. Absent: an annotation asks for it. */
      readonly wanted?: WantedShape;
    }
  /** `replicas`: machines of the group, adopted ones among them. */
  | {
      readonly kind: 'RenameFolder';
      readonly folder: ManagedObjectReference;
      readonly name: string;
      readonly replicas: readonly ManagedObjectReference[];
    }
  /** A live look at a cluster's DRS rules, and a change of those of the group. `own`: machines that are, or were, the group's. */
  | { readonly kind: 'WriteHostRules'; readonly rules: HostRules; readonly own: readonly ManagedObjectReference[] }
  | { readonly kind: 'DestroyFolder'; readonly folder: ManagedObjectReference }
  /** A live read of the folder of a deleted group that keeps it: a machine of the group may be in it, and not shown (R7). */
  | { readonly kind: 'LookIntoFolder'; readonly folder: ManagedObjectReference; readonly path: string }
  /** A live read of what the inventory does not show any more: only vCenter's own word proves that it is gone (R1, R7). */
  | { readonly kind: 'ProveMachineGone'; readonly known: KnownMachine }
  | { readonly kind: 'ProveFolderGone'; readonly folder: KnownFolder }
  /** A live read of the shapes and running tasks of machines that spec.adopt asks for, and of the template's shape. */
  | { readonly kind: 'InspectMachines'; readonly revision: string; readonly machines: readonly VirtualMachine[] }
  /** A live read that tells whether vCenter has one storage policy of that name. */
  | { readonly kind: 'FindStoragePolicy'; readonly policy: NamedPolicy }
  /** A live read that finds out whether an in-flight operation without a known end has happened. */
  | { readonly kind: 'Settle'; readonly operationKey: string };

/** A machine of the group that may hold an address of the spec. */
export interface AddressHolder {
  readonly ref: ManagedObjectReference;
  readonly name: string;
}

export type VCenterAction = Exclude<Action, { readonly kind: 'AddFinalizer' | 'RemoveFinalizer' }>;

/** Actions that only look: nothing changes in vCenter. */
export function isLook({ kind }: Action): boolean {
  return LOOKS.has(kind);
}

const LOOKS: ReadonlySet<Action['kind']> = new Set([
  'Settle',
  'ProveMachineGone',
  'ProveFolderGone',
  'LookIntoFolder',
  'FindStoragePolicy',
  'InspectMachines',
]);

/** The object that the action destroys; undefined for other actions. */
export function destroyedBy(action: Action): ManagedObjectReference | undefined {
  if (action.kind === 'DestroyFolder') return action.folder;
  return action.kind === 'Destroy' ? action.replica.machine.ref : undefined;
}

/** Unique within a group: the same step planned twice has the same key, and is sent once. */
export function actionKey(action: VCenterAction): string {
  if ('replica' in action) return actionKeyOf(action.kind, action.replica.machine.ref);
  switch (action.kind) {
    case 'CreateFolder':
      return `create-folder ${action.parent.value} ${action.name}`;
    case 'Clone':
      return `clone ${action.slot.ordinal}/${action.slot.revision}`;
    case 'WriteHostRules':
      return `host-rules ${action.rules.cluster.value}`;
    case 'DestroyFolder':
      return `destroy-folder ${action.folder.value}`;
    case 'LookIntoFolder':
      return `look-into-folder ${action.folder.value}`;
    case 'ProveMachineGone':
      return actionKeyOf(action.kind, action.known.ref);
    case 'ProveFolderGone':
      return `prove-folder-gone ${action.folder.ref.value}`;
    case 'FindStoragePolicy':
      return `find-storage-policy ${action.policy.name}`;
    case 'InspectMachines':
      return `inspect-machines ${action.revision}`;
    case 'RenameFolder':
      return `rename-folder ${action.folder.value}`;
    case 'Settle':
      return `settle ${action.operationKey}`;
    case 'Adopt':
      return actionKeyOf(action.kind, action.machine.ref);
  }
}

/** The slot that the action is about; undefined for an action on the group or on a folder. */
export function slotOf(action: Action): Slot | undefined {
  if (action.kind === 'ProveMachineGone') return action.known.slot;
  return action.kind === 'Clone' || action.kind === 'Adopt' ? action.slot : replicaOf(action)?.slot;
}

/** What a fault of the action is about. */
export function faultAboutOf(action: Action): FaultAbout {
  // A look must not wait for the retry of another step on the same slot.
  if (action.kind === 'ProveMachineGone') return action.known.ref;
  if (action.kind === 'FindStoragePolicy') return policySubject(action.policy.name);
  if (action.kind === 'InspectMachines') return adoptionSubject(action.revision);
  if (action.kind === 'WriteHostRules') return action.rules.cluster;
  return action.kind === 'Adopt' ? action.machine.ref : slotOf(action);
}

/** The machine that the action changes; undefined if there is none, or if it does not exist yet. */
export function machineOf(action: Action): VirtualMachine | undefined {
  return action.kind === 'Adopt' ? action.machine : replicaOf(action)?.machine;
}

/**
 * The machine's name in vCenter, also of one that does not exist yet; undefined for an action on the group or a folder.
 */
export function machineNameOf(action: VCenterAction, group: VmGroup): string | undefined {
  if (action.kind === 'Clone') return nameOfSlot(group, action.slot);
  return action.kind === 'ProveMachineGone' ? action.known.name : machineOf(action)?.name;
}

function replicaOf(action: Action): Replica | undefined {
  return 'replica' in action ? action.replica : undefined;
}

/** The key of an action on a machine. */
export function actionKeyOf(kind: VCenterAction['kind'], machine: ManagedObjectReference): string {
  return `${kind} ${machine.value}`;
}

/** Why an existing replica is removed from a group that is not being deleted. */
export type LeavingReason = 'Surplus' | 'Outdated';

/** Slots that wait for a failure domain: by slotKey, why; and the monotonic time of the next look at the domains. */
export interface WaitingSlots {
  readonly why: ReadonlyMap<string, string>;
  readonly untilMs: number;
}

/** What a group should do now, and why it does not do more. */
export interface Plan {
  readonly actions: readonly Action[];
  /** Slots that should exist, in ordinal order. Those without a machine will be created. */
  readonly keep: readonly Slot[];
  /** Machines that will be removed, by refKey, and why. */
  readonly leaving: ReadonlyMap<string, LeavingReason | 'Deleted'>;
  /** Machines that stay but are powered off for their size, by refKey. */
  readonly restarting: ReadonlySet<string>;
  /** Slots that are not made because no failure domain takes them. Absent: none. */
  readonly waiting?: WaitingSlots;
  /** What is left out for a limit. */
  readonly shortage?: Shortage;
  /** Machines that keep their size for a limit, by refKey. */
  readonly keptSmall?: ReadonlySet<string>;
  /** Monotonic time of the next step that depends on time alone. */
  readonly requeueAtMs?: number;
}

export const NOTHING: Plan = { actions: [], keep: [], leaving: new Map(), restarting: new Set() };

/** Lets the group go and leaves vCenter as it is, marks included. */
export function letGo(untouched: 'CrdDeleted' | 'ForceOrphan'): Plan {
  return { ...NOTHING, actions: [{ kind: 'RemoveFinalizer', keptFor: [], untouched }] };
}

export function removeFinalizer(keptFor: readonly string[], unrecorded?: string): Plan {
  return { ...NOTHING, actions: [{ kind: 'RemoveFinalizer', keptFor, ...(unrecorded && { unrecorded }) }] };
}
