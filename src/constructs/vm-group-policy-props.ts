import type { Size } from 'cdk8s';
import type { AllowedNames } from './allowed-names';

/** What happens to a VmGroup that a policy does not allow. */
export enum PolicyEnforcement {
  /** The API server refuses it, with the messages of the policy. */
  DENY = 'Deny',
  /** It is taken, and its author sees the messages as warnings. For trying a policy out. */
  WARN = 'Warn',
  /** It is taken, and the messages are in the audit log of the API server only. */
  AUDIT = 'Audit',
}

/** The VmGroups that a policy is for, and what they may ask for. At least one limit must be given. */
export interface VmGroupPolicyProps {
  /**
   * Name of the ValidatingAdmissionPolicy and of its binding. Refusals name it. It is unique in the cluster.
   *
   * @default - made from the construct path
   */
  readonly name?: string;

  /**
   * Names of the namespaces that the policy is for.
   *
   * @default - all, or all with `namespaceLabels`
   */
  readonly namespaces?: string[];

  /**
   * Labels of the namespaces that the policy is for. Who may label a namespace may take it out of the policy.
   *
   * @default - all, or those of `namespaces`
   */
  readonly namespaceLabels?: { readonly [name: string]: string };

  /**
   * Most virtual CPUs of each replica.
   *
   * @default - no limit
   */
  readonly maxCpu?: number;

  /**
   * Most memory of each replica, whole GiB.
   *
   * @default - no limit
   */
  readonly maxMemory?: Size;

  /**
   * Most replicas of a group, also by `kubectl scale` and an autoscaler. How many groups a namespace may have is said by a
   * ResourceQuota: `count/vmgroups.vm.codeconnect.vmworld.com`.
   *
   * @default - no limit
   */
  readonly maxReplicas?: number;

  /**
   * Most characters of the name of a group, from which the names of its machines are made.
   *
   * @default - no limit but that of the API
   */
  readonly maxNameLength?: number;

  /**
   * Templates (`spec.template`).
   *
   * @default - any
   */
  readonly templates?: AllowedNames;

  /**
   * Datacenters (`spec.placement.datacenter`).
   *
   * @default - any
   */
  readonly datacenters?: AllowedNames;

  /**
   * Folders that hold the group's own folder (`spec.placement.folder`).
   *
   * @default - any
   */
  readonly folders?: AllowedNames;

  /**
   * Clusters or standalone hosts (`spec.placement.cluster`).
   *
   * @default - any
   */
  readonly clusters?: AllowedNames;

  /**
   * Resource pools (`spec.placement.resourcePool`).
   *
   * @default - any
   */
  readonly resourcePools?: AllowedNames;

  /**
   * Datastores (`spec.placement.datastore`). A group with a storage policy names one, or a datastore cluster, also with
   * `orUnset()`: else the policy would choose any.
   *
   * @default - any; none where `datastoreClusters` is given
   */
  readonly datastores?: AllowedNames;

  /**
   * Datastore clusters (`spec.placement.datastoreCluster`). A group names one of these or one of `datastores`.
   *
   * @default - any; none where `datastores` is given
   */
  readonly datastoreClusters?: AllowedNames;

  /**
   * Networks (each `spec.networks[].network`). Without `orUnset()` a group must name at least one.
   *
   * @default - any
   */
  readonly networks?: AllowedNames;

  /**
   * What happens to a VmGroup that is not allowed.
   *
   * @default PolicyEnforcement.DENY
   */
  readonly enforcement?: PolicyEnforcement;
}
