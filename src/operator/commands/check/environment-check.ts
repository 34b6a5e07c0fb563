/** The check of the vCenter that the environment names, (env). */
import { serverName } from '../../../vsphere';
import { readVCenterSettings, type VCenterSettings } from '../../settings/environment';
import { SettingsError } from '../../settings/settings-error';
import type { CommandOptions } from '../command-options';
import type { Manifest } from '../manifest/manifest';
import { commandLogger, readVCenter, type VCenterReader } from '../reading';
import { type CheckResult, type CheckStep, ok, runSteps } from './check-steps';
import { ENVIRONMENT, endpointOfEnvironment } from './checked-endpoint';
import { endpointSteps } from './endpoint-steps';
import { vcenterSteps } from './vcenter-steps';

export interface EnvironmentCheck {
  readonly manifests: readonly Manifest[];
  /** What was found about the manifests; undefined without files. */
  readonly readFiles: CheckStep | undefined;
  /** UID of kube-system, for the variable `$(cluster)`. */
  readonly clusterId: () => Promise<string>;
}

export async function checkEnvironment(
  { manifests, readFiles, clusterId }: EnvironmentCheck,
  options: CommandOptions,
  signal: AbortSignal,
): Promise<readonly CheckResult[]> {
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
  let reader: VCenterReader | undefined;
  const open = (): VCenterReader => {
    const logger = commandLogger(flags.logLevel, clock, options.log);
    reader = readVCenter({ ...options, vcenter: known(), logger });
    return reader;
  };
  try {
    return await runSteps([
      readSettings,
      ...(readFiles === undefined ? [] : [readFiles]),
      ...endpointSteps(() => endpointOfEnvironment(known()), ENVIRONMENT, clock, signal),
      ...vcenterSteps({
        ...{ open, clusterId, signal, timeoutMs: flags.timeoutMs, names: ENVIRONMENT },
        ...{ manifests: () => manifests, hasManifests: readFiles !== undefined, hasFileStep: readFiles !== undefined },
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
