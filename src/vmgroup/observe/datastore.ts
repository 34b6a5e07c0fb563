/** Where the disks of a group go, if the spec or a default says it: a datastore, or a datastore cluster. */
import { ConditionReason } from '../../api/reasons';
import type { ManagedObjectReference } from '../../vsphere/port';
import { datastoresIn } from '../model/datastore-members';
import { expectOne, fromDefaults, fromSpec, type InDatacenter, type NamedBy } from './resolution';

/**
 * Undefined without a problem: the template's own, or one that fits the storage policy. What the spec names, of either kind,
 * comes before what its failure domain has, and that before a default. A default counts for no spec that names a policy: it
 * may not fit it.
 */
export function resolveDatastore(resolution: InDatacenter): ManagedObjectReference | undefined {
  const { domain: _, ...ofSpec } = resolution;
  const hasPolicy = fromSpec('storagePolicy', ofSpec) !== undefined;
  const byDefault = hasPolicy ? undefined : one(fromDefaults, resolution);
  const named = one(fromSpec, ofSpec) ?? one(fromSpec, resolution) ?? byDefault;
  if (named === undefined) return undefined;
  return named.kind === 'datastore' ? datastoreNamed(named, resolution) : clusterNamed(named, resolution);
}

interface Named extends NamedBy {
  readonly kind: 'datastore' | 'datastoreCluster';
}

/** At most one of both is given at each level. */
function one(from: typeof fromSpec, resolution: InDatacenter): Named | undefined {
  const datastore = from('datastore', resolution);
  if (datastore !== undefined) return { ...datastore, kind: 'datastore' };
  const cluster = from('datastoreCluster', resolution);
  return cluster && { ...cluster, kind: 'datastoreCluster' };
}

function datastoreNamed(
  wanted: NamedBy,
  { inventory, datacenter, problems }: InDatacenter,
): ManagedObjectReference | undefined {
  const found = inventory.findEntity(['Datastore'], wanted.name, datacenter.ref);
  const about = { noun: 'datastore', notFound: ConditionReason.DatastoreNotFound, ...wanted };
  return expectOne(found, wanted.name, about, problems)?.ref;
}

function clusterNamed(
  wanted: NamedBy,
  { inventory, datacenter, problems }: InDatacenter,
): ManagedObjectReference | undefined {
  const found = inventory.findEntity(['StoragePod'], wanted.name, datacenter.ref);
  const about = { noun: 'datastore cluster', notFound: ConditionReason.DatastoreNotFound, ...wanted };
  const pod = expectOne(found, wanted.name, about, problems)?.ref;
  if (pod === undefined || datastoresIn(pod, inventory).length > 0) return pod;
  const { field } = wanted;
  problems.push({
    reason: ConditionReason.DatastoreNotFound,
    field,
    message: `datastore cluster ${inventory.pathOf(pod)} has no datastore that the operator's account sees: add one, give the account the privilege to see them, or correct ${field}`,
  });
  return undefined;
}
