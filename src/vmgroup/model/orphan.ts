/**
 * Machines that an earlier operator left for this group: the original one, or ours before the cluster was restored or the
 * group made anew.
 */
import type { Ownership } from '../../api/ownership';
import type { ManagedObjectReference, VirtualMachine } from '../../vsphere/port';

/** A machine to adopt, and who owned it when it was seen: undefined for one without marks. */
export interface Orphan {
  readonly machine: VirtualMachine;
  readonly owner: Ownership | undefined;
}

export type Orphans =
  | { readonly kind: 'None' }
  /** The original's folder NAMESPACE-NAME; `folder` is renamed once all machines in it are ours. */
  | {
      readonly kind: 'Legacy';
      readonly adopt: boolean;
      readonly folder: ManagedObjectReference;
      readonly path: string;
      readonly machines: readonly Orphan[];
    }
  /** Machines with our group's marks, but of another uid or cluster; `others` have those of another group. */
  | {
      readonly kind: 'Restored';
      readonly adopt: boolean;
      readonly machines: readonly Orphan[];
      readonly others: readonly VirtualMachine[];
    };
