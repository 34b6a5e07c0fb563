/** R2, R7, R13: the operator is killed before and after each kind of write to the API server. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { onTestFinished, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type HttpFault, type SeenRequest, startHttpProxy } from '../envtest/proxies/http-proxy';
import { serviceAccountKubeconfig } from '../envtest/real-parts';
import { aCrashWorld, exactly, nothingIsLeft, REPLICAS } from './crash-world';
import type { Installation } from './installation';

const WRITES = {
  'the finalizer is added': /"finalizers":\[".*"\]/,
  'a status is written': /"observedGeneration"/,
  'the finalizer is removed': /"finalizers":(\[\]|null)/,
};

/** `Reset`: the server does not get the write. `LostReply`: it has done the write. */
const KINDS = ['Reset', 'LostReply'] as const;

test.each(Object.entries(WRITES))('R2, R7, R13: killed before and after %s', async (_what, body) => {
  const world = await aCrashWorld();
  const { here, proxy } = world;
  let faultOfWrite: (() => HttpFault) | undefined;
  const faultFor = (request: SeenRequest): HttpFault | undefined => {
    const isMeant = request.method === 'PATCH' && /\/vmgroups\//.test(request.path) && body.test(request.body);
    return isMeant ? faultOfWrite?.() : undefined;
  };
  const { hostname, port } = new URL(here.server.url);
  const target = { host: hostname, port: Number(port), ca: here.server.caPem };
  const through = await startHttpProxy({ target, faultFor });
  onTestFinished(() => through.close());
  const kubeconfig = await kubeconfigThrough(here, through);
  for (const kind of KINDS) {
    const failed = Promise.withResolvers<void>();
    faultOfWrite = () => {
      faultOfWrite = undefined;
      failed.resolve();
      return { kind };
    };
    const first = await here.operator({ vcsim: proxy.vcsim, kubeconfig });
    await here.apply('web', { replicas: REPLICAS });
    const second = failed.promise.then(async () => {
      await first.kill();
      await world.run();
    });
    if (body === WRITES['the finalizer is removed']) {
      await exactly(world, REPLICAS);
    } else {
      await second;
      await exactly(world, REPLICAS);
    }
    await here.run('delete', 'vg', 'web', '--wait=false');
    await here.untilGone('web');
    await second;
    await world.kill();
    await nothingIsLeft(world);
  }
});

/** The operator's kubeconfig, with the proxy instead of the API server. */
async function kubeconfigThrough(
  { server, facts }: Installation,
  proxy: { readonly host: string; readonly cert: string },
): Promise<string> {
  const { namespace, serviceAccount: name } = facts;
  const direct = await serviceAccountKubeconfig(server, { namespace, name }, AbortSignal.timeout(30_000));
  const config: { clusters: { cluster: Record<string, string> }[] } = parse(await readFile(direct, 'utf8'));
  const cluster = config.clusters[0]?.cluster ?? {};
  cluster.server = `https://${proxy.host}`;
  cluster['certificate-authority-data'] = Buffer.from(proxy.cert).toString('base64');
  const file = path.join(server.folder, 'kubeconfig-through-proxy');
  await writeFile(file, stringify(config), { mode: 0o600 });
  return file;
}
