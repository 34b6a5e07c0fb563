import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Vcsim } from '../real-parts';
import { startHttpProxy } from './http-proxy';
import { targetOf } from './tcp-gate';

/** vim25 methods that change something. Sessions, views and waits are not among them. */
const MUTATIONS =
  /^(CreateFolder|CloneVM_Task|ReconfigVM_Task|PowerOnVM_Task|PowerOffVM_Task|Destroy_Task|UnregisterAndDestroy_Task|MoveIntoFolder_Task|Rename_Task)$/;

/** A vCenter as one process sees it: a door of its own, with a book of what went through. */
export interface RecordedVCenter {
  /** Takes the place of the simulator for a process. */
  readonly vcsim: Pick<Vcsim, 'host' | 'user' | 'password' | 'caFile'>;
  /** Changes that arrived, in order, by the wall clock of this machine. */
  readonly mutations: readonly { readonly method: string; readonly wallMs: number }[];
  close(): Promise<void>;
}

/** One for each process, so that each change is attributed beyond doubt. `folder` gets the certificate. */
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
