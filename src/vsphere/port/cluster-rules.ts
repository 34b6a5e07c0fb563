/** The DRS rules of a cluster, and the groups of machines and hosts that they name. */
import type { ManagedObjectReference } from './managed-object';

/** The configuration of one cluster, read live. */
export interface ClusterRules {
  /** Name of the cluster. */
  readonly name: string;
  /** While DRS is off, rules are kept and not enforced. */
  readonly drsEnabled: boolean;
  readonly rules: readonly ClusterRule[];
  readonly groups: readonly ClusterGroup[];
}

interface NamedRule {
  /** Empty for one without a name. */
  readonly name: string;
  /** What it is edited and removed by. Absent if vCenter does not tell it. */
  readonly key?: number;
  readonly ruleUuid?: string;
  readonly enabled: boolean;
  readonly mandatory: boolean;
}

export type ClusterRule =
  /** Keeps machines on different hosts. */
  | (NamedRule & { readonly kind: 'AntiAffinity'; readonly machines: readonly ManagedObjectReference[] })
  /** Keeps the machines of a group on the hosts of another, or away from them. */
  | (NamedRule & {
      readonly kind: 'MachinesToHosts';
      readonly machineGroup?: string;
      readonly hostGroup?: string;
      readonly otherHostGroup?: string;
    })
  /** Of another type, or one that cannot be read. */
  | (NamedRule & { readonly kind: 'Other' });

export interface ClusterGroup {
  readonly name: string;
  /** Other: of another type, or one that cannot be read. */
  readonly kind: 'Machines' | 'Hosts' | 'Other';
  readonly members: readonly ManagedObjectReference[];
}

/** One change of the rules or groups of a cluster. A rule with a key is edited, one without is added. */
export type ClusterChange =
  | {
      readonly kind: 'AntiAffinity';
      readonly name: string;
      readonly replaces?: Pick<ClusterRule, 'key' | 'ruleUuid'>;
      readonly machines: readonly ManagedObjectReference[];
    }
  | {
      readonly kind: 'MachinesToHosts';
      readonly name: string;
      readonly replaces?: Pick<ClusterRule, 'key' | 'ruleUuid'>;
      readonly machineGroup: string;
      readonly hostGroup: string;
    }
  | { readonly kind: 'RemoveRule'; readonly key: number }
  | {
      readonly kind: 'MachineGroup';
      readonly name: string;
      /** It exists. */
      readonly isEdit: boolean;
      readonly machines: readonly ManagedObjectReference[];
    }
  | { readonly kind: 'RemoveGroup'; readonly name: string };
