import { runOperator } from '../operator/operator';
import { readVCenterSettings } from '../operator/settings/environment';
import { parseFlags, RUN_HELP } from '../operator/settings/flags';
import { leaseNamespace } from '../operator/settings/lease-namespace';
import { Logger } from '../operator/telemetry/logger';
import { systemClock } from '../time/clock';
import { systemRandom } from '../time/random';
import { giveMemoryBack, keepHeapSmall, processMemory } from './memory';

/**
 * Resolves with the exit code once it was told to stop. `onLogger` gets the logger that the flags ask for, before anything
 * is done. Throws SettingsError for a command line or an environment that cannot be used.
 */
export async function run(args: readonly string[], onLogger: (logger: Logger) => void): Promise<number> {
  const flags = parseFlags(args, process.stderr.isTTY === true);
  if (flags.help) {
    process.stdout.write(RUN_HELP);
    return 0;
  }
  const vcenter = flags.vcenterObjectsOnly ? undefined : readVCenterSettings(process.env, flags.insecure);
  keepHeapSmall();
  const logger = new Logger({
    level: flags.logLevel,
    format: flags.logFormat,
    clock: systemClock,
    write: (line) => process.stderr.write(`${line}\n`),
  });
  onLogger(logger);
  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => stop.abort(new Error(`got ${name}`)));
  }
  // From the start: without a listener this signal ends the process.
  let decisions: () => Iterable<string> = () => [];
  process.on('SIGUSR2', () => {
    for (const line of decisions()) process.stdout.write(`${line}\n`);
  });
  const onDecisions = (lines: () => Iterable<string>) => {
    decisions = lines;
  };
  const namespace = leaseNamespace(process.env);
  const surroundings = { environment: process.env, namespace, clock: systemClock, random: systemRandom, logger };
  giveMemoryBack(processMemory(), systemClock, stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) logger.warn('free memory is not given back to the system', { error: String(error) });
  });
  await runOperator({ flags, vcenter, ...surroundings, onDecisions }, stop.signal);
  return 0;
}
