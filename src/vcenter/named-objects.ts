/** The objects of vCenter that a VCenter names: its defaults and failure domains. */
import type { VCenter } from '../api/vcenter';
import type { Inventory, ManagedEntityType, ManagedObjectReference } from '../vsphere/port';

const CLUSTER = ['ClusterComputeResource', 'ComputeResource'] as const;
const POOL = ['ResourcePool', 'VirtualApp'] as const;
const POD = ['StoragePod'] as const;

interface Named {
  readonly field: string;
  readonly noun: string;
  readonly types: readonly ManagedEntityType[];
  readonly name: string | undefined;
}

interface Places {
  readonly cluster?: string;
  readonly resourcePool?: string;
  readonly datastore?: string;
  readonly datastoreCluster?: string;
}

/** One sentence for each name that stands for no object, or for several. */
export function namesNotFound({ spec }: VCenter, inventory: Inventory): readonly string[] {
  const { datacenter, cluster, resourcePool, datastore, datastoreCluster } = spec.defaults?.placement ?? {};
  const defaults = 'spec.defaults.placement';
  const problems: string[] = [];
  const find = ({ field, noun, types, name }: Named, within?: ManagedObjectReference) => {
    if (name === undefined) return undefined;
    const found = inventory.findEntity(types, name, within);
    if (found.kind === 'Found') return found.object.ref;
    const paths = found.kind === 'Ambiguous' ? [...found.candidatePaths].sort().slice(0, 5).join(', ') : '';
    problems.push(
      found.kind === 'Ambiguous'
        ? `${noun} "${name}" is ambiguous: set ${field} to one of the paths ${paths}`
        : `${noun} "${name}" was not found: correct ${field}, or create it`,
    );
    return undefined;
  };
  const within = find({ field: `${defaults}.datacenter`, noun: 'datacenter', types: ['Datacenter'], name: datacenter });
  const place = (field: string, names: Places) => {
    const inCluster = find({ field: `${field}.cluster`, noun: 'cluster', types: CLUSTER, name: names.cluster }, within);
    const pool = { field: `${field}.resourcePool`, noun: 'resource pool', types: POOL, name: names.resourcePool };
    find(pool, inCluster ?? within);
    find({ field: `${field}.datastore`, noun: 'datastore', types: ['Datastore'], name: names.datastore }, within);
    const pod = { field: `${field}.datastoreCluster`, noun: 'datastore cluster', types: POD };
    find({ ...pod, name: names.datastoreCluster }, within);
  };
  place(defaults, {
    ...(cluster && { cluster }),
    ...(resourcePool && { resourcePool }),
    ...(datastore && { datastore }),
    ...(datastoreCluster && { datastoreCluster }),
  });
  for (const { name, ...names } of spec.failureDomains ?? []) place(`spec.failureDomains[${name}]`, names);
  return problems;
}
