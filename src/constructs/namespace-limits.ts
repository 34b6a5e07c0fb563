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
export function problemsOfNamespaceLimits({
  folder,
  resourcePools = [],
  adoptFromClusters = [],
  adoptableMachines = [],
}: NamespaceLimits): readonly string[] {
  const at = (prop: string) => `namespaceLimits.${prop}`;
  return [
    ...(folder === undefined ? [] : problemsOfPath(at('folder'), folder, ['namespace', 'cluster'])),
    ...(folder === undefined || folder.includes('$(namespace)')
      ? []
      : [`${at('folder')} is ${JSON.stringify(folder)}: put $(namespace) into it, or all namespaces share it`]),
    ...resourcePools.flatMap((pool) => [
      ...problemsOfPath(at('resourcePools'), pool, ['namespace', 'cluster']),
      ...(pool.includes(',') ? [`${at('resourcePools')} is ${JSON.stringify(pool)}: give paths without a comma`] : []),
    ]),
    ...adoptFromClusters
      .filter((id) => !/^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/.test(id))
      .map(
        (id) =>
          `${at('adoptFromClusters')} is ${JSON.stringify(id)}: give the UID of that cluster's namespace kube-system`,
      ),
    ...adoptableMachines.flatMap((pattern) => [
      ...problemsOfPath(at('adoptableMachines'), pattern, ['namespace', 'cluster']),
      ...(/^(\/|\*\*)/.test(pattern) && !pattern.includes(',')
        ? []
        : [
            `${at('adoptableMachines')} is ${JSON.stringify(pattern)}: begin it with "/", and give patterns without a comma`,
          ]),
    ]),
  ];
}

/** Of names with slashes between them, each of at most 79 characters. */
export function problemsOfPath(prop: string, path: string, variables: readonly string[]): readonly string[] {
  const names = path.split('/').filter((name) => name !== '');
  const isName = (name: string) => name.length <= 79 && name.trim() === name && name !== '.' && name !== '..';
  const unknown = [...path.matchAll(/\$\(([^)]*)\)?/g)].some(([, name = '']) => !variables.includes(name));
  if (names.length > 0 && names.every(isName) && !unknown) return [];
  const known = variables.map((name) => `$(${name})`).join(' or ');
  return [
    `${prop} is ${JSON.stringify(path)}: give names of at most 79 characters with "/" between them; a variable is ${known}`,
  ];
}
