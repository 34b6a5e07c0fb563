/** One measurement in a separate process: bench.ts starts it with an Order as JSON, and it answers with Measured as JSON. */
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

/** Messages of a contender while it works. */
export type ContenderMessage = 'Begins' | 'Ends' | 'ChangeGroups';

export interface Order {
  readonly contender: Contender;
  readonly task: Task;
  readonly kubeconfig: string;
  /** Number of objects in the server. */
  readonly groups: number;
}

const [GROUP, VERSION, PLURAL] = ['vm.codeconnect.vmworld.com', 'v1alpha1', 'vmgroups'];
const GROUPS = { apiVersion: `${GROUP}/${VERSION}`, kind: 'VmGroup', plural: PLURAL };
/** Number of groups that are changed once for `ChangeGroups`. */
export const CHANGES = 2_000;
/** Time before the measurement, in which connections are opened and V8 compiles the code. */
const WARM_UP_MS = 1_000;
const MEASURED_MS = 6_000;
const MIB = 2 ** 20;
const clock = systemClock;
const signal = new AbortController().signal;

async function main(order: Order): Promise<Measured> {
  return order.task === 'reflector' ? reflect(order) : requests(order);
}

async function requests({ contender, task, kubeconfig, groups }: Order): Promise<Measured> {
  const get = contender === 'ours' ? ourGet(kubeconfig) : theirGet(kubeconfig);
  let next = 0;
  /** Number of answers in that time. */
  const getFor = async (ms: number) => {
    const first = next;
    const endMs = clock.monotonicMs() + ms;
    const lane = async () => {
      while (clock.monotonicMs() < endMs) {
        next += 1;
        await get(next % groups);
      }
    };
    await Promise.all(Array.from({ length: task === 'requests' ? 1 : 16 }, lane));
    return next - first;
  };
  await getFor(WARM_UP_MS);
  send('Begins');
  const before = readings();
  const count = await getFor(MEASURED_MS);
  const measured = since(before);
  send('Ends');
  return { count, ...measured, changesCpuMs: 0 };
}

function ourGet(kubeconfigFile: string): (index: number) => Promise<unknown> {
  const client = new ResourceClient(connectApiServer({ clock, kubeconfigFile, userAgent: 'bench' }), GROUPS);
  return (index) => client.get('default', `group-${index}`, signal);
}

function theirGet(kubeconfigFile: string): (index: number) => Promise<unknown> {
  const api = theirConfig(kubeconfigFile).makeApiClient(k8s.CustomObjectsApi);
  return (index) =>
    api.getNamespacedCustomObject({
      group: GROUP ?? '',
      version: VERSION ?? '',
      namespace: 'default',
      plural: PLURAL ?? '',
      name: `group-${index}`,
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
  const changed = seen.changes(CHANGES);
  const changesBefore = readings();
  send('ChangeGroups');
  await changed;
  return { count, ...measured, changesCpuMs: since(changesBefore).cpuMs };
}

/** To the parent process, which reads the CPU time of the servers, and makes changes whose cost is not part of ours. */
function send(message: ContenderMessage): void {
  process.send?.(message);
}

interface Reader {
  size(): number;
  /** Resolves after this number of changes. */
  changes(count: number): Promise<void>;
}

async function ourReflector(kubeconfigFile: string): Promise<Reader> {
  const client = new ResourceClient<KubernetesObject>(
    connectApiServer({ clock, kubeconfigFile, userAgent: 'bench' }),
    GROUPS,
  );
  const reflector = new Reflector({ client, clock, random: seededRandom(1) });
  void reflector.run(signal);
  await reflector.whenSynced(signal);
  return {
    size: () => reflector.store.size,
    changes: (count) => counted(count, (tick) => reflector.onChange(tick)),
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
  };
}

function theirConfig(file: string): k8s.KubeConfig {
  const config = new k8s.KubeConfig();
  config.loadFromFile(file);
  return config;
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
