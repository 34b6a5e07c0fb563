import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Clock, deadline } from '../../../src/time/clock';
import { SandboxError } from '../sandbox-error';
import type { LineLog } from './line-log';

/**
 * The first line that a just started child prints. Rejects with ProcessEnded, quoting the log, when it ends before; with
 * NotInTime after `timeoutMs`; with the signal's reason. It does not end the child: its owner does.
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

/** Resolves when the child has ended, at once if it already has. */
export function hasEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/**
 * Ends a child by `ask`, and by SIGKILL to its whole process group after `graceMs`. Resolves once it is gone. Without a
 * group of its own (spawned not detached) only the child is killed.
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
    // No such group: the child is in ours, or all of its group are gone already.
    child.kill('SIGKILL');
  }
}
