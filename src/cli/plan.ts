import { printable } from '../api/printable';
import { parseCommandFlags } from '../operator/commands/command-flags';
import { EXIT_ERROR, runPlan } from '../operator/commands/plan/plan-command';
import { PLAN_HELP } from './help';
import { commandOptions, untilInterrupted } from './terminal';

/** Resolves with the exit code. 2 means that changes are due, so any error is 1. */
export async function plan(args: readonly string[]): Promise<number> {
  try {
    const flags = parseCommandFlags('plan', args);
    if (flags.help) {
      process.stdout.write(PLAN_HELP);
      return 0;
    }
    return await runPlan(commandOptions(flags), untilInterrupted());
  } catch (error) {
    const isExpected = error instanceof Error && ('code' in error || error.message.startsWith('got SIG'));
    const text = error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error);
    for (const line of text.split('\n')) process.stderr.write(`vm-operator plan: ${printable(line)}\n`);
    return EXIT_ERROR;
  }
}
