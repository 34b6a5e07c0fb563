import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { deadline, sleep, systemClock } from '../../../src/time/clock';
import { type ApiServer, adminRequest } from '../real-parts';
import { findApiServer } from './find-process';

/** A kube-apiserver that can be killed and started again at the same address, with the same etcd. Linux only. */
export interface RestartableApiServer {
  /** SIGKILL. Resolves when the process has ended. */
  kill(): Promise<void>;
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** Ends the process that was started here. */
  close(): Promise<void>;
}

const LEASH = path.join(__dirname, '..', 'real-parts', 'leash.mts');
const POLL_MS = 20;
const TIMEOUT_MS = 60_000;

export async function restartable(server: ApiServer): Promise<RestartableApiServer> {
  const first = await findApiServer(server.url);
  if (first === undefined) throw new Error(`no kube-apiserver serves ${server.url}`);
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
          else reject(new Error(`kube-apiserver did not start: ${JSON.stringify(report)}`));
        });
      });
      await eventually(() => isReady(server));
    },
    close: kill,
  };
}

async function isReady(server: ApiServer): Promise<boolean> {
  try {
    const answer = await adminRequest(server, 'GET', '/readyz', undefined, new AbortController().signal);
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** A zombie is a process that has ended and that its parent has not waited for. It has no ports. */
async function isAlive(processId: number): Promise<boolean> {
  const status = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => undefined);
  return status !== undefined && !/\) Z /.test(status);
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  const never = new AbortController().signal;
  const limit = deadline(systemClock, TIMEOUT_MS, never, () => new Error('kube-apiserver took too long'));
  try {
    while (!(await isSo())) await sleep(systemClock, POLL_MS, limit.signal);
  } finally {
    limit.done();
  }
}
