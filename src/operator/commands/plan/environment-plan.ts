/** Plans on the vCenter that the environment names, (env). */
import { readVCenterSettings } from '../../settings/environment';
import { SettingsError } from '../../settings/settings-error';
import type { CommandOptions } from '../command-options';
import type { ReadManifests } from '../manifest/read-manifests';
import { commandLogger, readVCenter } from '../reading';
import { type ClusterReader, NO_CLUSTER } from '../vcenters/cluster-reader';
import { choiceWithoutObjects } from '../vcenters/group-choice';
import type { VCenterNote } from '../vcenters/vcenters-in-use';
import { type Planned, planAll, readCandidates, sentenceOf } from './candidates';
import { nowhere, readyVCenter } from './planned-vcenter';

export interface EnvironmentPlan {
  readonly given: ReadManifests;
  readonly cluster: ClusterReader;
  /** There is no VCenter object, and not only none that can be seen. */
  readonly isSure: boolean;
  readonly note?: VCenterNote;
}

/** Rejects with SettingsError, ManifestError or VCenterUnavailable. */
export async function planForEnvironment(
  { given, cluster, isSure, note }: EnvironmentPlan,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<Planned> {
  const { flags, clock } = options;
  const vcenter = settingsOf(options, note);
  const { candidates, problems } = await readCandidates(given, cluster, options, signal);
  const logger = commandLogger(flags.logLevel, clock, options.log);
  const reader = readVCenter({ ...options, vcenter, logger });
  try {
    const uid = (await cluster.clusterId(signal)) ?? NO_CLUSTER;
    const ready = await readyVCenter(reader, uid, undefined, { clock, timeoutMs: flags.timeoutMs }, signal);
    const placed = candidates.map((candidate) => {
      const choice = isSure ? choiceWithoutObjects(candidate.group) : undefined;
      return { candidate, on: choice?.kind === 'None' ? nowhere(choice) : ready };
    });
    const plans = await planAll(placed, cluster, options, signal);
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
