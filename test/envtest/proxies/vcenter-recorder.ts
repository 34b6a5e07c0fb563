import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Vcsim } from '../real-parts';
import { type HttpProxyOptions, startHttpProxy } from './http-proxy';
import { targetOf } from './tcp-gate';

/** vim25 methods that change the inventory. Methods of sessions, views and waits are not among them. */
const MUTATIONS =
  /^(CreateFolder|CloneVM_Task|ReconfigVM_Task|PowerOnVM_Task|PowerOffVM_Task|ShutdownGuest|Destroy_Task|UnregisterAndDestroy_Task|MoveIntoFolder_Task|Rename_Task)$/;

/** A change that arrived, with the wall clock of this machine. */
export interface RecordedMutation {
  readonly method: string;
  readonly wallMs: number;
}

export interface RecorderOptions {
  /** Of the proxy. Default: a new one. */
  readonly certificate?: NonNullable<HttpProxyOptions['certificate']>;
  /** Called for each change, before it is sent on. */
  readonly onMutation?: (mutation: RecordedMutation) => void;
}

/** A vCenter behind a proxy for one process, which records its changes. */
export interface RecordedVCenter {
  /** The settings of the process: the address and the certificate of the proxy. */
  readonly vcsim: Pick<Vcsim, 'host' | 'user' | 'password' | 'caFile'>;
  /** Changes in the order of their arrival. */
  readonly mutations: readonly RecordedMutation[];
  close(): Promise<void>;
}

/** Starts a proxy for one process, so that each change belongs to a known process. The certificate is put into `folder`. */
export async function recordVCenter(
  vcsim: Vcsim,
  folder: string,
  name: string,
  { onMutation, ...options }: RecorderOptions = {},
): Promise<RecordedVCenter> {
  const mutations: RecordedMutation[] = [];
  const proxy = await startHttpProxy({
    ...options,
    target: { ...targetOf(vcsim.url), ca: await readFile(vcsim.caFile, 'utf8') },
    onRequest: ({ body, wallMs }) => {
      const method = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1] ?? '';
      if (!MUTATIONS.test(method)) return;
      mutations.push({ method, wallMs });
      onMutation?.({ method, wallMs });
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
