import type { VmGroup } from '../../../api/vm-group';
import type { CommandOptions } from '../command-options';
import type { Manifest } from '../manifest/manifest';
import { groupOnceApplied, recordOf, withKeptFields } from '../plan/stored-group';
import type { ClusterReader } from '../vcenters/cluster-reader';
import type { GroupChoice } from '../vcenters/group-choice';
import type { CheckResult } from './check-steps';

export interface ChosenGroups {
  /** A failed check for each group without a vCenter. */
  readonly checks: readonly CheckResult[];
  /** By the name of their vCenter. */
  readonly groups: ReadonlyMap<string, readonly Manifest[]>;
}

/** The groups of manifests, by the vCenter that each belongs to once it is applied. */
export async function chooseGroups(
  manifests: readonly Manifest[],
  cluster: Pick<ClusterReader, 'stored'>,
  choose: (group: VmGroup) => GroupChoice,
  { clock }: Pick<CommandOptions, 'clock'>,
  signal: AbortSignal,
): Promise<ChosenGroups> {
  const checks: CheckResult[] = [];
  const groups = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const stored = await cluster.stored(manifest, signal);
    const choice = choose(
      groupOnceApplied(
        withKeptFields(manifest, stored),
        stored.kind === 'Stored' ? stored.group : undefined,
        clock.wallMs(),
        recordOf(stored),
      ),
    );
    if (choice.kind === 'On') groups.set(choice.name, [...(groups.get(choice.name) ?? []), manifest]);
    else {
      const { source, namespace, name } = manifest;
      checks.push({
        check: 'selection',
        status: 'failed',
        message: `${source}, ${namespace}/${name}: ${choice.message}`,
      });
    }
  }
  return { checks, groups };
}
