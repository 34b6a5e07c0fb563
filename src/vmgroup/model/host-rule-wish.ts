import type { ManagedObjectReference } from '../../vsphere/port';

/** The machines of one failure domain, which has a DRS host group. */
export interface HostGroupRule {
  readonly failureDomain: string;
  readonly hostGroup: string;
  readonly machines: readonly ManagedObjectReference[];
}

/** What a group should have in one cluster. */
export interface HostRules {
  readonly cluster: ManagedObjectReference;
  /** The machines to keep apart. Fewer than two need no rule. */
  readonly apart: readonly ManagedObjectReference[];
  /** By failure domain of the group that has a DRS host group: the machines to keep on its hosts. None: no rule. Absent: no such domain. */
  readonly domains?: readonly HostGroupRule[];
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
export function hostRulesKey({ apart, kept, domains = [] }: Omit<HostRules, 'cluster'>): string {
  const values = (refs: readonly ManagedObjectReference[]) => refs.map(({ value }) => value).join(' ');
  const ofDomains = domains.map(
    ({ failureDomain, hostGroup, machines }) => `${failureDomain} ${JSON.stringify(hostGroup)} ${values(machines)}`,
  );
  return [values(apart), values(kept), ...ofDomains].join('|');
}

/** Whether a cluster may have a rule of the group once this wish has come true. */
export function leavesRule({ apart, kept, domains = [] }: Omit<HostRules, 'cluster'>): boolean {
  return apart.length > 1 || kept.length > 0 || domains.some(({ machines }) => machines.length > 0);
}

export function clusterRef(value: string): ManagedObjectReference {
  return { type: 'ClusterComputeResource', value };
}
