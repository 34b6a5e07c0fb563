/** `vm-operator status`, and the same as `kubectl vg`, on a real API server in the middle of an update. */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import type { VmGroupStatusReplica } from '../../src/api/vm-group';
import { startVCenterProxy } from '../envtest/proxies/vcenter-proxy';
import { OPERATOR_PROGRAM } from '../envtest/real-parts';
import { runCommand } from '../envtest/run-command';
import { buildIfDue, type Environment, vmOperator, watchedApiServer } from './command';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';
import { addNamespace, addVCenter } from './vcenter-manifests';

const binaries = inject('binaries');
const forever = new AbortController().signal;
beforeAll(buildIfDue);

/** kubectl with the plugin in its PATH, as npm puts it there: by a link. */
async function kubectlVg(kubeconfig: string, ...args: string[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-plugin-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(path.join(path.dirname(OPERATOR_PROGRAM), 'kubectl-vg.js'), path.join(folder, 'kubectl-vg'));
  const paths = [folder, path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  const environment: Environment = { PATH: paths, KUBECONFIG: kubeconfig };
  return runCommand('kubectl', ['vg', ...args], { environment }, forever);
}

const replicasOf = async (here: Installation): Promise<readonly VmGroupStatusReplica[]> => {
  const { status } = JSON.parse(await here.run('get', 'vg', 'web', '-n', 'shop', '-o', 'json'));
  return status?.replicas ?? [];
};

/** Gives the guest of each of these machines tools and an address, so that its replica is ready. */
async function boot(here: Installation, replicas: readonly VmGroupStatusReplica[]): Promise<void> {
  const changes = new MachineChanges(here);
  for (const { moRef = '', ordinal } of replicas) {
    await changes.setToolsRunning(moRef);
    await changes.setAddress(moRef, `10.20.0.${10 + ordinal}`);
  }
}

test('a group in mid-update is a tree with what each replica lacks and what to do; kubectl shows it as a plugin', async () => {
  const here = await Installation.start(binaries, { clusters: 2, delaysMs: { Destroy: 3_000 } });
  const proxy = await startVCenterProxy(here.vcsim);
  onTestFinished(() => proxy.stop());
  await addNamespace(here, 'shop', 'lab');
  const domain = (name: string, cluster: string) => ({ name, cluster: `/vcqaDC/host/${cluster}` });
  await addVCenter(here, 'lab', proxy.vcsim, { failureDomains: [domain('east', 'DC0_C0'), domain('west', 'DC0_C1')] });
  await here.operator({ flags: ['--vcenter-objects-only'], environment: { POD_NAMESPACE: here.facts.namespace } });
  const rollingUpdate = { maxSurge: 3, maxUnavailable: 0 };
  await here.applyIn('shop', 'web', {
    ...{ replicas: 5, readiness: { type: 'IPAddress' } },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate },
  });
  await here.until('five machines are on', async () => {
    const replicas = await replicasOf(here);
    const on = replicas.filter(({ powerState }) => powerState === 'PoweredOn').length;
    return on === 5 ? [] : [`${on} on`];
  });
  await boot(here, await replicasOf(here));
  await here.run('wait', '--for=condition=Ready', 'vg/web', '-n', 'shop', '--timeout=60s');

  // Three new machines are made. The first gets an address; the clone in the place of the old one for it does not get
  // through. The second gets an address; the old one for it is being destroyed then. The third boots for ever.
  const text = 'Insufficient disk space on datastore LocalDS_0';
  const fault = { type: 'NoDiskSpace', fieldsXml: '<file></file><datastore>LocalDS_0</datastore>', text };
  const spec = { updateStrategy: { type: 'RollingUpdate', rollingUpdate, restartToken: '1' } };
  const calls = proxy.add({ methods: ['CloneVM_Task'], after: 3, failure: { kind: 'TaskFault', fault } });
  onTestFinished(calls);
  await here.run('patch', 'vg', 'web', '-n', 'shop', '--type', 'merge', '-p', JSON.stringify({ spec }));
  const seen = async (what: string, isSo: (replicas: readonly VmGroupStatusReplica[]) => boolean) =>
    here.until(what, async () => {
      const replicas = await replicasOf(here);
      return isSo(replicas) ? [] : [JSON.stringify(replicas)];
    });
  const waiting = (replicas: readonly VmGroupStatusReplica[]) =>
    replicas.filter(({ notReady }) => notReady === 'VMware Tools do not run in the guest');
  const isFaulty = (replica: VmGroupStatusReplica) => replica.fault !== undefined;
  await seen('three that boot', (replicas) => waiting(replicas).length === 3);
  await boot(here, waiting(await replicasOf(here)).slice(0, 1));
  await seen('a fault', (replicas) => replicas.some(isFaulty) && waiting(replicas).length === 2);
  await boot(here, waiting(await replicasOf(here)).slice(0, 1));
  await seen('one that is being destroyed', (replicas) => replicas.some(({ task }) => task?.operation === 'Destroy'));
  const one = await kubectlVg(here.server.kubeconfig, 'shop/web');
  expect(one).toMatchObject({ exitCode: 0, stderr: '' });
  expect(one.stdout).toMatch(/^shop\/web {2}PENDING {2}\d of 5 ready, made \d+s ago$/m);
  expect(one.stdout).toMatch(/^ {2}update {2}[█▒░]{30} {2}\d of 5 updated and ready.* [0-9a-f]{10} -> [0-9a-f]{10}$/m);
  expect(one.stdout).toMatch(
    /─ web-replica-\w{8} +\d +[0-9a-f]{10} \(old\) +(east|west) +\S+ +10\.20\.0\.\d+ +On +yes/,
  );
  expect(one.stdout).toMatch(/^ {2}[│ ] {4}VMware Tools do not run in the guest$/m);
  expect(one.stdout).toMatch(
    /^ {2}[│ ] {4}NoDiskSpace \(Capacity, \d+ tr(?:y|ies) in \d+s\): Insufficient disk space/m,
  );
  expect(one.stdout).toMatch(/^ {2}[│ ] {4}-> Free space or I\/O capacity on the datastore/m);
  expect(one.stdout).toMatch(/ Off +no +Destroy \d+s$/m);
  expect(one.stdout).not.toContain('\x1b');

  const { kubeconfig, verbs } = await watchedApiServer(here);
  const environment = { KUBECONFIG: kubeconfig };
  const all = await vmOperator(['status', '-A'], environment);
  expect(all.stdout).toMatch(/^NAMESPACE +NAME +PHASE .*\nshop +web +PENDING +\d\/5 +\d\/5 +\d+s +lab +\S/);
  const json = JSON.parse((await vmOperator(['status', 'web', '-n', 'shop', '-o', 'json'], environment)).stdout);
  expect(json).toMatchObject({ name: 'web', vcenter: 'lab', progress: { kind: 'Update', of: 5 } });
  expect((await vmOperator(['status'], environment)).stdout).toBe(
    `there are no VmGroups in namespace ${here.facts.namespace}\n`,
  );
  expect(await vmOperator(['status', 'shop/none'], environment)).toEqual({
    ...{ exitCode: 1, stdout: '' },
    stderr: 'vm-operator status: there is no VmGroup shop/none: look with --all-namespaces',
  });
  expect(await vmOperator(['status', '--context', 'elsewhere'], environment)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('has no context elsewhere: name one of '),
  });

  const followed = vmOperator(['status', 'shop/web', '--watch'], environment);
  await here.run('delete', 'vg', 'web', '-n', 'shop', '--timeout=60s');
  expect(await followed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\nshop\/web is gone\n$/) });
  expect([...new Set(verbs)]).toEqual(['GET']);
});
