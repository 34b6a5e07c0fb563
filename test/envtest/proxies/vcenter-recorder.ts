import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Vcsim } from '../real-parts';
import { startHttpProxy } from './http-proxy';
import { targetOf } from './tcp-gate';

/** vim25 methods that change the inventory. Methods of sessions, views and waits are not among them. */
const MUTATIONS =
  /^(CreateFolder|CloneVM_Task|ReconfigVM_Task|PowerOnVM_Task|PowerOffVM_Task|Destroy_Task|UnregisterAndDestroy_Task|MoveIntoFolder_Task|Rename_Task)$/;

/** A vCenter behind a proxy for one process, which records its changes. */
export interface RecordedVCenter {
  /** The settings of the process: the address and the certificate of the proxy. */
  readonly vcsim: Pick<Vcsim, 'host' | 'user' | 'password' | 'caFile'>;
  /** Changes in the order of their arrival, with the wall clock of this machine. */
  readonly mutations: readonly { readonly method: string; readonly wallMs: number }[];
  close(): Promise<void>;
}

/** Starts a proxy for one process, so that each change belongs to a known process. The certificate is put into `folder`. */
export async function recordVCenter(vcsim: Vcsim, folder: string, name: string): Promise<RecordedVCenter> {
  const mutations: { method: string; wallMs: number }[] = [];
  const proxy = await startHttpProxy({
    target: { ...targetOf(vcsim.url), ca: await readFile(vcsim.caFile, 'utf8') },
    onRequest: ({ body, wallMs }) => {
      const method = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? '';
      if (MUTATIONS.test(method)) mutations.push({ method, wallMs });
    },
  });
  const caFile = path.join(folder, `vcenter-${name}.pem`);
  await writeFile(caFile, proxy.cert);
  return {
    vcsim: { host: proxy.host, user: vcsim.user, password: vcsim.password, caFile },
    mutations,
    close: () => proxy.close(),
  };
}
