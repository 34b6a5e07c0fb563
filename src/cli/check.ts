import { runCheck } from '../operator/check/check-command';
import { parseCommandFlags } from '../operator/command-flags';
import { systemClock } from '../time/clock';
import { systemRandom } from '../time/random';
import { CHECK_HELP } from './help';
import { readStandardInput, screenOfStandardOutput, untilInterrupted } from './terminal';

/** Resolves with the exit code. Throws SettingsError for a command line that cannot be used. */
export async function check(args: readonly string[]): Promise<number> {
  const flags = parseCommandFlags('check', args);
  if (flags.help) {
    process.stdout.write(CHECK_HELP);
    return 0;
  }
  return await runCheck(
    {
      flags,
      environment: process.env,
      clock: systemClock,
      random: systemRandom,
      screen: screenOfStandardOutput(),
      readStandardInput,
      print: (text) => process.stdout.write(text),
      log: (line) => process.stderr.write(`${line}\n`),
    },
    untilInterrupted(),
  );
}
