import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Clock, deadline } from '../../../src/time/clock';
import { SandboxError } from '../sandbox-error';
import type { LineLog } from './line-log';

/**
 * The first line that a new child process prints. Rejects with ProcessEnded and the log if the child ends before it, with
 * NotInTime after `timeoutMs`, or with the reason of the signal. It does not end the child: the caller does.
 */
export async function firstLine(
  child: ChildProcess & { readonly stdout: Readable },
  name: string,
  log: LineLog,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string> {
  const limit = deadline(
    clock,
    timeoutMs,
    signal,
    () => new SandboxError('NotInTime', `${name} did not start within ${timeoutMs / 1_000} s:\n${log.last(15)}`),
  );
  try {
    return await new Promise<string>((resolve, reject) => {
      limit.signal.addEventListener('abort', () => reject(limit.signal.reason), { once: true });
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('error', (error) =>
        reject(new SandboxError('ProgramMissing', `${name} cannot be started: ${error.message}`, { cause: error })),
      );
      child.once('close', (code, by) =>
        reject(
          new SandboxError('ProcessEnded', `${name} ended with ${code ?? by} before it was ready:\n${log.last(15)}`),
        ),
      );
      if (limit.signal.aborted) reject(limit.signal.reason);
    });
  } finally {
    limit.done();
  }
}

/** Resolves when the child has ended; at once if it has ended already. */
export function hasEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/**
 * Asks a child to end with `ask`, and sends SIGKILL to its process group after `graceMs`. Resolves when it has ended. If
 * the child has no process group of its own (it was not spawned detached), only the child is killed.
 */
export async function endChild(child: ChildProcess, ask: () => void, graceMs: number, clock: Clock): Promise<void> {
  const ended = hasEnded(child);
  ask();
  const cancel = clock.setTimer(graceMs, () => killGroup(child));
  await ended;
  cancel();
}

export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // There is no such group: the child is in our group, or its whole group has ended.
    child.kill('SIGKILL');
  }
}
