/**
 * `npm start`: the demo, on real servers on this machine. Start reading at show/play.ts. screen/ draws;
 * test/envtest/real-parts starts the servers, and test/envtest/binaries finds or builds their programs.
 */
import { constants } from 'node:os';
import { systemClock } from '../../src/time/clock';
import { HELP, parseCommandLine, type ShowFlags } from './show/command-line';
import { type Display, plainDisplay, terminalDisplay } from './show/display';
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
      `Node.js ${process.versions.node} is too old: use npm start, which has its own Node.js ${OLDEST_NODE_MAJOR}\n`,
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
  // The reader has ended, as in `npm start | head`, so the output can no longer show how to stop.
  process.stdout.on('error', () => interrupt('SIGHUP'));
  const display: Display = isLive
    ? terminalDisplay(process.stdout, colours)
    : plainDisplay((text) => process.stdout.write(text));
  const pace = isLive && flags.ending === 'Stay' ? 'Slow' : 'Quick';
  const ending = await play({ flags, display, environment: process.env, clock: systemClock, pace }, interrupted.signal);
  display.leave();
  switch (ending.kind) {
    case 'Played':
      process.stdout.write('Every step succeeded. Nothing is left running.\n');
      return 0;
    case 'Left':
      process.stdout.write('Stopped. Nothing is left running.\n');
      return 0;
    case 'Interrupted':
      process.stdout.write('Interrupted. Nothing is left running.\n');
      return 128 + constants.signals[by];
    case 'Failed':
      process.stderr.write(`${ending.message}\n`);
      return 1;
  }
}

void main().then((code) => process.exit(code));
