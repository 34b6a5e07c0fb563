import { readFileSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import * as net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import {
  ApiError,
  type ApiServer,
  type Change,
  connectApiServer,
  EventRecorder,
  isApiError,
  type KubernetesObject,
  Reflector,
  ResourceClient,
} from '../../src/kubernetes';
import { deadline, sleep, systemClock } from '../../src/time/clock';
import { seededRandom } from '../../src/time/random';
import { type ApiServer as RealApiServer, startApiServer } from '../envtest/real-parts';

interface Group extends KubernetesObject {
  readonly spec: {
    readonly replicas: number;
    readonly cpu: number;
    readonly memory: number;
    readonly template: string;
  };
  readonly status?: { readonly phase?: string; readonly readyReplicas?: number };
}
interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

const GROUPS = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', plural: 'vmgroups' };
const CONFIG_MAPS = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' };
const LEASES = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' };
const CRDS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
};

const clock = systemClock;
const never = new AbortController();
const signal = never.signal;
let real: RealApiServer;
let server: ApiServer;
let groups: ResourceClient<Group>;
let configMaps: ResourceClient<ConfigMap>;

beforeAll(async () => {
  // Leases without the watch cache, and history cut after a second or two: a watch of them can really expire.
  const flags = { 'watch-cache-sizes': 'leases.coordination.k8s.io#0', 'etcd-compaction-interval': '1s' };
  real = await startApiServer(inject('binaries'), { flags }, signal);
  server = connectApiServer({ clock, kubeconfigFile: real.kubeconfig, userAgent: 'kubernetes-test' });
  groups = new ResourceClient<Group>(server, GROUPS);
  configMaps = new ResourceClient<ConfigMap>(server, CONFIG_MAPS);
  const crd = parse(readFileSync(path.join(__dirname, '../../crds/vmgroup.yaml'), 'utf8'));
  await new ResourceClient(server, CRDS).create('', crd, signal);
  await until('the CRD is served', async () => {
    await groups.list({}, signal);
    return true;
  });
});

afterAll(async () => {
  server?.close();
  await real?.stop();
});

test('a status is applied, and what a later apply leaves out is removed', async () => {
  await groups.create('default', aGroup('status'), signal);
  await groups.applyStatus('default', 'status', { phase: 'PENDING', readyReplicas: 1 }, 'tester', signal);
  const after = await groups.applyStatus('default', 'status', { phase: 'RUNNING' }, 'tester', signal);
  expect(after.status).toEqual({ phase: 'RUNNING' });
  await groups.delete('default', 'status', { uid: after.metadata.uid }, signal);
  const late = groups.applyStatus('default', 'status', { phase: 'ERROR' }, 'tester', signal);
  await expect(late).rejects.toMatchObject({ name: 'ApiError', code: 'NotFound', status: 404 });
});

test('failures carry the reason of the server', async () => {
  const { metadata } = await groups.create('default', aGroup('reasons'), signal);
  const old = String(Number(metadata.resourceVersion) - 1);
  const attempts: Record<string, () => Promise<unknown>> = {
    AlreadyExists: () => groups.create('default', aGroup('reasons'), signal),
    Invalid: () => groups.create('default', aGroup('invalid', { replicas: -1 }), signal),
    NotFound: () => groups.get('default', 'nobody', signal),
    Conflict: () =>
      groups.mergePatch('default', 'reasons', { metadata: { resourceVersion: old, finalizers: ['test/a'] } }, signal),
  };
  for (const [code, attempt] of Object.entries(attempts)) {
    const error = await attempt().catch((caught: unknown) => caught);
    expect(isApiError(error, code), `${code}: ${error}`).toBe(true);
  }
  const other = groups.delete('default', 'reasons', { uid: 'another' }, signal);
  await expect(other).rejects.toMatchObject({ code: 'Conflict' });
});

