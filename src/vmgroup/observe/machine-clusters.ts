import type { Inventory } from '../../vsphere/port';
import { clusterAround } from '../model/lineage';
import type { Replica } from '../model/observation';

/**
 * The replicas, each with its cluster: the owner of its resource pool. Without one where vCenter does not tell the pool, or
 * the account does not see what holds it; and on a standalone host, which has no DRS.
 */
export function inClusters(replicas: readonly Replica[], inventory: Inventory): readonly Replica[] {
  return replicas.map((replica) => {
    const { resourcePool } = replica.machine;
    const cluster = resourcePool && clusterAround(resourcePool, inventory);
    return cluster === undefined ? replica : { ...replica, cluster };
  });
}
