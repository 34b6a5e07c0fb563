/** `vm-operator check`: checks what the operator needs from vCenter, step by step. Changes nothing. */
import { printableLines } from '../../../api/printable';
import { serverName } from '../../../vsphere';
import { readCrdDeletion } from '../../manager/cluster';
import { readVCenterSettings, type VCenterSettings } from '../../settings/environment';
import { SettingsError } from '../../settings/settings-error';
import type { CommandOptions } from '../command-options';
import type { Manifest } from '../manifest/manifest';
import { ManifestError } from '../manifest/manifest-error';
import { readManifests } from '../manifest/read-manifests';
import { NO_CLUSTER, readCluster } from '../plan/stored-group';
import { commandLogger, readVCenter, type VCenterReader } from '../reading';
import { type CheckResult, type CheckStep, failed, ok, runSteps } from './check-steps';
import { checkText } from './check-text';
import { endpointSteps } from './endpoint-steps';
import { vcenterSteps } from './vcenter-steps';

/** Prints the results and resolves with the exit code: 1 when a check failed, else 0. */
export async function runCheck(options: CommandOptions, signal: AbortSignal): Promise<number> {
  const { flags, print, screen } = options;
  const results = await checkAll(options, signal);
  const isWell = results.every(({ status }) => status !== 'failed');
  if (flags.output === 'json') print(`${printableLines(JSON.stringify({ ok: isWell, checks: results }, null, 2))}\n`);
  else print(`${checkText(results, screen).join('\n')}\n`);
  return isWell ? 0 : 1;
}

async function checkAll(options: CommandOptions, signal: AbortSignal): Promise<readonly CheckResult[]> {
  const { flags, environment, clock } = options;
  const settings: { value?: VCenterSettings } = {};
  const known = (): VCenterSettings => {
    if (settings.value === undefined) throw new SettingsError('the settings were not read');
    return settings.value;
  };
  const readSettings: CheckStep = {
    check: 'settings',
    needs: [],
    run: async () => {
      settings.value = readVCenterSettings(environment, flags.insecure);
      return [ok(settingsText(settings.value))];
    },
  };
  let manifests: readonly Manifest[] = [];
  const hasManifests = flags.files.length > 0;
  const readFiles: CheckStep = {
    check: 'manifests',
    needs: [],
    run: async () => {
      try {
        manifests = await readManifests({ ...flags, standardInput: options.standardInput });
        return [ok(manifests.length === 1 ? '1 VmGroup is valid' : `${manifests.length} VmGroups are valid`)];
      } catch (error) {
        if (error instanceof ManifestError) return error.problems.map((problem) => failed(problem));
        throw error;
      }
    },
  };
  let reader: VCenterReader | undefined;
  const open = (): VCenterReader => {
    const logger = commandLogger(flags.logLevel, clock, options.log);
    reader = readVCenter({ ...options, vcenter: known(), logger });
    return reader;
  };
  const clusterId = async (): Promise<string> => {
    const cluster = readCluster(clock, readCrdDeletion);
    try {
      return (await cluster.clusterId(signal)) ?? NO_CLUSTER;
    } finally {
      cluster.close();
    }
  };
  try {
    return await runSteps([
      readSettings,
      ...(hasManifests ? [readFiles] : []),
      ...endpointSteps(known, clock, signal),
      ...vcenterSteps({
        open,
        timeoutMs: flags.timeoutMs,
        manifests: () => manifests,
        hasManifests,
        clusterId,
        signal,
      }),
    ]);
  } finally {
    await reader?.close();
  }
}

function settingsText(settings: VCenterSettings): string {
  const { credentials, auth, proxy } = settings;
  const account =
    credentials.kind === 'Directory' ? `account in ${credentials.directory}` : `account ${credentials.userName}`;
  const way = proxy === undefined ? '' : `, through the proxy ${serverName(proxy)}`;
  return `vCenter ${serverName(settings)}, ${account}, login by ${auth}${way}`;
}
