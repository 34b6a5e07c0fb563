/** `vm-operator plan`: shows what the operator would do for some manifests, and why. Changes nothing. */
import { printable, printableLines } from '../../../api/printable';
import { type Clock, deadline } from '../../../time/clock';
import { UnclaimedClones } from '../../../vmgroup/act/unclaimed-clones';
import { isUncertain } from '../../../vmgroup/model/limits';
import type { Observation } from '../../../vmgroup/model/observation';
import { isUninstall } from '../../../vmgroup/model/uninstall';
import { GroupMemory } from '../../../vmgroup/observe/group-memory';
import { MachineUsage } from '../../../vmgroup/observe/machine-usage';
import { observe } from '../../../vmgroup/observe/observe';
import { VCenterQuota } from '../../../vmgroup/observe/vcenter-quota';
import { readCrdDeletion } from '../../manager/cluster';
import { readVCenterSettings } from '../../settings/environment';
import { SettingsError } from '../../settings/settings-error';
import type { CommandOptions } from '../command-options';
import type { Manifest } from '../manifest/manifest';
import { ManifestError } from '../manifest/manifest-error';
import { problemsOfChange, readEachManifest } from '../manifest/read-manifests';
import { networkRefusal } from '../network-refusal';
import { commandLogger, readVCenter, type VCenterReader, VCenterUnavailable } from '../reading';
import { cannotBePlanned, type GroupPlan, groupPlan } from './group-plan';
import { planText } from './plan-text';
import { type ClusterReader, groupOnceApplied, NO_CLUSTER, readCluster, type Stored } from './stored-group';

export const EXIT_NO_CHANGES = 0;
export const EXIT_ERROR = 1;
export const EXIT_CHANGES = 2;

/** Prints the plan and resolves with the exit code. Rejects with the reason when there is nothing to print. */
export async function runPlan(options: CommandOptions, signal: AbortSignal): Promise<number> {
  const { flags, environment, clock, screen, print } = options;
  if (flags.files.length === 0)
    throw new SettingsError('nothing to plan: name a manifest with -f FILE, or - for standard input');
  const vcenter = readVCenterSettings(environment, flags.insecure);
  const { manifests, problems } = await readEachManifest({ ...flags, standardInput: options.standardInput });
  if (manifests.length === 0) throw new ManifestError(problems);
  const cluster = readCluster(clock, readCrdDeletion);
  try {
    const { candidates, refused } = await readStored(manifests, cluster, signal);
    const unplanned = [...problems, ...refused].map(printable);
    if (candidates.length === 0) throw new ManifestError(unplanned);
    const logger = commandLogger(flags.logLevel, clock, options.log);
    const reader = readVCenter({ ...options, vcenter, logger });
    try {
      const plans = await planAll(candidates, cluster, reader, options, signal);
      if (flags.output === 'json')
        print(`${printableLines(JSON.stringify(asJson(plans, unplanned, reader), null, 2))}\n`);
      else print(`${planText(plans, screen, unplanned).join('\n')}\n`);
      if (unplanned.length > 0 || plans.some(cannotBePlanned)) return EXIT_ERROR;
      return plans.some(({ changes }) => changes) ? EXIT_CHANGES : EXIT_NO_CHANGES;
    } finally {
      await reader.close();
    }
  } finally {
    cluster.close();
  }
}

interface Candidate {
  readonly manifest: Manifest;
  readonly stored: Stored;
}

async function readStored(
  manifests: readonly Manifest[],
  cluster: ClusterReader,
  signal: AbortSignal,
): Promise<{ readonly candidates: readonly Candidate[]; readonly refused: readonly string[] }> {
  const candidates: Candidate[] = [];
  const refused: string[] = [];
  for (const manifest of manifests) {
    const stored = await cluster.stored(manifest, signal);
    const problems = stored.kind === 'Stored' ? problemsOfChange(manifest, stored.group) : [];
    if (problems.length === 0) candidates.push({ manifest, stored });
    refused.push(...problems);
  }
  return { candidates, refused };
}

