/** Plans on the VCenter objects that select the groups' namespaces. */
import { leaseNamespace } from '../../settings/lease-namespace';
import type { CommandOptions } from '../command-options';
import type { ReadManifests } from '../manifest/read-manifests';
import { type ClusterReader, NO_CLUSTER } from '../vcenters/cluster-reader';
import { countedMachines } from '../vcenters/counted-machines';
import { choiceOf } from '../vcenters/group-choice';
import { namespaceLabels } from '../vcenters/namespace-labels';
import type { KnownVCenter } from '../vcenters/vcenters-in-use';
import { type Planned, planAll, readCandidates } from './candidates';
import { nowhere, unreachable } from './planned-vcenter';
import { VCenterSet } from './vcenter-set';

export interface ObjectsPlan {
  readonly given: ReadManifests;
  readonly cluster: ClusterReader;
  readonly vcenters: ReadonlyMap<string, KnownVCenter>;
}

/** Rejects with a ManifestError if no manifest can be planned. */
export async function planForObjects(
  { given, cluster, vcenters }: ObjectsPlan,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<Planned> {
  const { environment } = options;
  const { manifests, problemsWithVCenters, secrets } = given;
  const files = { manifests, problems: problemsWithVCenters };
  const { candidates, problems } = await readCandidates(files, cluster, options, signal);
  const labelsOf = namespaceLabels(given.namespaces, await cluster.namespaces(signal));
  const chosen = candidates.map((candidate) => ({
    candidate,
    choice: choiceOf(candidate.group, vcenters, labelsOf),
  }));
  const used = new Set(chosen.flatMap(({ choice }) => (choice.kind === 'On' ? [choice.name] : [])));
  const sources = {
    ...{ secrets, namespace: leaseNamespace(environment), environment },
    readAccount: (secret: string) => cluster.account(secret, signal),
  };
  const counted = await countedMachines(vcenters, cluster, signal);
  const set = new VCenterSet(options, sources, (await cluster.clusterId(signal)) ?? NO_CLUSTER, counted);
  try {
    const meant = [...vcenters.values()].filter(({ vcenter }) => used.has(vcenter.metadata.name));
    const opened = await set.open(meant, signal);
    const placed = chosen.map(({ candidate, choice }) => {
      if (choice.kind === 'None') return { candidate, on: nowhere(choice) };
      return { candidate, on: opened.get(choice.name) ?? unreachable(choice.name, 'it was not connected') };
    });
    const plans = await planAll(placed, cluster, options, signal);
    const named = plans.map((plan, index) => {
      const choice = chosen[index]?.choice;
      return choice?.kind === 'On' ? { ...plan, vcenter: choice.name } : plan;
    });
    return { plans: named, problems, notes: set.notes, vcenters: { vcenters: set.instances } };
  } finally {
    await set.close();
  }
}
