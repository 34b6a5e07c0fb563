import { cp, mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import path from 'node:path';
import type { ApiServer } from '../real-parts';
import { restartable } from './api-server-restart';
import { findApiServer, findProcess } from './find-process';
import { type RestartableProcess, restartableProcess } from './process-restart';

/** What becomes of kube-apiserver at a restore. Kubernetes' instructions say to stop it first, and not all people do. */
export type ApiServerAtRestore = 'Restarted' | 'Kept';

/** The etcd of a server, whose data can go back to an earlier state. */
export interface RestorableEtcd {
  readonly apiServer: RestartableProcess;
  /** The returned function restores the data of now. It resolves when both servers are ready. */
  snapshot(): Promise<(apiServer: ApiServerAtRestore) => Promise<void>>;
  close(): Promise<void>;
}

export async function restorable(server: ApiServer): Promise<RestorableEtcd> {
  const apiServer = await restartable(server);
  const url = flagOf('--etcd-servers', (await findApiServer(server.url))?.commandLine ?? []);
  const found = await findProcess((line) => line.includes(`--listen-client-urls=${url}`));
  if (found === undefined) throw new Error(`no etcd serves ${url}`);
  const data = flagOf('--data-dir', found.commandLine);
  const etcd = restartableProcess(found, () => isHealthy(url));
  return {
    apiServer,
    snapshot: async () => {
      const copy = await mkdtemp(path.join(server.folder, 'etcd-snapshot-'));
      // What the files of a stopped process hold is what they would hold after kill -9: etcd can start with it.
      await etcd.paused(() => cp(data, copy, { recursive: true }));
      return async (end) => {
        if (end === 'Restarted') await apiServer.kill();
        await etcd.kill();
        await rm(data, { recursive: true });
        await cp(copy, data, { recursive: true });
        await etcd.start();
        if (end === 'Restarted') await apiServer.start();
      };
    },
    close: async () => {
      await apiServer.close();
      await etcd.close();
    },
  };
}

function flagOf(flag: string, commandLine: readonly string[]): string {
  const value = commandLine.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1);
  if (value === undefined) throw new Error(`no ${flag} in ${commandLine.join(' ')}`);
  return value;
}

function isHealthy(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const call = get(new URL('/health', url), { agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    call.once('error', reject);
  });
}