async function planAll(
  candidates: readonly Candidate[],
  cluster: ClusterReader,
  reader: VCenterReader,
  { flags, clock }: CommandOptions,
  signal: AbortSignal,
): Promise<readonly GroupPlan[]> {
  const { instanceUuid } = await reader.ready(flags.timeoutMs, signal);
  const clones = await readUnclaimedClones(reader, clock, flags.timeoutMs, signal);
  const clusterId = (await cluster.clusterId(signal)) ?? NO_CLUSTER;
  const { limits } = reader.tenants;
  const usage = new MachineUsage(reader, clusterId);
  const holders = new VCenterQuota({ usage, limits: () => limits, wake: () => undefined });
  const plans: GroupPlan[] = [];
  for (const { manifest, stored } of candidates) {
    const now = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
    const group = groupOnceApplied(manifest, stored.kind === 'Stored' ? stored.group : undefined, now.wallMs);
    const deleted = group.metadata.deletionTimestamp !== undefined;
    const observed = observe({
      ...{ group, now, clusterId, inventory: reader.inventory },
      ...{ defaultFolder: reader.defaultFolder, tenants: reader.tenants },
      // A group of this name is the one that is planned, and the machines of others are told by their names.
      isLiving: () => false,
      vcenter: { kind: 'Ready', name: reader.name, instanceUuid },
      memory: GroupMemory.from(group, now),
      unclaimedClones: (asked) => clones.blocks(asked),
      quota: { holders, isUncertain: isUncertain(limits, group.metadata.namespace, clones), quietUntilMs: 0 },
      uninstalling: deleted && isUninstall(group, await cluster.crdDeletion(signal)),
    });
    // The operator waits for what is on its way in vCenter now. The plan is about what comes after that.
    const later = observed.predecessorQuietAtMs === undefined ? {} : { predecessorQuietAtMs: now.monotonicMs };
    const planned = groupPlan(manifest.source, stored, { ...observed, ...later }, reader.inventory);
    plans.push(await withNetworks(planned, observed, reader, signal));
  }
  return plans;
}

/** The networks of a template are in no inventory: whether they are allowed is read here, as it is when a clone is sent. */
async function withNetworks(
  planned: GroupPlan,
  { placement }: Observation,
  reader: VCenterReader,
  signal: AbortSignal,
): Promise<GroupPlan> {
  if (!planned.now.some(({ kind }) => kind === 'Clone')) return planned;
  const asked = { template: placement.template?.ref, networks: placement.networks };
  const message = await networkRefusal(asked, reader, { operationId: 'vmop-plan', signal });
  if (message === undefined) return planned;
  return { ...planned, inTheWay: [...planned.inTheWay, { reason: 'NetworkNotAllowed', message, stops: 'Part' }] };
}

/** Clones that our account has started, such as those of the operator itself: they hold back groups of their template. */
async function readUnclaimedClones(
  reader: VCenterReader,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<UnclaimedClones> {
  const message = `the recent tasks of vCenter were not read within ${timeoutMs / 1000} s: raise --timeout`;
  const limit = deadline(clock, timeoutMs, signal, () => new VCenterUnavailable({ code: 'Timeout', message }));
  const enough = new AbortController();
  const clones = new UnclaimedClones(reader, clock, () => enough.abort(new Error('read once')));
  await clones.run(AbortSignal.any([limit.signal, enough.signal]));
  limit.done();
  if (!enough.signal.aborted) limit.signal.throwIfAborted();
  return clones;
}

function asJson(groups: readonly GroupPlan[], problems: readonly string[], { name, status }: VCenterReader) {
  const about = status.kind === 'Ready' ? status.about : undefined;
  return {
    vcenter: { name, instanceUuid: about?.instanceUuid },
    changes: groups.some(({ changes }) => changes),
    groups,
    problems,
  };
}
