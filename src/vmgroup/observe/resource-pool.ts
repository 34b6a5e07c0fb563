/**
 * The resource pool of a group's machines: the one that the spec names, the namespace's, that of the defaults, or the root of
 * the cluster.
 */
import { ConditionReason } from '../../api/reasons';
import {
  type Lookup,
  type ManagedEntity,
  type ManagedEntityType,
  type ManagedObjectReference,
  refKey,
} from '../../vsphere/port';
import { below, descend, isAtOrBelow } from '../model/lineage';
import { levelsOf, pathWith } from '../model/tenant-policy';
import {
  expectOne,
  expectOnly,
  fromDefaults,
  fromSpec,
  type InDatacenter,
  listed,
  type NamedBy,
  pathsOf,
} from './resolution';

const COMPUTE: readonly ManagedEntityType[] = ['ClusterComputeResource', 'ComputeResource'];
/** A vApp is a pool that also shows in a folder. Its limits are those of the pool that holds it. */
const POOL: readonly ManagedEntityType[] = ['ResourcePool', 'VirtualApp'];
const FIELD = 'spec.placement.resourcePool';

export function resolvePool(resolution: InDatacenter): ManagedObjectReference | undefined {
  const { inventory, datacenter, problems, rules, namespace } = resolution;
  const isConfined = rules.tenants.namespacePools.length > 0;
  const allowed = isConfined ? poolsOfNamespace(resolution) : [];
  if (isConfined && allowed.length === 0) return undefined;
  const { cluster: wantedCluster, pool: wantedPool } = isConfined ? ownPlace(resolution) : placeOf(resolution);
  let within = datacenter;
  // A pool that is named without a cluster is searched in the whole datacenter: the pool determines the cluster. So does
  // the only pool of a namespace.
  if (wantedCluster !== undefined || (wantedPool === undefined && !isConfined)) {
    const cluster = resolveCluster(wantedCluster, resolution);
    if (cluster === undefined) return undefined;
    within = cluster;
  }
  if (wantedPool === undefined)
    return isConfined ? onlyPool(allowed, within, resolution) : rootPool(within, resolution);
  const { name } = wantedPool;
  const about = { noun: 'resource pool', notFound: ConditionReason.ResourcePoolNotFound, ...wantedPool };
  const pool = expectOne(findPool(name, within, resolution), name, about, problems);
  if (pool === undefined || !isConfined) return pool?.ref;
  if (allowed.some(({ ref }) => isAtOrBelow(pool.ref, ref, inventory))) return pool.ref;
  problems.push({
    reason: ConditionReason.NotAllowed,
    field: FIELD,
    message: `resource pool ${inventory.pathOf(pool.ref)} is not one of namespace ${namespace}: set ${FIELD} to one of ${listed(pathsOf(allowed, inventory))}, or to one below`,
  });
  return undefined;
}

interface Place {
  readonly cluster: NamedBy | undefined;
  readonly pool: NamedBy | undefined;
}

function ownPlace(resolution: InDatacenter): Place {
  return { cluster: fromSpec('cluster', resolution), pool: fromSpec('resourcePool', resolution) };
}

/** Cluster and pool are one place: a default for one of them must not send machines away from where the spec puts them. */
function placeOf(resolution: InDatacenter): Place {
  const own = ownPlace(resolution);
  if (own.cluster !== undefined || own.pool !== undefined) return own;
  return { cluster: fromDefaults('cluster', resolution), pool: fromDefaults('resourcePool', resolution) };
}

/** The default cluster tells apart pools of one name in several clusters. */
function findPool(name: string, within: ManagedEntity, resolution: InDatacenter): Lookup<ManagedEntity> {
  const { inventory, datacenter, rules } = resolution;
  const found = inventory.findEntity(POOL, name, within.ref);
  const preferred = rules.tenants.defaults.cluster;
  if (found.kind !== 'Ambiguous' || preferred === undefined) return found;
  const cluster = inventory.findEntity(COMPUTE, preferred, datacenter.ref);
  if (cluster.kind !== 'Found' || !isAtOrBelow(cluster.object.ref, within.ref, inventory)) return found;
  const there = inventory.findEntity(POOL, name, cluster.object.ref);
  return there.kind === 'Found' ? there : found;
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

function resolveCluster(
  wanted: NamedBy | undefined,
  { inventory, datacenter, problems }: InDatacenter,
): ManagedEntity | undefined {
  const field = wanted?.field ?? 'spec.placement.cluster';
  const about = { noun: 'cluster', field, notFound: ConditionReason.ClusterNotFound, instead: wanted?.instead };
  if (wanted !== undefined) {
    return expectOne(inventory.findEntity(COMPUTE, wanted.name, datacenter.ref), wanted.name, about, problems);
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
