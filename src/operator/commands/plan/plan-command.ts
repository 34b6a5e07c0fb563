/** `vm-operator plan`: shows what the operator would do for some manifests, and why. Changes nothing. */
import { printable, printableLines } from '../../../api/printable';
import { leaseNamespace } from '../../settings/lease-namespace';
import { SettingsError } from '../../settings/settings-error';
import type { CommandOptions } from '../command-options';
import { ManifestError } from '../manifest/manifest-error';
import { readEachManifest } from '../manifest/read-manifests';
import { readCluster } from '../vcenters/cluster-reader';
import { vcentersInUse } from '../vcenters/vcenters-in-use';
import { sentenceOf } from './candidates';
import { planForEnvironment } from './environment-plan';
import { cannotBePlanned } from './group-plan';
import { planForObjects } from './objects-plan';
import { planText } from './plan-text';

export const EXIT_NO_CHANGES = 0;
export const EXIT_ERROR = 1;
export const EXIT_CHANGES = 2;

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
        ? await planForEnvironment({ ...inUse, given, cluster }, options, signal)
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
