import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { connectApiServer, ResourceClient, WorkQueue } from '../../../src/kubernetes';
import { systemClock } from '../../../src/time/clock';
import { findBinaries } from '../../envtest/binaries/find-binaries';
import { printedProgress } from '../../envtest/binaries/progress';
import { startApiServer } from '../../envtest/real-parts';
import { printTable } from '../table';
import { CHANGES, type Contender, type Measured } from './contender';
import { startRecordedServer } from './recorded-server';
import { benchRequests } from './requests';
import { runContender } from './run-contender';
import { processesOf } from './server-cpu';

const GROUPS = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', plural: 'vmgroups' };
const CRDS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
};
const COUNT = Number(process.env.BENCH_GROUPS ?? 20_000);
const QUEUE_KEYS = 200_000;
const clock = systemClock;
const client = { clock, userAgent: 'bench' };
const signal = new AbortController().signal;

/** The Kubernetes layer beside client-node: requests, and list and watch of many VmGroups. Also the rate of our queue. */
export async function benchKubernetes(): Promise<void> {
  const progress = printedProgress(clock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock, progress }, signal);
  const real = await startApiServer(binaries, {}, signal);
  try {
    await fill(real.kubeconfig);
    const groups = new ResourceClient(connectApiServer({ ...client, kubeconfigFile: real.kubeconfig }), GROUPS);
    const recorded = await startRecordedServer(
      real,
      JSON.stringify(await groups.get('default', 'group-1', signal)),
      clock,
    );
    groups.server.close();
    const { kubeconfig } = real;
    await benchRequests(
      'GET of a VmGroup from kube-apiserver',
      { kubeconfig, processes: await processesOf(real.url) },
      COUNT,
    );
    await benchRequests('GET of a VmGroup from a server that costs nearly nothing', recorded, COUNT);
    recorded.stop();
    const reflect = (contender: Contender) =>
      runContender({ contender, task: 'reflector', kubeconfig, groups: COUNT }, [], () => changeGroups(kubeconfig));
    const reading = { ours: await reflect('ours'), other: await reflect('client-node') };
    const both = (pick: (of: Measured) => number) => ({ ours: pick(reading.ours), other: pick(reading.other) });
    printTable(`list and watch of ${COUNT} VmGroups`, "client-node's informer", [
      { what: 'until all are in the store', ...both((of) => of.tookMs), unit: 'ms', better: 'Less' },
      { what: 'CPU for that', ...both((of) => of.cpuMs), unit: 'ms', better: 'Less' },
      { what: 'heap, growth', ...both((of) => of.heapMiB), unit: 'MiB', better: 'Less' },
      { what: 'resident memory, growth', ...both((of) => of.rssMiB), unit: 'MiB', better: 'Less' },
      { what: 'resident memory, peak of the process', ...both((of) => of.peakMiB), unit: 'MiB', better: 'Less' },
      { what: `CPU for ${CHANGES} changes`, ...both((of) => of.changesCpuMs), unit: 'ms', better: 'Less' },
    ]);
    process.stdout.write(
      `work queue: ${Math.round(await queueRate()).toLocaleString('en')} times add, get and done per second\n`,
    );
  } finally {
    await real.stop();
  }
}

async function fill(kubeconfigFile: string): Promise<void> {
  const server = connectApiServer({ ...client, kubeconfigFile });
  await new ResourceClient(server, CRDS).create('', parse(readFileSync('crds/vmgroup.yaml', 'utf8')), signal);
  const groups = new ResourceClient(server, GROUPS);
  while (
    !(await groups.list({ limit: 1 }, signal).then(
      () => true,
      () => false,
    ))
  )
    await pause(100);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < COUNT; index = next++) await groups.create('default', aGroup(index), signal);
  };
  const startMs = clock.monotonicMs();
  await Promise.all(Array.from({ length: 16 }, lane));
  process.stderr.write(`made ${COUNT} VmGroups in ${Math.round(clock.monotonicMs() - startMs)} ms\n`);
  server.close();
}

async function changeGroups(kubeconfigFile: string): Promise<void> {
  const server = connectApiServer({ ...client, kubeconfigFile });
  const groups = new ResourceClient(server, GROUPS);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < CHANGES; index = next++) {
      const annotations = { 'example.com/touched': String(clock.monotonicMs()) };
      await groups.mergePatch('default', `group-${index % COUNT}`, { metadata: { annotations } }, signal);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  server.close();
}

/** A VmGroup as a user applies it, without a status. */
function aGroup(index: number) {
  const annotations = { 'example.com/owner': `team-${index % 40}`, 'example.com/ticket': `OPS-${10_000 + index}` };
  const labels = { app: `app-${index % 200}`, tier: index % 2 === 0 ? 'web' : 'db' };
  const spec = { replicas: 1 + (index % 5), cpu: 2, memory: 4, template: `template-${index % 7}` };
  return { metadata: { name: `group-${index}`, labels, annotations }, spec };
}

async function queueRate(): Promise<number> {
  const queue = new WorkQueue({ clock });
  const startMs = clock.monotonicMs();
  for (let index = 0; index < QUEUE_KEYS; index += 1) queue.add(`default/group-${index}`);
  for (let index = 0; index < QUEUE_KEYS; index += 1) queue.done(await queue.get(signal));
  return QUEUE_KEYS / ((clock.monotonicMs() - startMs) / 1000);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => clock.setTimer(ms, resolve));
}
