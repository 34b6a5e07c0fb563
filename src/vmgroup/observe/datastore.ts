/** Where the disks of a group go, if the spec or a default says it: a datastore, or a datastore cluster. */
import { ConditionReason } from '../../api/reasons';
import type { ManagedObjectReference } from '../../vsphere/port';
import { datastoresIn } from '../model/datastore-members';
import { expectOne, fromDefaults, fromSpec, type InDatacenter, type NamedBy } from './resolution';

/** Undefined without a problem: the template's own. A spec that names one of both takes the place of either default. */
export function resolveDatastore(resolution: InDatacenter): ManagedObjectReference | undefined {
  const one = fromSpec('datastore', resolution);
  const several = fromSpec('datastoreCluster', resolution);
  if (one !== undefined) return datastoreNamed(one, resolution);
  if (several !== undefined) return clusterNamed(several, resolution);
  const oneByDefault = fromDefaults('datastore', resolution);
  if (oneByDefault !== undefined) return datastoreNamed(oneByDefault, resolution);
  const severalByDefault = fromDefaults('datastoreCluster', resolution);
  return severalByDefault && clusterNamed(severalByDefault, resolution);
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
