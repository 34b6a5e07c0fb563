import { follows } from '../api/text-rule';
import { LIMIT_RULES } from './prop-rules';

/** What the authors of VmGroups may do in vCenter. One account serves all namespaces, so the operator limits them. */
export interface NamespaceLimits {
  /**
   * Folder of each namespace: a path below the VM folder of a datacenter, or an inventory path, with the variables
   * `$(namespace)` and `$(cluster)`, such as `tenants/$(namespace)`. Groups stay in it or below. It is not made.
   *
   * @default - a group may name any folder that is not a group's
   */
  readonly folder?: string;

  /**
   * Resource pools of each namespace: paths below the root pool of a cluster, or inventory paths, with the same variables.
   * Groups stay in them or below. They are not made.
   *
   * @default - a group may name any pool
   */
  readonly resourcePools?: string[];

  /**
   * Whether a group may be cloned from a machine that is no template. Its author gets all that is on its disks.
   *
   * @default false
   */
  readonly allowMachineSources?: boolean;

  /**
   * Ids of other clusters (the UIDs of their namespaces kube-system) whose operators are stopped for good. Groups may adopt
   * their machines.
   *
   * @default - none
   */
  readonly adoptFromClusters?: string[];

  /**
   * Machines that exist and that groups may take over with `adopt`: patterns for inventory paths, with the same variables as
   * `folder`, such as `/dc/vm/tenants/$(namespace)/**`. VCenter objects have a list of their own.
   *
   * @default - none
   */
  readonly adoptableMachines?: string[];
}

/** The flags of `vm-operator run` for these limits. A `$(…)` that names no variable of the container is left as it is. */
export function namespaceLimitFlags(limits: NamespaceLimits): readonly string[] {
  const { folder, resourcePools = [], adoptFromClusters = [], adoptableMachines = [] } = limits;
  return [
    ...(limits.allowMachineSources ? ['--allow-machine-sources'] : []),
    ...(folder === undefined ? [] : [`--namespace-folder=${folder}`]),
    ...(resourcePools.length === 0 ? [] : [`--namespace-pools=${resourcePools.join(',')}`]),
    ...(adoptFromClusters.length === 0 ? [] : [`--adopt-from-clusters=${adoptFromClusters.join(',')}`]),
    ...(adoptableMachines.length === 0 ? [] : [`--adoptable-machines=${adoptableMachines.join(',')}`]),
  ];
}

/** What cannot work: one line `<prop> is <value>: <remedy>` each. */
export function problemsOfNamespaceLimits(limits: NamespaceLimits): readonly string[] {
  const { folder, resourcePools = [], adoptFromClusters = [], adoptableMachines = [] } = limits;
  const given = { folder: folder === undefined ? [] : [folder], resourcePools, adoptFromClusters, adoptableMachines };
  return (['folder', 'resourcePools', 'adoptFromClusters', 'adoptableMachines'] as const).flatMap((prop) =>
    given[prop]
      .filter((text) => !follows(LIMIT_RULES[prop], text))
      .map((text) => `namespaceLimits.${prop} is ${JSON.stringify(text)}: ${LIMIT_RULES[prop].remedy}`),
  );
}
