import type { CountedElsewhere } from '../../../vmgroup/observe/machine-usage';
import { identityOf, isCountedBy } from '../../manager/counted-elsewhere';
import type { ClusterReader } from './cluster-reader';
import type { KnownVCenter } from './vcenters-in-use';

/**
 * For each VCenter, which machines another one counts, as the operator decides it. The groups are listed only where several
 * VCenters name one vCenter; what could not be read counts everywhere.
 */
export async function countedMachines(
  vcenters: ReadonlyMap<string, KnownVCenter>,
  cluster: Pick<ClusterReader, 'groupHomes'>,
  signal: AbortSignal,
): Promise<(name: string) => CountedElsewhere> {
  const identities = [...vcenters.values()].flatMap(({ vcenter }) => identityOf(vcenter) ?? []);
  const isShared = new Set(identities).size < identities.length;
  const homes = isShared ? await cluster.groupHomes(signal) : new Map<string, string>();
  return (name) => ({
    holds: (groupUid) => isCountedBy(homes.get(groupUid), name, (other) => vcenters.get(other)?.vcenter),
    onChange: () => () => {},
  });
}
