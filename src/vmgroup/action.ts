import type { Slot } from '../api/identity';
import type { ManagedObjectReference } from '../vsphere/port';
import type { Replica } from './observation';

/** One step of a plan. The first two go to the API server, the others to vCenter by way of the dispatcher. */
export type Action =
  | { readonly kind: 'AddFinalizer' }
  /** `keptFor` names the foreign objects for which the group's folder stays (R1). */
  | { readonly kind: 'RemoveFinalizer'; readonly keptFor: readonly string[] }
  | { readonly kind: 'CreateFolder'; readonly parent: ManagedObjectReference; readonly name: string }
  | {
      readonly kind: 'Clone';
      readonly slot: Slot;
      readonly template: ManagedObjectReference;
      readonly folder: ManagedObjectReference;
      readonly resourcePool: ManagedObjectReference;
      readonly datastore?: ManagedObjectReference;
    }
  | { readonly kind: 'Reconfigure'; readonly replica: Replica }
  | { readonly kind: 'PowerOn'; readonly replica: Replica }
  | { readonly kind: 'PowerOff'; readonly replica: Replica }
  | { readonly kind: 'Destroy'; readonly replica: Replica }
  /** Takes our marks off: the machine is nobody's from then on (deletionPolicy Orphan). */
  | { readonly kind: 'ReleaseMarks'; readonly replica: Replica }
  | { readonly kind: 'DestroyFolder'; readonly folder: ManagedObjectReference }
  /** A live read that decides what became of a ledger entry whose end nobody saw. */
  | { readonly kind: 'Settle'; readonly entryKey: string };

export type VCenterAction = Exclude<Action, { readonly kind: 'AddFinalizer' | 'RemoveFinalizer' }>;

/** Unique within a group: the same step planned twice has the same key, and is sent once. */
export function actionKey(action: VCenterAction): string {
  switch (action.kind) {
    case 'CreateFolder':
      return `create-folder ${action.name}`;
    case 'Clone':
      return `clone ${action.slot.ordinal}/${action.slot.revision}`;
    case 'DestroyFolder':
      return `destroy-folder ${action.folder.value}`;
    case 'Settle':
      return `settle ${action.entryKey}`;
    case 'Reconfigure':
    case 'PowerOn':
    case 'PowerOff':
    case 'Destroy':
    case 'ReleaseMarks':
      return `${action.kind} ${action.replica.machine.ref.value}`;
  }
}

/** What a group should do now, and why it does not do more. */
export interface Plan {
  readonly actions: readonly Action[];
  /** Slots that should exist. In ordinal order; those without a machine are to be created. */
  readonly keep: readonly Slot[];
  /** Machines that are to go: surplus, outdated or of a deleted group. */
  readonly leaving: ReadonlySet<string>;
  /** Monotonic time of the next step that only time can bring. */
  readonly recheckAtMs?: number;
}

export const NOTHING: Plan = { actions: [], keep: [], leaving: new Set() };

export function removeFinalizer(keptFor: readonly string[]): Plan {
  return { ...NOTHING, actions: [{ kind: 'RemoveFinalizer', keptFor }] };
}
