/** One of the operators that compete, with its own ways to the API server and to each vCenter. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openTcpGate, type TcpGate, targetOf } from '../../envtest/proxies/tcp-gate';
import { recordVCenter } from '../../envtest/proxies/vcenter-recorder';
import type { OperatorProcess } from '../../envtest/real-parts';
import { identityOf } from '../vcenters/process-identity';
import type { World } from '../vcenters/world';
import { openConnectProxy } from './connect-proxy';
import type { Mutation } from './judge';

export interface Rival {
  readonly operator: OperatorProcess;
  /** In its Leases. */
  readonly identity: string;
  /** Before the API server. */
  readonly apiServer: TcpGate;
  /** Whether its process has ended. */
  readonly isOver: () => boolean;
  /** Ends its ways. Its process must have ended. */
  close(): Promise<void>;
}

export interface RivalOptions {
  readonly world: World;
  /** Differs from that of each other rival. */
  readonly name: string;
  readonly flags: readonly string[];
  /** All vCenters show this certificate to all rivals. */
  readonly certificate: { readonly cert: string; readonly key: string };
  /** Host name of the VCenter of a site. */
  readonly hostOf: (site: string) => string;
  /** Called for each change that this process asks a vCenter for. The process is the name here. */
  readonly onMutation: (mutation: Mutation) => void;
}

export async function startRival(options: RivalOptions): Promise<Rival> {
  const { world, name, flags, certificate, hostOf, onMutation } = options;
  const { server, sites } = world;
  const apiServer = await openTcpGate(targetOf(server.url));
  const kubeconfig = path.join(server.folder, `kubeconfig-${name}`);
  const text = await readFile(world.kubeconfig, 'utf8');
  await writeFile(kubeconfig, text.replace(server.url, `https://${apiServer.host}`), { mode: 0o600 });
  const recorders = await Promise.all(
    sites.map(async (site) => {
      const recorder = await recordVCenter(site.vcsim, server.folder, `${name}-${site.name}`, {
        certificate,
        onMutation: ({ method, wallMs }) => onMutation({ vcenter: site.name, process: name, method, atMs: wallMs }),
      });
      return { site: site.name, recorder };
    }),
  );
  const routes = recorders.map(({ site, recorder }) => {
    const target = targetOf(`https://${recorder.vcsim.host}`);
    return [hostOf(site), target] as const;
  });
  const proxy = await openConnectProxy(new Map(routes));
  const operator = await world.operator({ flags, kubeconfig, environment: { HTTPS_PROXY: proxy.url } });
  let over = false;
  void operator.ended.then(() => {
    over = true;
  });
  return {
    operator,
    identity: await identityOf(operator),
    apiServer,
    isOver: () => over,
    close: async () => {
      await proxy.close();
      await apiServer.close();
      for (const { recorder } of recorders) await recorder.close();
    },
  };
}
