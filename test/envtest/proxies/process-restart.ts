import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deadline, sleep, systemClock } from '../../../src/time/clock';
import type { RunningProcess } from './find-process';

/** A server that can be killed and started again with the same command line. Linux only. */
export interface RestartableProcess {
  /** SIGKILL. Resolves when the process has ended. */
  kill(): Promise<void>;
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** Stops it where it is, and lets it go on after the work. */
  paused<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the process that was started here. */
  close(): Promise<void>;
}

const LEASH = path.join(__dirname, '..', 'real-parts', 'leash.mts');
const POLL_MS = 20;
const TIMEOUT_MS = 60_000;

export function restartableProcess(first: RunningProcess, isReady: () => Promise<boolean>): RestartableProcess {
  const [program = ''] = first.commandLine;
  let processId: number | undefined = first.processId;
  let leash: ChildProcess | undefined;
  const kill = async () => {
    if (processId === undefined) return;
    const gone = processId;
    process.kill(gone, 'SIGKILL');
    processId = undefined;
    await eventually(async () => !(await isAlive(gone)));
    leash?.removeAllListeners('message');
    if (leash?.connected === true) leash.disconnect();
    leash = undefined;
  };
  return {
    kill,
    start: async () => {
      const started = spawn(process.execPath, [LEASH, ...first.commandLine], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        detached: true,
      });
      leash = started;
      processId = await new Promise<number>((resolve, reject) => {
        started.once('message', (report: { kind: string; processId?: number }) => {
          if (report.kind === 'Started' && report.processId !== undefined) resolve(report.processId);
          else reject(new Error(`${path.basename(program)} did not start: ${JSON.stringify(report)}`));
        });
      });
      await eventually(() => isReady().catch(() => false));
    },
    paused: async (work) => {
      const stopped = processId;
      if (stopped === undefined) return work();
      process.kill(stopped, 'SIGSTOP');
      return work().finally(() => process.kill(stopped, 'SIGCONT'));
    },
    close: kill,
  };

  async function eventually(isSo: () => Promise<boolean>): Promise<void> {
    const never = new AbortController().signal;
    const late = () => new Error(`${path.basename(program)} took too long`);
    const limit = deadline(systemClock, TIMEOUT_MS, never, late);
    try {
      while (!(await isSo())) await sleep(systemClock, POLL_MS, limit.signal);
    } finally {
      limit.done();
    }
  }
}

/** A zombie is a process that has ended and that its parent has not waited for. It has no ports. */
async function isAlive(processId: number): Promise<boolean> {
  const status = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => undefined);
  return status !== undefined && !/\) Z /.test(status);
}
