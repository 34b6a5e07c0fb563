/** The resource pool of a group's machines: the one that the spec names, the namespace's, or the root of the cluster. */
import { ConditionReason } from '../../api/reasons';
import { type ManagedEntity, type ManagedEntityType, type ManagedObjectReference, refKey } from '../../vsphere/port';
import { levelsOf, pathWith } from '../model/tenant-policy';
import { below, descend, isAtOrBelow } from './lineage';
import { expectOne, expectOnly, type InDatacenter, listed, pathsOf } from './resolution';

const COMPUTE: readonly ManagedEntityType[] = ['ClusterComputeResource', 'ComputeResource'];
/** A vApp is a pool that also shows in a folder. Its limits are those of the pool that holds it. */
const POOL: readonly ManagedEntityType[] = ['ResourcePool', 'VirtualApp'];
const FIELD = 'spec.placement.resourcePool';

export function resolvePool(resolution: InDatacenter): ManagedObjectReference | undefined {
  const { spec, inventory, datacenter, problems, rules, namespace } = resolution;
  const { cluster: wantedCluster, resourcePool: wantedPool } = spec.placement ?? {};
  const isConfined = rules.tenants.namespacePools.length > 0;
  const allowed = isConfined ? poolsOfNamespace(resolution) : [];
  if (isConfined && allowed.length === 0) return undefined;
  let within = datacenter;
  // A pool that is named without a cluster is searched in the whole datacenter: the pool determines the cluster. So does
  // the only pool of a namespace.
  if (wantedCluster !== undefined || (wantedPool === undefined && !isConfined)) {
    const cluster = resolveCluster(resolution);
    if (cluster === undefined) return undefined;
    within = cluster;
  }
  if (wantedPool === undefined)
    return isConfined ? onlyPool(allowed, within, resolution) : rootPool(within, resolution);
  const found = inventory.findEntity(POOL, wantedPool, within.ref);
  const about = { noun: 'resource pool', field: FIELD, notFound: ConditionReason.ResourcePoolNotFound };
  const pool = expectOne(found, wantedPool, about, problems);
  if (pool === undefined || !isConfined) return pool?.ref;
  if (allowed.some(({ ref }) => isAtOrBelow(pool.ref, ref, inventory))) return pool.ref;
  problems.push({
    reason: ConditionReason.NotAllowed,
    field: FIELD,
    message: `resource pool ${inventory.pathOf(pool.ref)} is not one of namespace ${namespace}: set ${FIELD} to one of ${listed(pathsOf(allowed, inventory))}, or to one below`,
  });
  return undefined;
}

/** The root pool of a cluster: all that it has. */
function rootPool(cluster: ManagedEntity, { inventory, problems }: InDatacenter): ManagedObjectReference | undefined {
  const root = inventory.entitiesIn(cluster.ref).find((entity) => entity.type === 'ResourcePool');
  if (root === undefined) {
    problems.push({
      reason: ConditionReason.ResourcePoolNotFound,
      field: 'spec.placement.cluster',
      message: `the root resource pool of cluster ${cluster.name} is not visible: give the operator's account the privilege System.View on it`,
    });
  }
  return root?.ref;
}

function resolveCluster({ spec, inventory, datacenter, problems }: InDatacenter): ManagedEntity | undefined {
  const about = { noun: 'cluster', field: 'spec.placement.cluster', notFound: ConditionReason.ClusterNotFound };
  const wanted = spec.placement?.cluster;
  if (wanted !== undefined) {
    return expectOne(inventory.findEntity(COMPUTE, wanted, datacenter.ref), wanted, about, problems);
  }
  const all = inventory.entitiesOfType(COMPUTE, datacenter.ref);
  return expectOnly({ all, where: `datacenter ${datacenter.name}`, about, inventory, problems });
}

/** Those that exist. They are an administrator's, since they carry the limits of a namespace: none is made here. */
function poolsOfNamespace(resolution: InDatacenter): readonly ManagedEntity[] {
  const { datacenter, problems, rules, namespace } = resolution;
  const paths = rules.tenants.namespacePools.map((path) => pathWith(path, { ...rules, namespace }));
  const pools = new Map<string, ManagedEntity>();
  for (const path of paths) for (const pool of poolsAt(path, resolution)) pools.set(refKey(pool.ref), pool);
  if (pools.size === 0)
    problems.push({
      reason: ConditionReason.ResourcePoolNotFound,
      field: FIELD,
      message: `datacenter ${datacenter.name} has no resource pool ${paths.map((path) => `"${path}"`).join(' or ')} for namespace ${namespace}: an administrator creates it, or corrects --namespace-pools`,
    });
  return [...pools.values()];
}

/** A path that begins with a slash is that of one pool; another one begins at the root pool of each cluster. */
function poolsAt(path: string, { inventory, datacenter }: InDatacenter): readonly ManagedEntity[] {
  const names = levelsOf(path);
  const isPool = ({ type }: ManagedEntity) => POOL.includes(type);
  if (path.startsWith('/')) {
    const rest = below(datacenter, names, inventory);
    return rest === undefined ? [] : descend(datacenter, rest, inventory).filter(isPool);
  }
  return inventory
    .entitiesOfType(COMPUTE, datacenter.ref)
    .flatMap(({ ref }) => inventory.entitiesIn(ref).filter(({ type }) => type === 'ResourcePool'))
    .flatMap((root) => descend(root, names, inventory).filter(isPool));
}

/** For a spec that names no pool. */
function onlyPool(
  allowed: readonly ManagedEntity[],
  within: ManagedEntity,
  { inventory, problems, namespace }: InDatacenter,
): ManagedObjectReference | undefined {
  const here = allowed.filter(({ ref }) => isAtOrBelow(ref, within.ref, inventory));
  const [only, ...others] = here;
  if (only !== undefined && others.length === 0) return only.ref;
  problems.push(
    only === undefined
      ? {
          reason: ConditionReason.NotAllowed,
          field: 'spec.placement.cluster',
          message: `cluster ${within.name} has no resource pool of namespace ${namespace}: leave out spec.placement.cluster, or set it to that of ${listed(pathsOf(allowed, inventory))}`,
        }
      : {
          reason: ConditionReason.Ambiguous,
          field: FIELD,
          message: `namespace ${namespace} has ${here.length} resource pools: set ${FIELD} to one of ${listed(pathsOf(here, inventory))}`,
        },
  );
  return undefined;
}
