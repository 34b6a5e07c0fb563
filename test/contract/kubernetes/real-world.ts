import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { connectApiServer, isApiError, ResourceClient } from '../../../src/kubernetes';
import { deadline, sleep, systemClock } from '../../../src/time/clock';
import type { Binaries } from '../../envtest/binaries/find-binaries';
import { restorable } from '../../envtest/proxies/etcd-restore';
import { type HttpFault, startHttpProxy } from '../../envtest/proxies/http-proxy';
import { openTcpGate, targetOf } from '../../envtest/proxies/tcp-gate';
import { startApiServer } from '../../envtest/real-parts';
import { type ConformanceWorld, type Failure, kindOf, type RequestKind } from './conformance-world';

const DEADLINE_MS = 30_000;
const POLL_MS = 20;
const USER_AGENT = 'kubernetes-conformance';
const signal = new AbortController().signal;
const clock = systemClock;

/** kube-apiserver with etcd. A client connects to a TCP gate, the gate to an HTTP proxy, and the proxy to the server. */
export async function realWorld(binaries: Binaries): Promise<ConformanceWorld> {
  // Leases have no watch cache and their history is compacted after one or two seconds, so a watch of them can expire.
  const flags = { 'watch-cache-sizes': 'leases.coordination.k8s.io#0', 'etcd-compaction-interval': '1s' };
  const real = await startApiServer(binaries, { flags }, signal);
  const etcd = await restorable(real);
  const direct = connectApiServer({ clock, kubeconfigFile: real.kubeconfig, userAgent: USER_AGENT });
  let disturbed: { readonly kinds: readonly RequestKind[]; readonly fault: HttpFault } | undefined;
  let sent = 0;
  const proxy = await startHttpProxy({
    target: { ...targetOf(real.url), ca: real.caPem },
    clientCertificate: { cert: real.certPem, key: real.keyPem },
    faultFor: ({ method, path: route }) => {
      sent += 1;
      const [pathname = '', query = ''] = route.split('?');
      return disturbed?.kinds.includes(kindOf(method, pathname, query)) === true ? disturbed.fault : undefined;
    },
  });
  const gate = await openTcpGate({ host: '127.0.0.1', port: proxy.port });
  const kubeconfigFile = path.join(real.folder, 'kubeconfig-proxied');
  await writeFile(kubeconfigFile, kubeconfigFor(gate.host, proxy.cert));
  const server = connectApiServer({ clock, kubeconfigFile, userAgent: USER_AGENT });
  await serveGroups();
  let namespaces = 0;

  async function serveGroups(): Promise<void> {
    const crds = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      plural: 'customresourcedefinitions',
    };
    const crd = parse(readFileSync(path.join(__dirname, '../../../crds/vmgroup.yaml'), 'utf8'));
    await new ResourceClient(direct, crds).create('', crd, signal);
    await served();
  }

  /** Waits until VmGroups are served: a server that is ready may still initialize their storage. */
  async function served(): Promise<void> {
    const groups = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', plural: 'vmgroups' };
    await until('VmGroups are served', async () => {
      await new ResourceClient(direct, groups).list({}, signal);
      return true;
    });
  }

  /** Waits until a watch from the current version is refused. */
  async function compact(): Promise<void> {
    const leases = new ResourceClient(direct, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      plural: 'leases',
    });
    const { metadata } = await leases.create('default', { metadata: { generateName: 'compacted-' } }, signal);
    await leases.delete('default', metadata.name, {}, signal);
    await until('the history is compacted', async () => {
      const query = { namespace: 'default', resourceVersion: metadata.resourceVersion, timeoutSeconds: 1 };
      const watch = leases.watch(query, signal);
      return watch.next().then(
        () => watch.return(undefined).then(() => false),
        (error: unknown) => isApiError(error, 'Expired'),
      );
    });
  }

  return {
    clock,
    server,
    direct,
    get sent() {
      return sent;
    },
    namespace: async () => {
      namespaces += 1;
      const name = `namespace-${namespaces}`;
      const type = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' };
      await new ResourceClient(direct, type).create('', { metadata: { name } }, signal);
      return name;
    },
    until,
    ended: (promise) => promise,
    disturb: (kinds, failure) => {
      disturbed = { kinds, fault: faultOf(failure) };
      return () => {
        disturbed = undefined;
      };
    },
    refuse: () => {
      gate.set('Refuse');
      return () => gate.set('Open');
    },
    hang: () => {
      gate.set('Hang');
      return () => gate.set('Open');
    },
    reset: () => gate.reset(),
    restart: async () => {
      await etcd.apiServer.kill();
      await etcd.apiServer.start();
      await served();
    },
    snapshot: async () => {
      const restore = await etcd.snapshot();
      return async (apiServer) => {
        await restore(apiServer);
        await served();
      };
    },
    compact,
    close: async () => {
      server.close();
      direct.close();
      await gate.close();
      await proxy.close();
      await etcd.close();
      await real.stop();
    },
  };
}

async function until(claim: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const limit = deadline(clock, DEADLINE_MS, signal, () => new Error(`not within ${DEADLINE_MS} ms: ${claim}`));
  try {
    while (
      !(await Promise.resolve()
        .then(isSo)
        .catch(() => false))
    )
      await sleep(clock, POLL_MS, limit.signal);
  } finally {
    limit.done();
  }
}

function faultOf(failure: Failure): HttpFault {
  switch (failure.kind) {
    case 'Answer': {
      const { status, reason, retryAfterSeconds } = failure;
      const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code: status });
      const retry = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
      return { kind: 'Answer', status, headers: { 'content-type': 'application/json', ...retry }, body };
    }
    case 'Reset':
      return { kind: 'Reset' };
    case 'LostReply':
      return { kind: 'LostReply' };
    case 'Slow':
      return { kind: 'Slow', pieceBytes: 100, pauseMs: 50 };
  }
}

/** It has no credentials: the proxy gives the administrator's certificate to the server. */
function kubeconfigFor(host: string, cert: string): string {
  const cluster = { server: `https://${host}`, 'certificate-authority-data': Buffer.from(cert).toString('base64') };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'proxied', cluster }],
    users: [{ name: 'anonymous', user: {} }],
    contexts: [{ name: 'proxied', context: { cluster: 'proxied', user: 'anonymous' } }],
    'current-context': 'proxied',
  });
}
