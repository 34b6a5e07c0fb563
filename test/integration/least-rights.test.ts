/** The operator's rights in the cluster, by the audit log of an API server with RBAC: all are used, and no other is asked for. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { GuestSecretAccess, VmOperator, type VmOperatorProps } from '../../src/constructs';
import { restorable } from '../envtest/proxies/etcd-restore';
import type { OperatorProcess } from '../envtest/real-parts';
import { buildIfDue } from './command';
import { getAhead } from './get-ahead';
import { covers, grantedRights, type Right, requestInWords, unusedRights } from './granted-rights';
import { Installation } from './installation';
import { scrape } from './scrape';
import { addNamespace, addVCenter } from './vcenter-manifests';

beforeAll(buildIfDue);

/** The manifests with what they make on request only, too. */
async function install(here: Installation, props: VmOperatorProps): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rights-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const app = new App({ outdir: folder });
  const chart = new Chart(app, 'operator');
  new VmOperator(chart, 'Operator', { crds: false, ...props });
  new GuestSecretAccess(chart, 'Secrets', { namespace: 'shop', secretNames: ['boot'] });
  app.synth();
  await here.run('apply', '-f', folder);
}

/** A person powers a machine off, and the operator powers it on again. */
async function powerCycled(here: Installation, group: string): Promise<void> {
  const one = async () => (await here.machines()).find((machine) => machine.group === group);
  await here.vcenter.powerOff((await one())?.id ?? '', AbortSignal.timeout(10_000));
  await here.until('it runs again', async () => {
    const powerState = (await one())?.powerState ?? 'gone';
    return powerState === 'poweredOn' ? [] : [powerState];
  });
}

/** All that the operator does with objects of the namespace shop and with its VCenter. */
async function story(here: Installation, operator: OperatorProcess): Promise<void> {
  const userData = { secretKeyRef: { name: 'boot', key: 'user-data' } };
  await here.applyIn('shop', 'web', { replicas: 1, guest: { cloudInit: { userData } } });
  await here.run('wait', '--for=condition=Ready', 'vg/web', '-n', 'shop', '--timeout=60s');
  // A text of that length is not kept: it is read again for each clone.
  const value = `#cloud-config\n# ${'long '.repeat(1_000)}`;
  await here.applyIn('shop', 'long', { replicas: 1, guest: { cloudInit: { userData: { value } } } });
  await here.run('wait', '--for=condition=Ready', 'vg/long', '-n', 'shop', '--timeout=60s');
  // An event that comes again is counted in the first one.
  for (let times = 0; times < 2; times += 1) await powerCycled(here, 'shop/long');
  for (let times = 0; times < 2; times += 1) await admittedAgain(here);
  for (const namespace of ['shop', 'default']) {
    const counts = ['-n', namespace, '-o', 'jsonpath={.items[*].series.count}'];
    await here.until(`an event in ${namespace} that is counted`, async () =>
      (await here.run('get', 'events.events.k8s.io', ...counts)) === '' ? ['there is none'] : [],
    );
  }
  // Who reads the metrics is asked of the API server.
  await here.run('create', 'serviceaccount', 'prometheus');
  const token = (await here.run('create', 'token', 'prometheus')).trim();
  expect((await scrape(`${operator.metricsUrl.replace('http:', 'https:')}/metrics`, token)).status).toBe(403);
  await restoredFromBackup(here);
}

/**
 * etcd goes back by some seconds, in which nothing but Leases has changed. The operator notices it by its Lease, and reads each
 * object by itself until lists can be believed again.
 */
async function restoredFromBackup(here: Installation): Promise<void> {
  const etcd = await restorable(here.server);
  onTestFinished(() => etcd.close());
  const restore = await etcd.snapshot();
  const count = async (verb: string, resource: string) =>
    (await here.requests()).filter((request) => request.verb === verb && request.resource === resource).length;
  const untilMore = async (verb: string, resource: string, than: number) =>
    here.until(`${verb} ${resource}`, async () => ((await count(verb, resource)) > than ? [] : ['not asked for']));
  await untilMore('update', 'leases', await count('update', 'leases'));
  const reads = await count('get', 'vcenters');
  await restore('Kept');
  await untilMore('get', 'vcenters', reads);
  await getAhead(here);
}

