import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { connectApiServer, ResourceClient, WorkQueue } from '../../../src/kubernetes';
import { systemClock } from '../../../src/time/clock';
import { findBinaries } from '../../sandbox/binaries/find-binaries';
import { printedProgress } from '../../sandbox/binaries/progress';
import { startApiServer } from '../../sandbox/real-parts';
import { printTable } from '../table';
import type { Contender, Measured, Task } from './contender';

const GROUPS = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', plural: 'vmgroups' };
const CRDS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
};
const COUNT = Number(process.env.BENCH_GROUPS ?? 20_000);
const REQUESTS = 1_500;
const QUEUE_KEYS = 200_000;
const clock = systemClock;
const signal = new AbortController().signal;

/** The Kubernetes layer against plain client-node: requests, list and watch of many VmGroups, and our queue by itself. */
export async function benchKubernetes(): Promise<void> {
  const progress = printedProgress(clock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock, progress }, signal);
  const real = await startApiServer(binaries, {}, signal);
  try {
    await fill(real.kubeconfig);
    // Alternating, so that a machine that slows down does so for both.
    const run = (contender: Contender, task: Task) => measure({ contender, task, kubeconfig: real.kubeconfig });
    const requests = { ours: await run('ours', 'requests'), other: await run('client-node', 'requests') };
    const parallel = {
      ours: await run('ours', 'parallel-requests'),
      other: await run('client-node', 'parallel-requests'),
    };
    const reading = { ours: await run('ours', 'reflector'), other: await run('client-node', 'reflector') };
    const rate = (of: Measured) => of.count / (of.tookMs / 1000);
    const cpu = (of: Measured) => (of.cpuMs * 1000) / of.count;
    printTable('GET of a VmGroup', 'client-node', [
      {
        what: 'one after the other',
        ours: rate(requests.ours),
        other: rate(requests.other),
        unit: '/s',
        better: 'More',
      },
      { what: '16 at a time', ours: rate(parallel.ours), other: rate(parallel.other), unit: '/s', better: 'More' },
      { what: 'CPU of each', ours: cpu(requests.ours), other: cpu(requests.other), unit: 'µs', better: 'Less' },
      {
        what: 'CPU of each, 16 at a time',
        ours: cpu(parallel.ours),
        other: cpu(parallel.other),
        unit: 'µs',
        better: 'Less',
      },
    ]);
    const both = (pick: (of: Measured) => number) => ({ ours: pick(reading.ours), other: pick(reading.other) });
    printTable(`list and watch of ${COUNT} VmGroups`, "client-node's informer", [
      { what: 'until all are known', ...both((of) => of.tookMs), unit: 'ms', better: 'Less' },
      { what: 'CPU for that', ...both((of) => of.cpuMs), unit: 'ms', better: 'Less' },
      { what: 'heap, growth', ...both((of) => of.heapMiB), unit: 'MiB', better: 'Less' },
      { what: 'resident memory, growth', ...both((of) => of.rssMiB), unit: 'MiB', better: 'Less' },
      { what: 'resident memory, peak of the process', ...both((of) => of.peakMiB), unit: 'MiB', better: 'Less' },
      { what: 'CPU for 2,000 changes', ...both((of) => of.changesCpuMs), unit: 'ms', better: 'Less' },
    ]);
    process.stdout.write(
      `work queue: ${Math.round(await queueRate()).toLocaleString('en')} times add, get and done a second\n`,
    );
  } finally {
    await real.stop();
  }
}

async function fill(kubeconfigFile: string): Promise<void> {
  const server = connectApiServer({ clock, kubeconfigFile, userAgent: 'bench' });
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

/** With a status as the operator writes it would be larger yet; this is what a user applies. */
function aGroup(index: number) {
  const annotations = { 'example.com/owner': `team-${index % 40}`, 'example.com/ticket': `OPS-${10_000 + index}` };
  const labels = { app: `app-${index % 200}`, tier: index % 2 === 0 ? 'web' : 'db' };
  const spec = { replicas: 1 + (index % 5), cpu: 2, memory: 4, template: `template-${index % 7}` };
  return { metadata: { name: `group-${index}`, labels, annotations }, spec };
}

/** In a process of its own, so that memory and CPU are those of one contender. */
function measure(order: { contender: Contender; task: Task; kubeconfig: string }): Promise<Measured> {
  process.stderr.write(`measuring ${order.contender}: ${order.task}\n`);
  const file = path.join(__dirname, 'contender.ts');
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', file, JSON.stringify({ ...order, requests: REQUESTS, groups: COUNT })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, KUBECONFIG: order.kubeconfig },
    },
  );
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(text) as Measured);
      else reject(new Error(`${order.contender}, ${order.task}: exit code ${code}`));
    });
  });
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
