/** The groups of manifests that can be planned, and their plans. */
import { printable } from '../../../api/printable';
import { isUninstall } from '../../../vmgroup/model/uninstall';
import type { CommandOptions } from '../command-options';
import type { Manifest } from '../manifest/manifest';
import { ManifestError } from '../manifest/manifest-error';
import { problemsOfChange } from '../manifest/read-manifests';
import type { ClusterReader } from '../vcenters/cluster-reader';
import type { VCenterNote } from '../vcenters/vcenters-in-use';
import type { GroupPlan } from './group-plan';
import { type Candidate, plannedGroup } from './planned-group';
import type { PlannedVCenter } from './planned-vcenter';
import { groupOnceApplied, problemsOnceApplied, recordOf, withKeptFields } from './stored-group';

/** What a command has planned. */
export interface Planned {
  readonly plans: readonly GroupPlan[];
  /** One line for each document that is not planned. */
  readonly problems: readonly string[];
  /** What a person should know of the accounts. */
  readonly notes: readonly string[];
  /** What JSON tells of the vCenters. */
  readonly vcenters: object;
}

/** `problems`: of the files. Rejects with a ManifestError if no manifest can be planned. */
export async function readCandidates(
  given: { readonly manifests: readonly Manifest[]; readonly problems: readonly string[] },
  cluster: ClusterReader,
  { clock }: CommandOptions,
  signal: AbortSignal,
): Promise<{ readonly candidates: readonly Candidate[]; readonly problems: readonly string[] }> {
  const { manifests } = given;
  if (manifests.length === 0)
    throw new ManifestError(given.problems.length > 0 ? given.problems : ['the files hold no VmGroup to plan']);
  const candidates: Candidate[] = [];
  const refused: string[] = [];
  for (const read of manifests) {
    const stored = await cluster.stored(read, signal);
    const known = stored.kind === 'Stored' ? stored.group : undefined;
    const manifest = withKeptFields(read, stored);
    const wrong =
      known === undefined ? [] : [...problemsOfChange(manifest, known), ...problemsOnceApplied(manifest, known)];
    if (wrong.length === 0)
      candidates.push({ manifest, stored, group: groupOnceApplied(manifest, known, clock.wallMs(), recordOf(stored)) });
    refused.push(...wrong);
  }
  const problems = [...given.problems, ...refused].map(printable);
  if (candidates.length === 0) throw new ManifestError(problems);
  return { candidates, problems };
}

/** In the order of the manifests: those before count in the limits. */
export async function planAll(
  placed: readonly { readonly candidate: Candidate; readonly on: PlannedVCenter }[],
  cluster: ClusterReader,
  { clock }: CommandOptions,
  signal: AbortSignal,
): Promise<readonly GroupPlan[]> {
  const plans: GroupPlan[] = [];
  const asks = placed.some(({ candidate }) => candidate.group.spec.adopt !== undefined);
  const living = asks ? await cluster.groupUids(signal) : undefined;
  for (const { candidate, on } of placed) {
    const { group } = candidate;
    const isDeleted = group.metadata.deletionTimestamp !== undefined;
    const isUninstalling = isDeleted && isUninstall(group, await cluster.crdDeletion(signal));
    plans.push(await plannedGroup(candidate, on, { clock, isUninstalling, living }, signal));
  }
  return plans;
}

export function sentenceOf({ message, remedy }: VCenterNote): string {
  return remedy === undefined ? message : `${message}; ${remedy}`;
}
