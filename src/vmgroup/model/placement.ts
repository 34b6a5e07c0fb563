/** The vCenter objects that the names in a spec refer to. */
import type { ConditionReason } from '../../api/reasons';
import type { ManagedEntity, ManagedObjectReference } from '../../vsphere/port';
import type { NamedPolicy } from './storage-policy';

/** A name in the spec that cannot be used. The message has the field, the value and the remedy. */
export interface PlacementProblem {
  /** Reason of the condition PlacementReady. */
  readonly reason: ConditionReason;
  readonly field: string;
  readonly message: string;
}

/** Where a group's folder is, or where it will be made. */
export type ParentFolder =
  | {
      readonly kind: 'Found';
      readonly ref: ManagedObjectReference;
      readonly path: string;
      /** The default folder or the namespace's: what has the name of a group's folder there is the operator's. */
      readonly ofOperator?: true;
    }
  /** A level of the default folder does not exist yet; it is made inside `within`. `path` is that of the whole folder. */
  | {
      readonly kind: 'Missing';
      readonly within: ManagedObjectReference;
      readonly name: string;
      readonly path: string;
    };

/** A failure domain of a group, and the objects that its names stand for. */
export interface DomainPlacement {
  readonly name: string;
  /** Absent while it cannot be used: `problems` says why. */
  readonly resourcePool?: ManagedObjectReference;
  /** Absent: the template's own datastore. */
  readonly datastore?: ManagedObjectReference;
  /** Name of the DRS host group that its machines run on. The inventory has none, so whether it exists a live look tells. */
  readonly hostGroup?: string;
  readonly problems: readonly PlacementProblem[];
}

/** The objects that a spec names. A member is absent when its name could not be resolved; `problems` says why. */
export interface Placement {
  readonly datacenter?: ManagedEntity;
  readonly parentFolder?: ParentFolder;
  /** The folder that the operator's settings confine the namespace to. */
  readonly confinedTo?: { readonly ref: ManagedObjectReference; readonly path: string };
  readonly resourcePool?: ManagedObjectReference;
  /**
   * A datastore, or a datastore cluster that has it. Absent without a problem: the template's own datastore, or with a storage
   * policy one that fits it.
   */
  readonly datastore?: ManagedObjectReference;
  /** Of home and disks, in all failure domains. Absent: the default of the datastore. */
  readonly storagePolicy?: NamedPolicy;
  /** Absent: the template's adapters as they are. */
  readonly networks?: readonly ManagedObjectReference[];
  readonly template?: { readonly ref: ManagedObjectReference; readonly path: string };
  /**
   * The failure domains of the group, in the order of its list, else of the VCenter's. Each says where its machines are, so
   * `resourcePool` and `datastore` are absent. Absent: the group uses none.
   */
  readonly domains?: readonly DomainPlacement[];
  /** What prevents any replica. Of failure domains: only if none of them can be used. */
  readonly problems: readonly PlacementProblem[];
  /** The login of this vCenter can neither give machines tags nor take tags off them. */
  readonly tagsNeedPassword?: true;
  /** The place of the group's own folder is not allowed: none is made there. */
  readonly isFolderRefused?: true;
  /** Paths decide what is allowed: a folder of any name that is renamed or moved may matter. */
  readonly isJudgedByPath?: true;
}
