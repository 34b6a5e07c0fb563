/** `vm-operator plan`: shows what the operator would do for some manifests, and why. Changes nothing. */
import { printable, printableLines } from '../../../api/printable';
import { isUninstall } from '../../../vmgroup/model/uninstall';
import { readVCenterSettings } from '../../settings/environment';
import { leaseNamespace } from '../../settings/lease-namespace';
import { SettingsError } from '../../settings/settings-error';
import type { CommandOptions } from '../command-options';
import type { Manifest } from '../manifest/manifest';
import { ManifestError } from '../manifest/manifest-error';
import { problemsOfChange, type ReadManifests, readEachManifest } from '../manifest/read-manifests';
import { commandLogger, readVCenter } from '../reading';
import { type ClusterReader, NO_CLUSTER, readCluster } from '../vcenters/cluster-reader';
import { choiceOf } from '../vcenters/group-choice';
import { namespaceLabels } from '../vcenters/namespace-labels';
import { type KnownVCenter, type VCenterNote, vcentersInUse } from '../vcenters/vcenters-in-use';
import { cannotBePlanned, type GroupPlan } from './group-plan';
import { planText } from './plan-text';
import { type Candidate, plannedGroup } from './planned-group';
import { type PlannedVCenter, readyVCenter } from './planned-vcenter';
import { groupOnceApplied } from './stored-group';
import { VCenterSet } from './vcenter-set';

export const EXIT_NO_CHANGES = 0;
export const EXIT_ERROR = 1;
export const EXIT_CHANGES = 2;

interface Planned {
  readonly plans: readonly GroupPlan[];
  /** One line for each document that is not planned. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  /** What JSON tells of the vCenters. */
  readonly vcenters: object;
}

/** Prints the plan and resolves with the exit code. Rejects with the reason when there is nothing to print. */
export async function runPlan(options: CommandOptions, signal: AbortSignal): Promise<number> {
  const { flags, environment, clock, screen, print, standardInput } = options;
  if (flags.files.length === 0)
    throw new SettingsError('nothing to plan: name a manifest with -f FILE, or - for standard input');
  const given = await readEachManifest({ ...flags, standardInput });
  const cluster = readCluster(clock, leaseNamespace(environment));
  try {
    const inUse = vcentersInUse(given.vcenters, await cluster.vcenters(signal));
    // R15: a VCenter that could not be read is no reason to plan for the environment instead.
    if (inUse.kind === 'Environment' && given.hasVCenters) throw new ManifestError(given.problemsWithVCenters);
    const { plans, problems, notes, vcenters } =
      inUse.kind === 'Environment'
        ? await planForEnvironment(given, cluster, inUse.note, options, signal)
        : await planForObjects({ ...{ given, cluster }, vcenters: inUse.vcenters }, options, signal);
    const told = [...(inUse.note === undefined ? [] : [sentenceOf(inUse.note)]), ...notes].map(printable);
    const changes = plans.some((plan) => plan.changes);
    const asJson = { ...vcenters, changes, groups: plans, problems, ...(told.length > 0 && { notes: told }) };
    if (flags.output === 'json') print(`${printableLines(JSON.stringify(asJson, null, 2))}\n`);
    else print(`${planText(plans, screen, problems, told).join('\n')}\n`);
    if (problems.length > 0 || plans.some(cannotBePlanned)) return EXIT_ERROR;
    return changes ? EXIT_CHANGES : EXIT_NO_CHANGES;
  } finally {
    cluster.close();
  }
}

function sentenceOf({ message, remedy }: VCenterNote): string {
  return remedy === undefined ? message : `${message}; ${remedy}`;
}

