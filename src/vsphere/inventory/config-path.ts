/** Properties of a machine's configuration (vim25 VirtualMachineConfigInfo). */

/** Told with every configuration: a machine without it has none that vCenter can read. */
export const CHANGE_VERSION_PATH = 'config.changeVersion';

/** Whether a property is part of the configuration, which vCenter has only while it can read the machine's files. */
export function isOfConfig(path: string): boolean {
  return path.startsWith('config.');
}

/** The property path of one key of extraConfig. */
export function extraConfigPath(key: string): string {
  return `config.extraConfig["${key}"].value`;
}
