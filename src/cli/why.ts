import { printable } from '../api/printable';
import { parseReplayFlags, parseWhyFlags } from '../operator/commands/decisions/decision-flags';
import { runReplay } from '../operator/commands/decisions/replay-command';
import { runWhy } from '../operator/commands/decisions/why-command';
import { SettingsError } from '../operator/settings/settings-error';
import { REPLAY_HELP, WHY_HELP } from './help';
import { decisionOptions, untilInterrupted } from './terminal';

const EXIT_ERROR = 1;

/** Resolves with the exit code. Throws SettingsError for a command line that cannot be used. */
export async function why(args: readonly string[]): Promise<number> {
  const flags = parseWhyFlags(args);
  if (flags.help) return helped(WHY_HELP);
  const interrupted = untilInterrupted();
  return ended('why', interrupted, () => runWhy(decisionOptions('why', flags), interrupted));
}

/** Resolves with the exit code. Throws SettingsError for a command line that cannot be used. */
export async function replay(args: readonly string[]): Promise<number> {
  const flags = parseReplayFlags(args);
  if (flags.help) return helped(REPLAY_HELP);
  return ended('replay', new AbortController().signal, () => runReplay(decisionOptions('replay', flags)));
}

function helped(help: string): number {
  process.stdout.write(help);
  return 0;
}

async function ended(command: string, interrupted: AbortSignal, run: () => Promise<number>): Promise<number> {
  // Whoever reads has seen enough, such as head.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT_ERROR));
  try {
    return await run();
  } catch (error) {
    if (error instanceof SettingsError || !(error instanceof Error)) throw error;
    if (!('code' in error) && !interrupted.aborted) throw error;
    process.stderr.write(`vm-operator ${command}: ${printable(error.message)}\n`);
    return EXIT_ERROR;
  }
}