async function planForEnvironment(
  given: ReadManifests,
  cluster: ClusterReader,
  note: VCenterNote | undefined,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<Planned> {
  const { flags, clock } = options;
  const vcenter = settingsOf(options, note);
  const { candidates, problems } = await readCandidates(given.manifests, given.problems, cluster, options, signal);
  const logger = commandLogger(flags.logLevel, clock, options.log);
  const reader = readVCenter({ ...options, vcenter, logger });
  try {
    const uid = (await cluster.clusterId(signal)) ?? NO_CLUSTER;
    const ready = await readyVCenter(reader, uid, { clock, timeoutMs: flags.timeoutMs }, signal);
    const plans = await planAll(candidates, () => ready, cluster, options, signal);
    const { instanceUuid } = ready;
    return { plans, problems, notes: [], vcenters: { vcenter: { name: reader.name, instanceUuid } } };
  } finally {
    await reader.close();
  }
}

/** Throws SettingsError, with why the environment is asked at all. */
function settingsOf({ environment, flags }: CommandOptions, note: VCenterNote | undefined) {
  try {
    return readVCenterSettings(environment, flags.insecure);
  } catch (error) {
    if (!(error instanceof SettingsError) || note === undefined) throw error;
    throw new SettingsError(`${sentenceOf(note)}\n${error.message}`);
  }
}

interface ObjectsPlan {
  readonly given: ReadManifests;
  readonly cluster: ClusterReader;
  readonly vcenters: ReadonlyMap<string, KnownVCenter>;
}

async function planForObjects(
  { given, cluster, vcenters }: ObjectsPlan,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<Planned> {
  const { environment } = options;
  const { candidates, problems } = await readCandidates(
    given.manifests,
    given.problemsWithVCenters,
    cluster,
    options,
    signal,
  );
  const labelsOf = namespaceLabels(given.namespaces, await cluster.namespaces(signal));
  const choices = new Map(candidates.map((candidate) => [candidate, choiceOf(candidate.group, vcenters, labelsOf)]));
  const used = new Set([...choices.values()].flatMap((choice) => (choice.kind === 'On' ? [choice.name] : [])));
  const sources = {
    ...{ secrets: given.secrets, namespace: leaseNamespace(environment), environment },
    readAccount: (secret: string) => cluster.account(secret, signal),
  };
  const set = new VCenterSet(options, sources, (await cluster.clusterId(signal)) ?? NO_CLUSTER);
  try {
    const opened = await set.open(
      [...vcenters.values()].filter(({ vcenter }) => used.has(vcenter.metadata.name)),
      signal,
    );
    const vcenterOf = (candidate: Candidate): PlannedVCenter => {
      const choice = choices.get(candidate);
      const found = choice?.kind === 'On' ? opened.get(choice.name) : undefined;
      if (found !== undefined) return found;
      const { reason, message } = choice?.kind === 'None' ? choice : { reason: '', message: '' };
      return { kind: 'Unavailable', name: '', reason, message, needsUser: true, reconnecting: false };
    };
    const plans = await planAll(candidates, vcenterOf, cluster, options, signal);
    const named = plans.map((plan, index) => {
      const choice = candidates[index] && choices.get(candidates[index]);
      return choice?.kind === 'On' ? { ...plan, vcenter: choice.name } : plan;
    });
    return { plans: named, problems, notes: set.notes, vcenters: { vcenters: set.instances } };
  } finally {
    await set.close();
  }
}

/** Rejects with a ManifestError if no manifest can be planned. */
async function readCandidates(
  manifests: readonly Manifest[],
  found: readonly string[],
  cluster: ClusterReader,
  { clock }: CommandOptions,
  signal: AbortSignal,
): Promise<{ readonly candidates: readonly Candidate[]; readonly problems: readonly string[] }> {
  if (manifests.length === 0) throw new ManifestError(found.length > 0 ? found : ['the files hold no VmGroup to plan']);
  const candidates: Candidate[] = [];
  const refused: string[] = [];
  for (const manifest of manifests) {
    const stored = await cluster.stored(manifest, signal);
    const known = stored.kind === 'Stored' ? stored.group : undefined;
    const wrong = known === undefined ? [] : problemsOfChange(manifest, known);
    if (wrong.length === 0)
      candidates.push({ manifest, stored, group: groupOnceApplied(manifest, known, clock.wallMs()) });
    refused.push(...wrong);
  }
  const problems = [...found, ...refused].map(printable);
  if (candidates.length === 0) throw new ManifestError(problems);
  return { candidates, problems };
}

/** In the order of the manifests: those before count in the limits. */
async function planAll(
  candidates: readonly Candidate[],
  vcenterOf: (candidate: Candidate) => PlannedVCenter,
  cluster: ClusterReader,
  { clock }: CommandOptions,
  signal: AbortSignal,
): Promise<readonly GroupPlan[]> {
  const plans: GroupPlan[] = [];
  for (const candidate of candidates) {
    const { group } = candidate;
    const isDeleted = group.metadata.deletionTimestamp !== undefined;
    const isUninstalling = isDeleted && isUninstall(group, await cluster.crdDeletion(signal));
    plans.push(await plannedGroup(candidate, vcenterOf(candidate), { clock, isUninstalling }, signal));
  }
  return plans;
}
