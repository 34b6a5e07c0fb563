/** The flags that say what the authors of VmGroups may do in vCenter: of `run`, and of `plan` and `check`, which honour them. */
import { RUN_FLAGS } from '../../api/run-flags';
import { DEFAULT_TENANT_POLICY, levelsOf, type TenantPolicy } from '../../vmgroup/model/tenant-policy';
import { SettingsError } from './settings-error';

/** For parseArgs. */
export const TENANT_OPTIONS = {
  'allow-machine-sources': RUN_FLAGS['allow-machine-sources'],
  'adopt-from-clusters': RUN_FLAGS['adopt-from-clusters'],
  'adoptable-machines': RUN_FLAGS['adoptable-machines'],
  'namespace-folder': RUN_FLAGS['namespace-folder'],
  'namespace-pools': RUN_FLAGS['namespace-pools'],
} as const;

export interface TenantValues {
  readonly 'allow-machine-sources'?: boolean | undefined;
  readonly 'adopt-from-clusters'?: string | undefined;
  readonly 'adoptable-machines'?: string | undefined;
  readonly 'namespace-folder'?: string | undefined;
  readonly 'namespace-pools'?: string | undefined;
}

/** Throws SettingsError. */
export function tenantPolicy(values: TenantValues): TenantPolicy {
  const folder = values['namespace-folder']?.trim() || undefined;
  if (folder !== undefined) {
    checkPath('--namespace-folder', folder, ['cluster', 'namespace']);
    if (!folder.includes('$(namespace)'))
      throw new SettingsError(
        `--namespace-folder "${folder}": all namespaces would share it; put $(namespace) into it, as in tenants/$(namespace)`,
      );
  }
  const pools = listOf(values['namespace-pools']);
  for (const pool of pools) checkPath('--namespace-pools', pool, ['cluster', 'namespace']);
  const clusters = listOf(values['adopt-from-clusters']);
  for (const cluster of clusters)
    if (!/^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/.test(cluster))
      throw new SettingsError(
        `--adopt-from-clusters "${cluster}": not a cluster's id; give the UIDs of their namespaces kube-system, separated by commas`,
      );
  const adoptable = listOf(values['adoptable-machines']);
  for (const pattern of adoptable) checkPattern('--adoptable-machines', pattern);
  return {
    ...DEFAULT_TENANT_POLICY,
    allowMachineSources: values['allow-machine-sources'] ?? false,
    adoptFromClusters: clusters,
    ...(adoptable.length > 0 && { adoptableMachines: adoptable }),
    namespaceFolder: folder,
    namespacePools: pools,
  };
}

/** A pattern for inventory paths (path-glob.ts), with variables in it. Throws SettingsError. */
function checkPattern(setting: string, pattern: string): void {
  if (!/^(\/|\*\*)/.test(pattern))
    throw new SettingsError(
      `${setting} "${pattern}": not a pattern for inventory paths; begin it with "/", as in /dc/vm/tenants/$(namespace)/**`,
    );
  checkPath(setting, pattern, ['cluster', 'namespace']);
}

/** A path of folders or pools, with variables in it. Throws SettingsError. */
export function checkPath(setting: string, path: string, variables: readonly string[]): void {
  const refuse = (why: string) => new SettingsError(`${setting} "${path}": ${why}`);
  const levels = levelsOf(path);
  if (levels.length === 0) throw refuse('give at least one name');
  for (const name of levels) {
    // vCenter has no such thing as the folder above.
    if (name === '.' || name === '..')
      throw refuse(`"${name}" is no name; give the names from the top, with "/" between them`);
    if (name.length > 79) throw refuse('each name may have at most 79 characters');
    if (name.trim() !== name) throw refuse(`"${name}" begins or ends with a space`);
  }
  for (const [, variable = ''] of path.matchAll(/\$\(([^)]*)\)?/g))
    if (!variables.includes(variable))
      throw refuse(`$(${variable}) is not known here; use ${variables.map((known) => `$(${known})`).join(' or ')}`);
}

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
