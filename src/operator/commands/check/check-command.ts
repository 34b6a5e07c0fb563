/** `vm-operator check`: checks what the operator needs from its vCenters, step by step. Changes nothing. */
import { printableLines } from '../../../api/printable';
import { IMPLICIT_VCENTER } from '../../../vcenter/selection';
import { leaseNamespace } from '../../settings/lease-namespace';
import type { CommandOptions } from '../command-options';
import { NOTHING_GIVEN, type ReadManifests, readEachManifest } from '../manifest/read-manifests';
import { NO_CLUSTER, readCluster } from '../vcenters/cluster-reader';
import { choiceWithoutObjects } from '../vcenters/group-choice';
import { type VCenterNote, type VCentersInUse, vcentersInUse } from '../vcenters/vcenters-in-use';
import { type CheckResult, type CheckStep, type Finding, failed, ok, runSteps } from './check-steps';
import { type CheckSection, checkText, sectionsText } from './check-text';
import { chooseGroups } from './chosen-groups';
import { checkEnvironment } from './environment-check';
import { checkObjects } from './objects-check';

interface Checked {
  /** Of no VCenter object. */
  readonly checks: readonly CheckResult[];
  /** Undefined: the environment was checked. */
  readonly vcenters?: readonly CheckSection[];
}

/** Prints the results and resolves with the exit code: 1 when a check failed, else 0. */
export async function runCheck(options: CommandOptions, signal: AbortSignal): Promise<number> {
  const { flags, print, screen } = options;
  const { checks, vcenters } = await checkAll(options, signal);
  const all = [...checks, ...(vcenters ?? []).flatMap((section) => section.checks)];
  const isWell = all.every(({ status }) => status !== 'failed');
  const asJson = { ok: isWell, checks, ...(vcenters !== undefined && { vcenters }) };
  if (flags.output === 'json') print(`${printableLines(JSON.stringify(asJson, null, 2))}\n`);
  else if (vcenters === undefined) print(`${checkText(checks, screen).join('\n')}\n`);
  else print(`${sectionsText(checks, vcenters, screen).join('\n')}\n`);
  return isWell ? 0 : 1;
}

async function checkAll(options: CommandOptions, signal: AbortSignal): Promise<Checked> {
  const { flags, environment, clock, standardInput } = options;
  const given = flags.files.length === 0 ? NOTHING_GIVEN : await readEachManifest({ ...flags, standardInput });
  const cluster = readCluster(clock, leaseNamespace(environment));
  try {
    const inUse = vcentersInUse(given.vcenters, await cluster.vcenters(signal));
    const clusterId = async () => (await cluster.clusterId(signal)) ?? NO_CLUSTER;
    const noted = inUse.note === undefined ? [] : [{ check: 'vcenters', ...findingOf(inUse.note) }];
    const readFiles = flags.files.length === 0 ? undefined : fileStep(given, inUse);
    // R15: a VCenter that could not be read is no reason to look at the environment instead.
    if (inUse.kind === 'Environment' && given.hasVCenters)
      return { checks: [...noted, ...(await runSteps(readFiles === undefined ? [] : [readFiles]))], vcenters: [] };
    if (inUse.kind === 'Environment') {
      const all = given.problems.length > 0 ? [] : given.manifests;
      const chosen = inUse.isSure ? await chooseGroups(all, cluster, choiceWithoutObjects, options, signal) : undefined;
      const manifests = chosen === undefined ? all : (chosen.groups.get(IMPLICIT_VCENTER) ?? []);
      const checks = await checkEnvironment({ manifests, readFiles, clusterId }, options, signal);
      return { checks: [...noted, ...(chosen?.checks ?? []), ...checks] };
    }
    const files = await runSteps(readFiles === undefined ? [] : [readFiles]);
    const { checks, vcenters } = await checkObjects(
      { ...{ given, cluster, clusterId }, vcenters: inUse.vcenters },
      options,
      signal,
    );
    return { checks: [...noted, ...files, ...checks], vcenters };
  } finally {
    cluster.close();
  }
}

function findingOf({ isWarning, message, remedy }: VCenterNote): Finding {
  return { status: isWarning ? 'warning' : 'ok', message, ...(remedy !== undefined && { remedy }) };
}

function fileStep(given: ReadManifests, { kind }: VCentersInUse): CheckStep {
  const { manifests, vcenters } = given;
  const hasObjects = kind === 'Objects' || given.hasVCenters;
  const problems = hasObjects ? given.problemsWithVCenters : given.problems;
  const groups = manifests.length === 1 ? '1 VmGroup' : `${manifests.length} VmGroups`;
  const both = [
    ...(vcenters.length === 0 ? [] : [vcenters.length === 1 ? '1 VCenter' : `${vcenters.length} VCenters`]),
    ...(vcenters.length > 0 && manifests.length === 0 ? [] : [groups]),
  ];
  const isOne = manifests.length + vcenters.length === 1;
  return {
    check: 'manifests',
    needs: [],
    run: async () =>
      problems.length > 0
        ? problems.map((problem) => failed(problem))
        : [ok(`${both.join(' and ')} ${isOne ? 'is' : 'are'} valid`)],
  };
}
