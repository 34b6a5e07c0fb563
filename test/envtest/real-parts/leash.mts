/**
 * Runs a program, such as the operator, so that it ends with the parent process: `node leash.mts COMMAND ARGS...` with an
 * IPC channel. When the channel closes, the parent has stopped or was killed. Then the program gets SIGTERM, and SIGKILL
 * if it still runs after a while. Node runs this file without a build, so it imports nothing of ours.
 *
 * Through the channel it sends LeashReport, and receives names of signals for the program.
 */
import { spawn } from 'node:child_process';

export type LeashReport =
  | { readonly kind: 'Started'; readonly processId: number }
  | { readonly kind: 'Ended'; readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'NotStarted'; readonly message: string };

const GRACE_MS = 8_000;

const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error('usage: leash.mts COMMAND ARGS...');

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('spawn', () => {
  if (child.pid !== undefined) report({ kind: 'Started', processId: child.pid });
});
child.once('error', (error) => {
  report({ kind: 'NotStarted', message: error.message });
  process.disconnect?.();
});
child.once('exit', (exitCode, signal) => {
  report({ kind: 'Ended', exitCode, signal });
  if (process.connected) process.disconnect?.();
});
process.on('message', (message) => child.kill(message as NodeJS.Signals));
process.once('disconnect', () => {
  child.kill('SIGTERM');
  AbortSignal.timeout(GRACE_MS).addEventListener('abort', () => child.kill('SIGKILL'));
});

function report(value: LeashReport): void {
  if (process.connected) process.send?.(value);
}
