/**
 * `npm run bench -- status`: the time of `kubectl vg` beside that of `kubectl get`, for 500 replicas on a real API server, in
 * one group and in a hundred. Exits with 1 if it takes 300 ms more.
 */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { VmGroup } from '../../../src/api/vm-group';
import { groupView } from '../../../src/operator/commands/status/group-view';
import { statusText } from '../../../src/operator/commands/status/status-text';
import { systemClock } from '../../../src/time/clock';
import { plan } from '../../../src/vmgroup/plan/plan';
import { statusOf } from '../../../src/vmgroup/status/status';
import { kubectlFor, waitUntilServed } from '../../demo/show/kubectl';
import { buildIsDue, buildProduct, REPOSITORY } from '../../demo/show/product';
import { findBinaries } from '../../envtest/binaries/find-binaries';
import { silentProgress } from '../../envtest/binaries/progress';
import { OPERATOR_PROGRAM, startApiServer } from '../../envtest/real-parts';
import { runToSuccess } from '../../envtest/run-command';
import { aGroup, anObservation, aReplica } from '../../support/builders/observation';
import { printTable } from '../table';

const REPLICAS = 500;
const GROUPS = 100;
const ROUNDS = 11;
const MOST_MORE_MS = 300;
const forever = new AbortController().signal;

export async function benchStatus(): Promise<void> {
  if (await buildIsDue()) await buildProduct(forever);
  const large = groupOf('large', REPLICAS);
  const small = Array.from({ length: GROUPS }, (_, index) => groupOf(`small-${index}`, REPLICAS / GROUPS));
  const text = median(ROUNDS, async () => {
    statusText([groupView(large)], { namespace: 'default', name: 'large' }, Date.now(), { paint: same, width: 120 });
  });
  process.stdout.write(
    `the text of one group of ${REPLICAS} replicas, without reading it: ${(await text).toFixed(1)} ms\n\n`,
  );
  const options = { environment: process.env, clock: systemClock, progress: silentProgress };
  const server = await startApiServer(await findBinaries(options, forever), {}, forever);
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-status-'));
  try {
    const kubectl = kubectlFor(server);
    await kubectl(['apply', '--server-side', '-f', path.join(REPOSITORY, 'crds/vmgroup.yaml')], forever);
    await waitUntilServed(kubectl, ['vmgroups.vm.codeconnect.vmworld.com'], forever);
    const file = path.join(folder, 'groups.json');
    await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [large, ...small] }));
    await kubectl(['create', '-f', file], forever);
    for (const { metadata, status } of [large, ...small]) {
      await writeFile(file, JSON.stringify({ status }));
      const patch = ['--subresource=status', '--type=merge', '--patch-file', file];
      await kubectl(['patch', 'vg', metadata.name, ...patch], forever);
    }
    await symlink(path.join(path.dirname(OPERATOR_PROGRAM), 'kubectl-vg.js'), path.join(folder, 'kubectl-vg'));
    const paths = [folder, path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
    const environment = { ...process.env, PATH: paths, KUBECONFIG: server.kubeconfig };
    const run = (...args: string[]) => median(ROUNDS, () => runToSuccess('kubectl', args, { environment }, forever));
    const rows = [
      await beside(
        `one group of ${REPLICAS} replicas`,
        () => run('vg', 'large'),
        () => run('get', 'vg', 'large'),
      ),
      await beside(
        'the same as JSON',
        () => run('vg', 'large', '-o', 'json'),
        () => run('get', 'vg', 'large', '-o', 'json'),
      ),
      await beside(
        `all of ${GROUPS + 1} groups, ${2 * REPLICAS} replicas`,
        () => run('vg', '-A'),
        () => run('get', 'vg', '-A'),
      ),
    ];
    printTable('kubectl vg', 'kubectl get', rows);
    const slow = rows.filter(({ ours, other }) => ours - other > MOST_MORE_MS);
    if (slow.length > 0) {
      process.stderr.write(
        `more than ${MOST_MORE_MS} ms beside kubectl get: ${slow.map(({ what }) => what).join('; ')}\n`,
      );
      process.exitCode = 1;
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const same = (_: unknown, text: string) => text;

async function beside(what: string, ours: () => Promise<number>, other: () => Promise<number>) {
  return { what, ours: await ours(), other: await other(), unit: 'ms', better: 'Less' } as const;
}

/** A group in the middle of an update, with the status that the operator gives it. */
function groupOf(name: string, replicas: number): VmGroup {
  const base = aGroup({ replicas });
  const { uid: _, resourceVersion: __, finalizers: ___, creationTimestamp: ____, ...metadata } = base.metadata;
  const group = { ...base, metadata: { ...base.metadata, name, namespace: 'default' } };
  const machines = Array.from({ length: replicas }, (_unused, ordinal) =>
    aReplica(group, ordinal % 2 === 0 ? { ordinal } : { ordinal, revision: 'old0000000' }),
  );
  const observed = anObservation(group, { replicas: machines });
  const status = statusOf(observed, plan(observed));
  const sent = { ...metadata, name, namespace: 'default' } as VmGroup['metadata'];
  return { ...group, metadata: sent, ...(status !== undefined && { status }) };
}

async function median(rounds: number, run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    await run();
    times.push(performance.now() - from);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