/** A person takes the finalizer of the VCenter away: it is admitted once more, with the same event. */
async function admittedAgain(here: Installation): Promise<void> {
  await here.run('patch', 'vcenter', 'shop', '--type', 'merge', '-p', '{"metadata":{"finalizers":null}}');
  await here.until('it has its finalizer again', async () => {
    const { metadata } = JSON.parse(await here.run('get', 'vcenter', 'shop', '-o', 'json'));
    return metadata.finalizers === undefined ? ['it has none'] : [];
  });
}

async function started(props: VmOperatorProps, flags: readonly string[]) {
  const here = await Installation.start(inject('binaries'));
  await addNamespace(here, 'shop', 'shop');
  await install(here, { secureMetrics: true, ...props });
  await here.run('create', 'secret', 'generic', 'boot', '-n', 'shop', '--from-literal=user-data=#cloud-config');
  await addVCenter(here, 'shop', here.vcsim);
  const operator = await here.operator({
    flags: ['--leader-elect', '--metrics-secure', '--vcenter-objects-only', ...flags],
    environment: { POD_NAMESPACE: here.facts.namespace },
  });
  return { here, operator };
}

async function expectLeastRights(here: Installation, rights: readonly Right[]): Promise<void> {
  const requests = (await here.requests()).filter(({ resource }) => resource !== undefined);
  const uncovered = requests.filter((request) => !rights.some((right) => covers(right, request)));
  expect(uncovered.map(requestInWords)).toEqual([]);
  expect(unusedRights(rights, requests)).toEqual([]);
}

test('in a story with all that it does the operator uses each right that the manifests give it, and asks for no other', async () => {
  const { here, operator } = await started({}, []);
  const rights = await grantedRights(here);
  await story(here, operator);
  await here.run('delete', 'vg', 'web', 'long', '-n', 'shop', '--timeout=60s');
  await here.run('delete', 'vcenter', 'shop', '--timeout=60s');
  await operator.stop();
  await expectLeastRights(here, rights);
});

test('so it does with the Roles of named namespaces, and the right to patch all VmGroups is for the end of a namespace', async () => {
  const { here, operator } = await started({ watchNamespaces: ['shop'] }, ['--watch-namespaces=shop']);
  const rights = await grantedRights(here);
  await story(here, operator);
  await here.run('delete', 'vg', 'web', '-n', 'shop', '--timeout=60s');
  // The Roles of a namespace that ends go before its groups. What the operator would still like to write is denied then.
  here.deniesOnPurpose(/\/namespaces\/shop\//);
  const marked = (await here.requests()).length;
  await here.run('delete', 'role', 'codeconnect-vm-operator-groups', '-n', 'shop');
  await here.until('the right is gone', async () => {
    const account = `system:serviceaccount:${here.facts.namespace}:${here.facts.serviceAccount}`;
    const asked = ['auth', 'can-i', 'list', 'vmgroups', '-n', 'shop', '--as', account];
    const said = await here.run(...asked).catch((error: unknown) => String(error));
    return said.includes('no') ? [] : [said];
  });
  await here.run('delete', 'vg', 'long', '-n', 'shop', '--timeout=60s');
  await here.run('delete', 'vcenter', 'shop', '--timeout=60s');
  await operator.stop();
  const requests = (await here.requests()).filter(({ resource, code }) => resource !== undefined && code !== 403);
  const gone = ({ role }: Right) => role === 'Role shop codeconnect-vm-operator-groups';
  const left = rights.filter((right) => !gone(right));
  const neededBefore = unusedRights(rights, requests.slice(0, marked));
  const neededAfter = unusedRights(left, requests.slice(marked));
  expect(neededBefore.filter((unused) => neededAfter.includes(unused))).toEqual([]);
});