test('a service account without rights is Forbidden, one without a valid token is Unauthorized', async () => {
  await new ResourceClient(server, { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts' }).create(
    'default',
    { metadata: { name: 'nobody' } },
    signal,
  );
  const review = await server.request<{ status: { token: string } }>(
    {
      method: 'POST',
      path: '/api/v1/namespaces/default/serviceaccounts/nobody/token',
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    },
    signal,
  );
  for (const [token, code] of [
    [review.status.token, 'Forbidden'],
    ['not-a-token', 'Unauthorized'],
  ] as const) {
    const nobody = connectApiServer({ clock, kubeconfigFile: withToken(token), userAgent: 'kubernetes-test' });
    const attempt = new ResourceClient<Group>(nobody, GROUPS).list({}, signal);
    await expect(attempt).rejects.toMatchObject({ name: 'ApiError', code });
    const reading = new AbortController();
    const watch = new ResourceClient<Group>(nobody, GROUPS).watch(
      { resourceVersion: '1', timeoutSeconds: 5 },
      reading.signal,
    );
    await expect(watch.next()).rejects.toMatchObject({ code });
    nobody.close();
  }
});

test('an unreachable server is Unreachable, and a wait ends with the reason of its signal', async () => {
  const nowhere = connectApiServer({
    clock,
    kubeconfigFile: rewritten((text) => text.replace(/server: .*/, 'server: https://127.0.0.1:1')),
    userAgent: 'kubernetes-test',
  });
  await expect(nowhere.request({ method: 'GET', path: '/readyz' }, signal)).rejects.toMatchObject({
    code: 'Unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  const leaving = new AbortController();
  const watching = groups.watch({ resourceVersion: '0', timeoutSeconds: 60 }, leaving.signal);
  const pending = (async () => {
    for await (const _ of watching);
  })();
  leaving.abort(new Error('going home'));
  await expect(pending).rejects.toThrow('going home');
  nowhere.close();
});

test('an untrusted certificate is refused', async () => {
  const kubeconfigFile = rewritten((text) => text.replace(/^\s*certificate-authority-data: .*\n/m, ''));
  const stranger = connectApiServer({ clock, kubeconfigFile, userAgent: 'kubernetes-test' });
  await expect(stranger.request({ method: 'GET', path: '/readyz' }, signal)).rejects.toMatchObject({
    code: 'Unreachable',
    message: expect.stringMatching(/certificate/i),
  });
  stranger.close();
});

test('a proxy carries TLS through, client certificate and all', async () => {
  const tunnels: string[] = [];
  const proxy = http.createServer();
  proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    tunnels.push(request.url ?? '');
    const upstream = net.connect(Number(new URL(real.url).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(upstream).pipe(socket);
    });
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as net.AddressInfo;
  const kubeconfigFile = rewritten((text) =>
    text.replace(/^(\s*)server: (.*)$/m, `$1server: $2\n$1proxy-url: http://127.0.0.1:${port}`),
  );
  const proxied = connectApiServer({ clock, kubeconfigFile, userAgent: 'kubernetes-test' });
  const client = new ResourceClient<Group>(proxied, GROUPS);
  for (let time = 0; time < 10; time += 1) await client.list({}, signal);
  expect(tunnels).toEqual([new URL(real.url).host]);
  proxied.close();
  await new Promise((resolve) => proxy.close(resolve));
});

describe('a reflector', () => {
  test('follows creation, change and deletion, and strips managedFields', async () => {
    await using watching = await aReflector(configMaps, 'follow');
    const { metadata } = await configMaps.create('follow', { metadata: { name: 'a' }, data: { v: '1' } }, signal);
    await until('a is there', () => watching.reflector.store.get('follow/a')?.data?.v === '1');
    expect(watching.reflector.store.get('follow/a')?.metadata).not.toHaveProperty('managedFields');
    expect(watching.reflector.store.get('follow/a')).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    await configMaps.mergePatch('follow', 'a', { data: { v: '2' } }, signal);
    await until('a is changed', () => watching.reflector.store.get('follow/a')?.data?.v === '2');
    await configMaps.delete('follow', 'a', { uid: metadata.uid }, signal);
    await until('a is gone', () => watching.reflector.store.get('follow/a') === undefined);
    expect(watching.story()).toEqual(['+a', '~a', '-a']);
  });

  test('goes on from the last version after a broken connection, without a new list', async () => {
    await using gate = await aGate(real.url);
    const through = connectApiServer({ clock, kubeconfigFile: throughGate(gate.port), userAgent: 'kubernetes-test' });
    const counted = counting(through);
    await using watching = await aReflector(new ResourceClient<ConfigMap>(counted.server, CONFIG_MAPS), 'resume');
    await configMaps.create('resume', { metadata: { name: 'before' } }, signal);
    await until('before is there', () => watching.reflector.store.get('resume/before') !== undefined);
    gate.close();
    await configMaps.create('resume', { metadata: { name: 'during' } }, signal);
    await configMaps.delete('resume', 'before', {}, signal);
    await until('the trouble is noticed', () => watching.reflector.readError !== undefined);
    gate.open();
    const startMs = clock.monotonicMs();
    await until('during is there', () => watching.reflector.store.get('resume/during') !== undefined);
    expect(clock.monotonicMs() - startMs).toBeLessThan(2_000);
    expect(watching.story()).toEqual(['+before', '+during', '-before']);
    expect(counted.lists()).toBe(1);
    through.close();
  });

  test('lists anew and reports only the differences when its version has expired', async () => {
    await using gate = await aGate(real.url);
    const through = connectApiServer({ clock, kubeconfigFile: throughGate(gate.port), userAgent: 'kubernetes-test' });
    const counted = counting(through);
    const leases = new ResourceClient<KubernetesObject>(server, LEASES);
    await using watching = await aReflector(new ResourceClient<KubernetesObject>(counted.server, LEASES), 'expired');
    const { metadata } = await leases.create('expired', { metadata: { name: 'gone' } }, signal);
    for (const name of ['same', 'changed']) await leases.create('expired', { metadata: { name } }, signal);
    await until('all are there', () => watching.reflector.store.size === 3);
    gate.close();
    await leases.delete('expired', 'gone', {}, signal);
    await leases.create('expired', { metadata: { name: 'fresh' } }, signal);
    await leases.mergePatch('expired', 'changed', { metadata: { labels: { new: 'yes' } } }, signal);
    await until('the history is compacted', async () => {
      const query = { namespace: 'expired', resourceVersion: metadata.resourceVersion, timeoutSeconds: 1 };
      const watch = leases.watch(query, signal);
      return watch.next().then(
        () => watch.return(undefined).then(() => false),
        (error: unknown) => isApiError(error, 'Expired'),
      );
    });
    gate.open();
    await until('fresh is there', () => watching.reflector.store.get('expired/fresh') !== undefined);
    expect(counted.lists()).toBe(2);
    expect(watching.story()).toEqual(['+gone', '+same', '+changed', '-gone', '~changed', '+fresh']);
    through.close();
  });

  test('pages through thousands of objects and keeps them small', async ({ annotate }) => {
    const count = 3_000;
    await namespaceOf('many');
    const padding = 'x'.repeat(200);
    await inParallel(16, count, (index) =>
      groups.create('many', aGroup(`g-${index}`, { template: `template-${index % 7}-${padding}` }), signal),
    );
    global.gc?.();
    const beforeBytes = process.memoryUsage().heapUsed;
    const counted = counting(server);
    const startMs = clock.monotonicMs();
    await using watching = await aReflector(new ResourceClient<Group>(counted.server, GROUPS), 'many');
    const tookMs = clock.monotonicMs() - startMs;
    expect(watching.reflector.store.size).toBe(count);
    expect(counted.lists()).toBe(6);
    global.gc?.();
    const bytesEach = (process.memoryUsage().heapUsed - beforeBytes) / count;
    await annotate(
      `reflector: ${count} groups in ${Math.round(tookMs)} ms, ${Math.round(bytesEach)} bytes of heap each`,
    );
  });
});

test('equal events become one series', async () => {
  const { metadata } = await groups.create('default', aGroup('noisy'), signal);
  const recorder = new EventRecorder({
    server,
    clock,
    reportingController: 'vm.codeconnect.vmworld.com/test',
    reportingInstance: 'test-0',
  });
  const event = {
    regarding: {
      apiVersion: GROUPS.apiVersion,
      kind: 'VmGroup',
      namespace: 'default',
      name: 'noisy',
      uid: metadata.uid,
    },
    type: 'Warning',
    reason: 'TemplateNotFound',
    action: 'Clone',
    note: 'ä'.repeat(800),
  } as const;
  recorder.record(event);
  await recorder.flush(signal);
  for (let count = 0; count < 4; count += 1) recorder.record(event);
  recorder.record({ ...event, type: 'Normal', reason: 'Cloned', note: 'done' });
  await recorder.flush(signal);
  const { items } = await new ResourceClient<KubernetesObject & { series?: { count: number }; reason: string }>(
    server,
    {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      plural: 'events',
    },
  ).list({ namespace: 'default', fieldSelector: 'regarding.name=noisy' }, signal);
  const counts = Object.fromEntries(items.map((item) => [item.reason, item.series?.count]));
  expect(counts).toEqual({ TemplateNotFound: 5, Cloned: undefined });
  recorder.close();
});

test('thousands of requests use one connection', async ({ annotate }) => {
  await using gate = await aGate(real.url);
  const through = connectApiServer({ clock, kubeconfigFile: throughGate(gate.port), userAgent: 'kubernetes-test' });
  const client = new ResourceClient<ConfigMap>(through, CONFIG_MAPS);
  await configMaps.create('default', { metadata: { name: 'one' } }, signal);
  const count = 2_000;
  const startMs = clock.monotonicMs();
  for (let index = 0; index < count; index += 1) await client.get('default', 'one', signal);
  const perSecond = Math.round(count / ((clock.monotonicMs() - startMs) / 1000));
  const parallelMs = clock.monotonicMs();
  const connections = gate.connections();
  await inParallel(16, count, () => client.get('default', 'one', signal));
  const parallel = Math.round(count / ((clock.monotonicMs() - parallelMs) / 1000));
  await annotate(`16 at a time: ${parallel} requests/s over ${gate.connections()} connections`);
  await annotate(`one after the other: ${perSecond} requests/s over ${connections} connection(s)`);
  expect(connections).toBe(1);
  expect(gate.connections()).toBeLessThanOrEqual(16);
  through.close();
});

// --- what the tests are made of ---

function aGroup(name: string, spec: Partial<Group['spec']> = {}) {
  return { metadata: { name }, spec: { replicas: 1, cpu: 1, memory: 1, template: 'ubuntu', ...spec } };
}

async function namespaceOf(name: string): Promise<void> {
  const namespaces = new ResourceClient(server, { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' });
  await namespaces.create('', { metadata: { name } }, signal);
}

/** A synced reflector of a new namespace; it ends with the test. */
async function aReflector<T extends KubernetesObject>(client: ResourceClient<T>, namespace: string) {
  if (namespace !== 'many') await namespaceOf(namespace);
  const stop = new AbortController();
  const reflector = new Reflector<T>({ client, namespaces: [namespace], clock, random: seededRandom(1) });
  const changes: Change<T>[] = [];
  reflector.onChange((change) => changes.push(change));
  const running = reflector.run(stop.signal);
  await reflector.whenSynced(signal);
  const sign = (change: Change<T>) => (change.before === undefined ? '+' : change.after === undefined ? '-' : '~');
  return {
    reflector,
    story: () => changes.map((change) => sign(change) + change.key.split('/')[1]),
    [Symbol.asyncDispose]: async () => {
      stop.abort(new Error('the test is over'));
      await running;
    },
  };
}

/** Counts the pages of lists. */
function counting(inner: ApiServer) {
  let lists = 0;
  const counted: ApiServer = {
    server: inner.server,
    close: () => inner.close(),
    request: (request, caller) => {
      if (request.query !== undefined && 'limit' in request.query) lists += 1;
      return inner.request(request, caller);
    },
    stream: (request, caller) => inner.stream(request, caller),
  };
  return { server: counted, lists: () => lists };
}

/** A TCP port in front of the API server that can be shut: connections break, new ones are refused. */
async function aGate(url: string) {
  const target = new URL(url);
  const sockets = new Set<net.Socket>();
  let shut = false;
  let connections = 0;
  const listener = net.createServer((socket) => {
    if (shut) {
      socket.resetAndDestroy();
      return;
    }
    connections += 1;
    const upstream = net.connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
      from.pipe(to);
    }
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as net.AddressInfo).port,
    connections: () => connections,
    close: () => {
      shut = true;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    open: () => {
      shut = false;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}

let files = 0;
/** A kubeconfig made from the administrator's. */
function rewritten(change: (text: string) => string): string {
  files += 1;
  const file = path.join(real.folder, `kubeconfig-${files}`);
  writeFileSync(file, change(readFileSync(real.kubeconfig, 'utf8')));
  return file;
}

function throughGate(port: number): string {
  return rewritten((text) => text.replace(/server: .*/, `server: https://127.0.0.1:${port}`));
}

function withToken(token: string): string {
  return rewritten((text) =>
    text.replace(/client-certificate-data: .*/, `token: ${token}`).replace(/^\s*client-key-data: .*\n/m, ''),
  );
}

/** Asks again and again until it is so; a rejection means not yet. The deadline's message has the claim. */
async function until(claim: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const limit = deadline(clock, 20_000, signal, () => new Error(`it never came true that ${claim}`));
  try {
    for (;;) {
      const so = await Promise.resolve()
        .then(isSo)
        .catch((error: unknown) => {
          if (!(error instanceof ApiError)) throw error;
          return false;
        });
      if (so) return;
      await sleep(clock, 20, limit.signal);
    }
  } finally {
    limit.done();
  }
}

async function inParallel(lanes: number, count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
