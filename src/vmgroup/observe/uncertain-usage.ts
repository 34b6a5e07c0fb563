import { isUncertain } from '../model/limits';
import type { Cluster, SelectedVCenter, VCenters } from '../model/port';
import { namespaceOfCloneFolder } from './clone-folder';

/** Whether clones of an earlier process may still add machines that count in the limits of a namespace (R15). */
export function isUsageUncertain(
  namespace: string,
  { connection, defaultFolder, tenants, clusterId }: Omit<SelectedVCenter, 'quota' | 'name'>,
  { cluster, vcenters }: { readonly cluster: Pick<Cluster, 'id' | 'groups'>; readonly vcenters: VCenters },
): boolean {
  const { inventory } = connection;
  const rules = { clusterId: clusterId ?? cluster.id, defaultFolder, tenants };
  const question = { inventory, rules, groups: cluster.groups };
  const clones = vcenters.unclaimedClones(connection);
  return isUncertain(tenants.limits, namespace, {
    mayAdd: (asked) => clones.mayAdd(asked, (target) => namespaceOfCloneFolder(target, question)),
  });
}
