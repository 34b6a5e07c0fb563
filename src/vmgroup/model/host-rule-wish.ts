import { type ManagedObjectReference, refKey } from '../../vsphere/port';

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
  /** The rules that were wished for, as a key; empty: they are looked at again. */
  readonly wish: string;
  /** The group may still have a rule there. */
  readonly isLeft: boolean;
  /** refKeys of machines that a rule keeps on the hosts of a DRS host group, or that vCenter refused one. */
  readonly onHosts: ReadonlySet<string>;
  readonly atMs: number;
}

/** Whether the last look did not tell what the group has there. */
export function isLookedAtAgain({ wish }: Pick<KnownHostRules, 'wish'>): boolean {
  return wish === '';
}

/** Tells two wishes for one cluster apart. */
export function hostRulesKey({ apart, kept, domains = [] }: Omit<HostRules, 'cluster'>): string {
  const values = (refs: readonly ManagedObjectReference[]) => refs.map(({ value }) => value).join(' ');
  const ofDomains = domains.map(
    ({ failureDomain, hostGroup, machines }) => `${failureDomain} ${JSON.stringify(hostGroup)} ${values(machines)}`,
  );
  return [values(apart), values(kept), ...ofDomains].join('|');
}

/** refKeys of the machines that are to be kept on the hosts of a DRS host group. */
export function machinesOnHosts({ domains = [] }: Pick<HostRules, 'domains'>): ReadonlySet<string> {
  return new Set(domains.flatMap(({ machines }) => machines.map(refKey)));
}

/** Whether a cluster may have a rule of the group once this wish has come true. */
export function leavesRule({ apart, kept, domains = [] }: Omit<HostRules, 'cluster'>): boolean {
  return apart.length > 1 || kept.length > 0 || domains.some(({ machines }) => machines.length > 0);
}

export function clusterRef(value: string): ManagedObjectReference {
  return { type: 'ClusterComputeResource', value };
}
