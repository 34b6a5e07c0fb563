#!/usr/bin/env node
import './needed-node';
import './closed-process';
import { printableLines } from '../api/printable';
import { SettingsError } from '../operator/settings/settings-error';
import { Logger } from '../operator/telemetry/logger';
import { VERSION } from '../operator/telemetry/version';
import { systemClock } from '../time/clock';
import { HELP } from './help';
import { lastWords } from './last-words';

const EXIT_USAGE = 2;

let log = new Logger({
  level: 'error',
  format: 'text',
  clock: systemClock,
  write: (line) => process.stderr.write(`${line}\n`),
});

/** The state is unknown then, so this process must not go on writing to vCenter. A restart recovers from any state (R7). */
function endOn(what: 'unhandledRejection' | 'uncaughtException', message: string): void {
  process.on(what, (thrown: unknown) => {
    log.error(message, lastWords(thrown));
    process.exit(1);
  });
}
endOn('unhandledRejection', 'unhandled rejection, this is a bug');
endOn('uncaughtException', 'uncaught exception, this is a bug');

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  // Each is loaded only when needed: `status` is to answer at once, and `run` needs no code that reads manifests.
  const run = async (flags: readonly string[]) =>
    (await import('./run.js')).run(flags, (logger) => {
      log = logger;
    });
  switch (command) {
    case 'run':
      return run(rest);
    case 'plan':
      return (await import('./plan.js')).plan(rest);
    case 'check':
      return (await import('./check.js')).check(rest);
    case 'status':
      return (await import('./status.js')).status(rest);
    case 'role':
      return (await import('./role.js')).role(rest);
    case 'why':
      return (await import('./why.js')).why(rest);
    case 'replay':
      return (await import('./why.js')).replay(rest);
    case 'version':
    case '--version':
      process.stdout.write(`${VERSION}\n`);
      return 0;
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(HELP);
      return 0;
    case undefined:
      process.stderr.write(HELP);
      return EXIT_USAGE;
    default:
      // The original operator had no commands, only flags.
      if (command.startsWith('-')) return run(args);
      throw new SettingsError(
        `unknown command "${command}": use run, status, why, plan, check, role, replay or version, see vm-operator --help`,
      );
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof SettingsError) {
      process.stderr.write(`vm-operator: ${printableLines(error.message)}\n`);
      process.exit(EXIT_USAGE);
    }
    // It is logged already, and a stack trace would add nothing.
    if (error instanceof Error && error.name === 'LeadershipLost') process.exit(1);
    log.error('the command failed, this is a bug', lastWords(error));
    process.exit(1);
  },
);
