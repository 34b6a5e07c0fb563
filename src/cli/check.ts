import { runCheck } from '../operator/commands/check/check-command';
import { parseCommandFlags } from '../operator/commands/command-flags';
import { CHECK_HELP } from './help';
import { commandOptions, untilInterrupted } from './terminal';

/** Resolves with the exit code. Throws SettingsError for a command line that cannot be used. */
export async function check(args: readonly string[]): Promise<number> {
  const flags = parseCommandFlags('check', args);
  if (flags.help) {
    process.stdout.write(CHECK_HELP);
    return 0;
  }
  return await runCheck(commandOptions(flags), untilInterrupted());
}
