import { printable } from '../api/printable';
import { runRole } from '../operator/commands/role/role-command';
import { parseRoleFlags } from '../operator/commands/role/role-flags';
import { SettingsError } from '../operator/settings/settings-error';
import { ROLE_HELP } from './help';
import { roleOptions, untilInterrupted } from './terminal';

const EXIT_ERROR = 1;

/** Resolves with the exit code. Throws SettingsError for a command line that cannot be used. */
export async function role(args: readonly string[]): Promise<number> {
  const flags = parseRoleFlags(args);
  if (flags === undefined) {
    process.stdout.write(ROLE_HELP);
    return 0;
  }
  try {
    await runRole(roleOptions(flags), untilInterrupted());
    return 0;
  } catch (error) {
    if (error instanceof SettingsError || !(error instanceof Error)) throw error;
    if (!('code' in error) && !error.message.startsWith('got SIG')) throw error;
    process.stderr.write(`vm-operator role: ${printable(error.message)}\n`);
    return EXIT_ERROR;
  }
}
