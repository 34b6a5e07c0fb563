/**
 * `npm start`: everything real on one machine. Start reading at show/play.ts; real-parts/ starts the servers, binaries/
 * finds or builds their programs, screen/ draws.
 */
import { constants } from 'node:os';
import { systemClock } from '../../src/time/clock';
import { type Audience, plainAudience, terminalAudience } from './show/audience';
import { HELP, parseCommandLine, type ShowFlags } from './show/command-line';
import { onLauncherGone } from './show/launcher-watch';
import { play } from './show/play';

const OLDEST_NODE_MAJOR = 24;

async function main(): Promise<number> {
  const command = parseCommandLine(process.argv.slice(2));
  switch (command.kind) {
    case 'Help':
      process.stdout.write(HELP);
      return 0;
    case 'Wrong':
      process.stderr.write(`${command.message}\n`);
      return 2;
    case 'Show':
      break;
  }
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE_MAJOR) {
    process.stderr.write(
      `Node ${process.versions.node} is too old: the sandbox needs ${OLDEST_NODE_MAJOR}. Start it by npm start, which brings its own.\n`,
    );
    return 2;
  }
  return show(command.flags);
}

async function show(flags: ShowFlags): Promise<number> {
  const interrupted = new AbortController();
  let by: NodeJS.Signals = 'SIGINT';
  const interrupt = (signal: NodeJS.Signals) => {
    by = signal;
    interrupted.abort(new Error(`got ${signal}`));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  onLauncherGone(systemClock, () => interrupt('SIGHUP'));
  const isLive = flags.output === 'Automatic' && process.stdout.isTTY && process.env.TERM !== 'dumb';
  const colours = process.env.NO_COLOR === undefined || process.env.NO_COLOR === '' ? 'Colours' : 'NoColours';
  // The reader is gone, as in `npm start | head`: nobody can tell us to stop any more.
  process.stdout.on('error', () => interrupt('SIGHUP'));
  const audience: Audience = isLive
    ? terminalAudience(process.stdout, colours)
    : plainAudience((text) => process.stdout.write(text));
  const pace = isLive && flags.ending === 'Stay' ? 'Slow' : 'Quick';
  const ending = await play(
    { flags, audience, environment: process.env, clock: systemClock, pace },
    interrupted.signal,
  );
  audience.leave();
  switch (ending.kind) {
    case 'Played':
      process.stdout.write('Played to the end: every step succeeded, and nothing is left running.\n');
      return 0;
    case 'Left':
      process.stdout.write('Stopped. Nothing is left running.\n');
      return 0;
    case 'Interrupted':
      process.stdout.write('Interrupted. Nothing is left running.\n');
      return 128 + constants.signals[by];
    case 'Failed':
      process.stderr.write(`${ending.report}\n`);
      return 1;
  }
}

void main().then((code) => process.exit(code));
