/**
 * Machines that were made for this group by an earlier operator: the original one, or this one before the cluster was
 * restored or the group was deleted and made again.
 */
import type { Ownership } from '../../api/ownership';
import type { ManagedObjectReference, VirtualMachine } from '../../vsphere/port';

/** A machine to adopt, and its owner when it was seen: undefined for a machine without marks. */
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
  /**
   * Machines with the marks of our group, but with another uid or cluster. `refused` are of a cluster that no administrator
   * has named (R15); `others` carry marks of another group.
   */
  | {
      readonly kind: 'Restored';
      readonly adopt: boolean;
      readonly machines: readonly Orphan[];
      readonly refused: readonly Orphan[];
      readonly others: readonly VirtualMachine[];
    };

/** Whether they wait for a person, and not only for their adoption. */
export function waitForPerson(orphans: Exclude<Orphans, { readonly kind: 'None' }>): boolean {
  if (!orphans.adopt) return true;
  return orphans.kind === 'Restored' && orphans.refused.length + orphans.others.length > 0;
}
