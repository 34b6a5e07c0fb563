import type { ManagedObjectReference } from '../../vsphere/port';

/** What a group should have in one cluster. */
export interface HostRules {
  readonly cluster: ManagedObjectReference;
  /** The machines to keep apart. Fewer than two need no rule. */
  readonly apart: readonly ManagedObjectReference[];
  /** Machines that are, or may be, the group's, and of which nobody knows now where they are: they stay where they are found. */
  readonly kept: readonly ManagedObjectReference[];
}

/** What a live look has found or made in one cluster. */
export interface KnownHostRules {
  /** The rules that were wished for, as a key. */
  readonly wish: string;
  /** The group may still have a rule there. */
  readonly isLeft: boolean;
  readonly atMs: number;
}

/** Tells two wishes for one cluster apart. */
export function hostRulesKey({ apart, kept }: Omit<HostRules, 'cluster'>): string {
  return [apart, kept].map((refs) => refs.map(({ value }) => value).join(' ')).join('|');
}

/** Whether a cluster may have a rule of the group once this wish has come true. */
export function leavesRule({ apart, kept }: Omit<HostRules, 'cluster'>): boolean {
  return apart.length > 1 || kept.length > 0;
}

export function clusterRef(value: string): ManagedObjectReference {
  return { type: 'ClusterComputeResource', value };
}
