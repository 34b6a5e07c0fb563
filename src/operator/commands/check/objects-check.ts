/** The check of VCenter objects in turn: those of the files, and those that groups of the files belong to; else all. */
import { leaseNamespace } from '../../settings/lease-namespace';
import type { CommandOptions } from '../command-options';
import type { Manifest } from '../manifest/manifest';
import type { ReadManifests } from '../manifest/read-manifests';
import { groupOnceApplied } from '../plan/stored-group';
import { findAccount } from '../vcenters/account-source';
import type { ClusterReader } from '../vcenters/cluster-reader';
import { choiceOf } from '../vcenters/group-choice';
import { type LabelsOf, namespaceLabels } from '../vcenters/namespace-labels';
import type { KnownVCenter } from '../vcenters/vcenters-in-use';
import type { CheckResult } from './check-steps';
import type { CheckSection } from './check-text';
import { checkObject } from './object-check';
import { checkSelector } from './selected-namespaces';

export interface ObjectsCheck {
  readonly given: ReadManifests;
  readonly vcenters: ReadonlyMap<string, KnownVCenter>;
  readonly cluster: ClusterReader;
  readonly clusterId: () => Promise<string>;
}

export async function checkObjects(
  check: ObjectsCheck,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<{ readonly checks: readonly CheckResult[]; readonly vcenters: readonly CheckSection[] }> {
  const { given, vcenters, cluster, clusterId } = check;
  const { environment } = options;
  const namespaces = await cluster.namespaces(signal);
  const labelsOf = namespaceLabels(given.namespaces, namespaces);
  const { checks, groups } = await chosen(check, labelsOf, options, signal);
  const account = {
    ...{ secrets: given.secrets, namespace: leaseNamespace(environment), environment },
    readAccount: (secret: string) => cluster.account(secret, signal),
  };
  const sections: CheckSection[] = [];
  for (const { vcenter, source } of meant(given, vcenters, groups)) {
    const { name } = vcenter.metadata;
    const results = await checkObject(
      {
        ...{ vcenter, manifests: groups.get(name) ?? [], clusterId },
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

/** The groups by their VCenter. A group without one has failed. */
async function chosen(
  { given, vcenters, cluster }: ObjectsCheck,
  labelsOf: LabelsOf,
  { clock }: CommandOptions,
  signal: AbortSignal,
) {
  const checks: CheckResult[] = [];
  const groups = new Map<string, Manifest[]>();
  for (const manifest of given.manifests) {
    const stored = await cluster.stored(manifest, signal);
    const group = groupOnceApplied(manifest, stored.kind === 'Stored' ? stored.group : undefined, clock.wallMs());
    const choice = choiceOf(group, vcenters, labelsOf);
    if (choice.kind === 'On') groups.set(choice.name, [...(groups.get(choice.name) ?? []), manifest]);
    else {
      const { source, namespace, name } = manifest;
      const message = `${source}, ${namespace}/${name}: ${choice.message}`;
      checks.push({ check: 'selection', status: 'failed', message });
    }
  }
  return { checks, groups };
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
