/**
 * Runs a program that would outlive us, such as the operator, so that it does not: `node leash.mts COMMAND ARGS...` with
 * an IPC channel. When the channel closes, because whoever opened it has stopped or was killed, the program gets a
 * SIGTERM and, if it is still there after a while, a SIGKILL. Node runs this file as it is, so it imports nothing of ours.
 *
 * Over the channel go LeashReport up and names of signals for the program down.
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
