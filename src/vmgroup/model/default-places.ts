/** Where groups go that name no place. */
import type { PlacementDefaults, TenantPolicy } from './tenant-policy';

/** By the defaults, and by each failure domain. */
export function defaultPlaces({
  defaults,
  failureDomains = [],
}: Pick<TenantPolicy, 'defaults' | 'failureDomains'>): readonly PlacementDefaults[] {
  const domains = failureDomains.map((domain) => ({
    datacenter: defaults.datacenter,
    cluster: domain.cluster,
    resourcePool: domain.resourcePool,
    ...storageOf(domain, defaults),
    storagePolicy: defaults.storagePolicy,
  }));
  return [defaults, ...domains];
}

/** Those of a failure domain, of either kind, take the place of both defaults. */
function storageOf(domain: Storage, defaults: Storage): Storage {
  const { datastore, datastoreCluster } = domain;
  if (datastore !== undefined || datastoreCluster !== undefined) return { datastore, datastoreCluster };
  return { datastore: defaults.datastore, datastoreCluster: defaults.datastoreCluster };
}

type Storage = Pick<PlacementDefaults, 'datastore' | 'datastoreCluster'>;
