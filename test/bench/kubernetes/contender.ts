/** One measurement in a process of its own: run by bench.ts with an order as JSON, answers with Measured as JSON. */
import * as k8s from '@kubernetes/client-node';
import { connectApiServer, type KubernetesObject, Reflector, ResourceClient } from '../../../src/kubernetes';
import { systemClock } from '../../../src/time/clock';
import { seededRandom } from '../../../src/time/random';

export type Contender = 'ours' | 'client-node';
export type Task = 'requests' | 'parallel-requests' | 'reflector';

export interface Measured {
  readonly count: number;
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly heapMiB: number;
  readonly rssMiB: number;
  readonly peakMiB: number;
  readonly changesCpuMs: number;
}

interface Order {
  readonly contender: Contender;
  readonly task: Task;
  readonly kubeconfig: string;
  readonly requests: number;
  readonly groups: number;
}

const [GROUP, VERSION, PLURAL] = ['vm.codeconnect.vmworld.com', 'v1alpha1', 'vmgroups'];
const GROUPS = { apiVersion: `${GROUP}/${VERSION}`, kind: 'VmGroup', plural: PLURAL };
const CHANGES = 2_000;
const MIB = 2 ** 20;
const clock = systemClock;
const signal = new AbortController().signal;

async function main(order: Order): Promise<Measured> {
  return order.task === 'reflector' ? reflect(order) : requests(order);
}

async function requests({ contender, task, kubeconfig, requests: count }: Order): Promise<Measured> {
  const get = contender === 'ours' ? ourGet(kubeconfig) : theirGet(kubeconfig);
  for (let index = 0; index < 100; index += 1) await get(index);
  const before = readings();
  const lanes = task === 'requests' ? 1 : 16;
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < count; index = next++) await get(index);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { count, ...since(before), changesCpuMs: 0 };
}

function ourGet(kubeconfigFile: string): (index: number) => Promise<unknown> {
  const client = new ResourceClient(connectApiServer({ clock, kubeconfigFile, userAgent: 'bench' }), GROUPS);
  return (index) => client.get('default', `group-${index % 1000}`, signal);
}

function theirGet(kubeconfigFile: string): (index: number) => Promise<unknown> {
  const api = theirConfig(kubeconfigFile).makeApiClient(k8s.CustomObjectsApi);
  return (index) =>
    api.getNamespacedCustomObject({
      group: GROUP ?? '',
      version: VERSION ?? '',
      namespace: 'default',
      plural: PLURAL ?? '',
      name: `group-${index % 1000}`,
    });
}

async function reflect({ contender, kubeconfig, groups: count }: Order): Promise<Measured> {
  global.gc?.();
  const before = readings();
  const seen = contender === 'ours' ? await ourReflector(kubeconfig) : await theirInformer(kubeconfig, count);
  if (seen.size() !== count) throw new Error(`${seen.size()} of ${count}`);
  global.gc?.();
  await pause(200);
  global.gc?.();
  const measured = since(before);
  const changesBefore = readings();
  const changed = seen.changes(CHANGES);
  // The changes are made by a process that is not measured.
  process.stderr.write('');
  await touch(kubeconfig);
  await changed;
  // What making them cost this process is measured by doing it once more without anybody listening.
  const withReader = since(changesBefore).cpuMs;
  seen.stop();
  const aloneBefore = readings();
  await touch(kubeconfig);
  return { count, ...measured, changesCpuMs: Math.max(1, withReader - since(aloneBefore).cpuMs) };
}

interface Reader {
  size(): number;
  /** Resolves after so many further changes. */
  changes(count: number): Promise<void>;
  stop(): void;
}

async function ourReflector(kubeconfigFile: string): Promise<Reader> {
  const client = new ResourceClient<KubernetesObject>(
    connectApiServer({ clock, kubeconfigFile, userAgent: 'bench' }),
    GROUPS,
  );
  const reflector = new Reflector({ client, clock, random: seededRandom(1) });
  const stop = new AbortController();
  void reflector.run(stop.signal);
  await reflector.whenSynced(signal);
  return {
    size: () => reflector.store.size,
    changes: (count) => counted(count, (tick) => reflector.onChange(tick)),
    stop: () => stop.abort(),
  };
}

async function theirInformer(kubeconfigFile: string, count: number): Promise<Reader> {
  const config = theirConfig(kubeconfigFile);
  const api = config.makeApiClient(k8s.CustomObjectsApi);
  const list = () =>
    api.listClusterCustomObject({ group: GROUP ?? '', version: VERSION ?? '', plural: PLURAL ?? '' }) as Promise<
      k8s.KubernetesListObject<k8s.KubernetesObject>
    >;
  const informer = k8s.makeInformer(config, `/apis/${GROUP}/${VERSION}/${PLURAL}`, list);
  const all = counted(count, (tick) => informer.on('add', tick));
  await informer.start();
  await all;
  return {
    size: () => informer.list().length,
    changes: (changes) => counted(changes, (tick) => informer.on('update', tick)),
    stop: () => void informer.stop(),
  };
}

function theirConfig(file: string): k8s.KubeConfig {
  const config = new k8s.KubeConfig();
  config.loadFromFile(file);
  return config;
}

async function touch(kubeconfigFile: string): Promise<void> {
  const server = connectApiServer({ clock, kubeconfigFile, userAgent: 'bench-touch' });
  const client = new ResourceClient(server, GROUPS);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < CHANGES; index = next++) {
      const annotations = { 'example.com/touched': String(clock.monotonicMs()) };
      await client.mergePatch('default', `group-${index}`, { metadata: { annotations } }, signal);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  server.close();
}

function counted(count: number, listen: (tick: () => void) => unknown): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    listen(() => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
}

function readings() {
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return { ms: clock.monotonicMs(), cpuMs: (user + system) / 1000, heapUsed, rss };
}

function since(before: ReturnType<typeof readings>) {
  const now = readings();
  return {
    tookMs: now.ms - before.ms,
    cpuMs: now.cpuMs - before.cpuMs,
    heapMiB: (now.heapUsed - before.heapUsed) / MIB,
    rssMiB: (now.rss - before.rss) / MIB,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(ms, resolve));
}

if (require.main === module) {
  main(JSON.parse(process.argv[2] ?? '{}') as Order).then(
    (measured) => {
      process.stdout.write(JSON.stringify(measured), () => process.exit(0));
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
}
