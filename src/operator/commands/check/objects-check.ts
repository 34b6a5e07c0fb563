/** The check of VCenter objects in turn: those of the files, and those that groups of the files belong to; else all. */
import type { VmGroup } from '../../../api/vm-group';
import { RefusedLogins } from '../../../vsphere';
import { leaseNamespace } from '../../settings/lease-namespace';
import type { CommandOptions } from '../command-options';
import type { ReadManifests } from '../manifest/read-manifests';
import { findAccount } from '../vcenters/account-source';
import type { ClusterReader } from '../vcenters/cluster-reader';
import { countedMachines } from '../vcenters/counted-machines';
import { choiceOf } from '../vcenters/group-choice';
import { namespaceLabels } from '../vcenters/namespace-labels';
import type { KnownVCenter } from '../vcenters/vcenters-in-use';
import type { CheckResult } from './check-steps';
import type { CheckSection } from './check-text';
import { chooseGroups } from './chosen-groups';
import { checkObject } from './object-check';
import { checkSelector } from './selected-namespaces';

export interface ObjectsCheck {
  readonly given: ReadManifests;
  readonly vcenters: ReadonlyMap<string, KnownVCenter>;
  readonly cluster: ClusterReader;
  readonly clusterId: () => Promise<string>;
}

export async function checkObjects(
  { given, vcenters, cluster, clusterId }: ObjectsCheck,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<{ readonly checks: readonly CheckResult[]; readonly vcenters: readonly CheckSection[] }> {
  const { environment } = options;
  const namespaces = await cluster.namespaces(signal);
  const labelsOf = namespaceLabels(given.namespaces, namespaces);
  const choose = (group: VmGroup) => choiceOf(group, vcenters, labelsOf);
  const { checks, groups } = await chooseGroups(given.manifests, cluster, choose, options, signal);
  const account = {
    ...{ secrets: given.secrets, namespace: leaseNamespace(environment), environment },
    readAccount: (secret: string) => cluster.account(secret, signal),
  };
  const counted = await countedMachines(vcenters, cluster, signal);
  const refusedLogins = new RefusedLogins(options.clock, options.random);
  const sections: CheckSection[] = [];
  for (const { vcenter, source } of meant(given, vcenters, groups)) {
    const { name } = vcenter.metadata;
    const results = await checkObject(
      {
        ...{ vcenter, manifests: groups.get(name) ?? [], clusterId, elsewhere: counted(name), refusedLogins },
        findAccount: () => findAccount(vcenter, account),
        checkSelector: () => {
          const names = given.namespaces.map((namespace) => namespace.name);
          return checkSelector(vcenter, names, namespaces, labelsOf);
        },
      },
      options,
      signal,
    );
    sections.push({ name, ...(source !== undefined && { source }), checks: results });
  }
  return { checks, vcenters: sections };
}

/** What is wrong with a manifest is told by the check of the files. */
function meant(
  { vcenters: given, manifests, hasVCenters }: ReadManifests,
  vcenters: ReadonlyMap<string, KnownVCenter>,
  groups: ReadonlyMap<string, unknown>,
): readonly KnownVCenter[] {
  const isAll = !hasVCenters && manifests.length === 0;
  const bad = new Set(given.filter(({ vcenter }) => vcenter.specProblems !== undefined).map(({ source }) => source));
  return [...vcenters.values()]
    .filter(({ vcenter, source }) => isAll || source !== undefined || groups.has(vcenter.metadata.name))
    .filter(({ source }) => source === undefined || !bad.has(source))
    .sort((a, b) => (a.vcenter.metadata.name < b.vcenter.metadata.name ? -1 : 1));
}
