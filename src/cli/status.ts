import { printable } from '../api/printable';
import { runStatus } from '../operator/commands/status/status-command';
import { parseStatusFlags } from '../operator/commands/status/status-flags';
import { SettingsError } from '../operator/settings/settings-error';
import { STATUS_HELP } from './help';
import { statusOptions, untilInterrupted } from './terminal';

const EXIT_ERROR = 1;

/** Resolves with the exit code. Throws SettingsError for a command line that cannot be used. */
export async function status(args: readonly string[]): Promise<number> {
  const flags = parseStatusFlags(args);
  if (flags.help) {
    process.stdout.write(STATUS_HELP);
    return 0;
  }
  // Whoever reads has seen enough, such as head.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT_ERROR));
  const interrupted = untilInterrupted();
  try {
    return await runStatus(statusOptions(flags), interrupted);
  } catch (error) {
    if (error instanceof SettingsError || !(error instanceof Error)) throw error;
    if (!('code' in error) && !interrupted.aborted) throw error;
    process.stderr.write(`vm-operator status: ${printable(error.message)}\n`);
    return EXIT_ERROR;
  }
}
