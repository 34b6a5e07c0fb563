/** `vm-operator check` and `plan` with VCenter objects, in the cluster and in files, on real parts. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { serviceAccountKubeconfig, type Vcsim } from '../envtest/real-parts';
import { buildIfDue, expectOnlyReads, manifestOf, simulator, vmOperator, watched, watchedApiServer } from './command';
import { Installation } from './installation';
import { accountManifest, vcenterManifest } from './vcenter-manifests';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const OPERATOR = 'codeconnect-vm-operator-system';

beforeAll(buildIfDue);

const accountOf = (vcsim: Vcsim, name: string, namespace = OPERATOR) =>
  JSON.stringify(accountManifest(name, namespace, vcsim));

const vcenterOf = async (host: string, caFile: string, name: string, spec: object = {}) =>
  JSON.stringify(await vcenterManifest(name, { host, caFile }, spec));

const namespaceOf = (name: string, labels: object) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });

const groupOf = (name: string, namespace: string, spec: object = {}) =>
  manifestOf({ ...spec }).replace('"name":"web","namespace":"default"', `"name":"${name}","namespace":"${namespace}"`);

async function apply(here: Installation, document: string): Promise<void> {
  const file = path.join(here.server.folder, 'applied.json');
  await writeFile(file, document);
  await here.run('apply', '-f', file);
}

const stream = (...documents: readonly string[]) => documents.join('\n---\n');

test('check and plan read VCenters from files alone, and change nothing', async () => {
  const vcsim = await simulator();
  const { account, methods } = await watched(vcsim);
  const east = await vcenterOf(account.VC_HOST ?? '', account.VC_CA_FILE ?? '', 'east', {
    allowed: { templates: ['/vcqaDC/vm/vm-operator/*', '/gone/**'] },
    limits: { perNamespace: { vms: 3 } },
  });
  const files = [east, accountOf(vcsim, 'east-account'), namespaceOf('shop', { site: 'east' })];

  const checked = await vmOperator(['check', '-f', '-'], {}, stream(...files, groupOf('web', 'shop')));
  expect(checked.stdout).toMatch(/^ok +manifests +1 VCenter and 1 VmGroup are valid$/m);
  expect(checked.stdout).toMatch(/^VCenter east {2}standard input:1$/m);
  expect(checked.stdout).toMatch(
    /^ok +settings +vCenter \S+, account in Secret \S+\/east-account, login by Password$/m,
  );
  expect(checked.stdout).toMatch(/^ok +namespaces +selects namespace shop$/m);
  expect(checked.stdout).toMatch(/^warning +allowed +spec\.allowed\.templates\[1\] is "\/gone\/\*\*": no template/m);
  expect(checked.stdout).toMatch(/^ok +placement +standard input:7, shop\/web: template \/vcqaDC/m);
  expect(checked.stdout).toContain('not known what is used');
  expect(checked).toMatchObject({ exitCode: 0, stderr: '' });
  expect(checked.stdout).not.toContain(vcsim.password);
  expectOnlyReads(methods);

  const groups = [groupOf('a', 'shop'), groupOf('b', 'shop'), groupOf('c', 'bank')];
  const planned = await vmOperator(['plan', '-f', '-', '-o', 'json'], {}, stream(...files, ...groups));
  const { groups: plans, vcenters } = JSON.parse(planned.stdout);
  expect(vcenters).toEqual([{ name: 'east', instanceUuid: expect.any(String) }]);
  expect(plans).toMatchObject([
    { group: 'shop/a', vcenter: 'east', summary: { Create: 2 }, inTheWay: [] },
    // R15: the two replicas of the first count, so one of two is left.
    {
      group: 'shop/b',
      vcenter: 'east',
      inTheWay: [{ reason: 'NamespaceQuota', message: expect.stringContaining('1 replica not made') }],
    },
    { group: 'bank/c', inTheWay: [{ reason: 'NoVCenter', stops: 'Planning' }] },
  ]);
  expect(planned.exitCode).toBe(1);
  expectOnlyReads(methods);
});

test('a wrong VCenter is told by field, value and remedy, and is no reason to use the environment', async () => {
  const vcsim = await simulator();
  const environment = { VC_HOST: vcsim.host, VC_USER: vcsim.user, VC_PASS: vcsim.password, VC_CA_FILE: vcsim.caFile };
  const bad = await vcenterOf(vcsim.host, vcsim.caFile, 'east', { endpoint: { host: 'h', port: 0 } });
  const checked = await vmOperator(['check', '-f', '-'], environment, bad);
  expect(checked).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/VCenter east: spec\.endpoint\.port is 0: give/),
  });
  expect(checked.stdout).not.toContain('logged in');
  const planned = await vmOperator(['plan', '-f', '-'], environment, stream(bad, groupOf('web', 'shop')));
  expect(planned.exitCode).toBe(1);
  expect(planned.stdout).toContain('spec.endpoint.port is 0');
  expect(planned.stdout).not.toContain('to create');

  // Neither Secret exists: the account of the environment, with a sentence that says so.
  const east = await vcenterOf(vcsim.host, vcsim.caFile, 'east');
  const own = await vmOperator(['check', '-f', '-'], environment, east);
  expect(own).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('the account in VC_USER and VC_PASS is used, for Secret '),
  });
  const none = await vmOperator(['check', '-f', '-'], {}, east);
  expect(none).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('or set VC_USER and VC_PASS') });
  const wrong = await vmOperator(['check', '-f', '-'], { VC_USER: vcsim.user, VC_PASS: 'wrong' }, east);
  expect(wrong).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('correct VC_USER and VC_PASS') });
});

test('check and plan read VCenters, Secrets and labels of the cluster, with the rights of the operator', async () => {
  const here = await Installation.start(binaries);
  const west = await simulator();
  for (const [name, vcsim] of Object.entries({ east: here.vcsim, west }))
    for (const document of [accountOf(vcsim, `${name}-account`), await vcenterOf(vcsim.host, vcsim.caFile, name)])
      await apply(here, document);
  for (const site of ['east', 'west']) await apply(here, namespaceOf(`shop-${site}`, { site }));
  const { kubeconfig, verbs } = await watchedApiServer(here);

  const checked = await vmOperator(['check', '-o', 'json'], { KUBECONFIG: kubeconfig });
  expect(JSON.parse(checked.stdout)).toMatchObject({
    ok: true,
    checks: [],
    vcenters: [{ name: 'east' }, { name: 'west' }],
  });
  expect(checked.exitCode).toBe(0);

  const groups = stream(groupOf('web', 'shop-east'), groupOf('web', 'shop-west'), groupOf('web', 'default'));
  const planned = await vmOperator(['plan', '-f', '-'], { KUBECONFIG: kubeconfig }, groups);
  expect(planned.stdout).toContain('shop-east/web  standard input:1, a new group, VCenter east');
  expect(planned.stdout).toContain('shop-west/web  standard input:3, a new group, VCenter west');
  expect(planned.stdout).toContain('no VCenter selects namespace default');
  expect(planned.exitCode).toBe(1);
  expect(new Set(verbs)).toEqual(new Set(['GET']));

  // A VCenter that is away holds up its own groups only.
  await west.stop();
  const half = JSON.parse(
    (await vmOperator(['plan', '-f', '-', '-o', 'json'], { KUBECONFIG: kubeconfig }, groups)).stdout,
  );
  expect(half.groups).toMatchObject([
    { vcenter: 'east', summary: { Create: 2 } },
    { vcenter: 'west', inTheWay: [{ reason: 'Unreachable', stops: 'Planning' }] },
    { inTheWay: [{ reason: 'NoVCenter' }] },
  ]);

  // No operator has run: the status of no group names a VCenter.
  await here.applyIn('shop-east', 'web', { replicas: 1, disks: { rootSizeGiB: 20 } });
  await here.applyIn('shop-west', 'web', { replicas: 1, powerState: 'PoweredOff' });
  const roleFor = async (name: string) => {
    const flags = ['role', '--datacenter', 'dc1', '--vcenter', name, '-o', 'json'];
    return JSON.parse((await vmOperator(flags, { KUBECONFIG: kubeconfig })).stdout).features;
  };
  expect(await roleFor('east')).toEqual(['machines', 'power-on', 'disks']);
  expect(await roleFor('west')).toEqual(['machines']);
});

test('an account that may not list VCenters gets the environment, and one sentence that says so', async () => {
  const here = await Installation.start(binaries);
  await here.run('create', 'serviceaccount', 'nobody');
  const kubeconfig = await serviceAccountKubeconfig(here.server, { namespace: 'default', name: 'nobody' }, forever);
  const { host: VC_HOST, user: VC_USER, password: VC_PASS, caFile: VC_CA_FILE } = here.vcsim;
  const environment = { VC_HOST, VC_USER, VC_PASS, VC_CA_FILE, KUBECONFIG: kubeconfig };
  const sentence = 'the account of the kubeconfig may not list VCenters';
  const checked = await vmOperator(['check'], environment);
  expect(checked).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(`^warning +vcenters +${sentence}: .*\\(env\\)`),
  });
  const planned = await vmOperator(['plan', '-f', '-'], environment, manifestOf());
  expect(planned).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(`^Note: ${sentence}`) });
  const unset = await vmOperator(['plan', '-f', '-'], { KUBECONFIG: kubeconfig }, manifestOf());
  expect(unset).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(`${sentence}[^]*VC_HOST is not set`) });

  await here.run('delete', 'crd', 'vcenters.vm.codeconnect.vmworld.com');
  const { kubeconfig: operator } = await watchedApiServer(here);
  const former = await vmOperator(['check'], { ...environment, KUBECONFIG: operator });
  expect(former).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^ok +vcenters +the cluster does not know/),
  });
  expect(former.stdout).toContain('All is well.');
});
