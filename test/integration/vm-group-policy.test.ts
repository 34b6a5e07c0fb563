/** The policies of VmGroupPolicy, judged by a real API server. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import { beforeAll, expect, inject, test } from 'vitest';
import { AllowedNames, PolicyEnforcement, VmGroupPolicy, VmOperatorCrds } from '../../src/constructs';
import { systemClock } from '../../src/time/clock';
import { type Kubectl, kubectlFor, waitUntilServed } from '../demo/show/kubectl';
import { asExpected, eventually, notYet } from '../demo/show/step';
import { startApiServer } from '../envtest/real-parts';

const forever = new AbortController().signal;
const GROUP = { cpu: 1, memory: 1, replicas: 1, template: '/dc/vm/templates/ubuntu' };
const ALLOWED = {
  placement: { folder: '/dc/vm/shop', resourcePool: 'shop-1', datastore: 'fast' },
  networks: [{ name: 'front', network: '/dc/network/shop-front' }],
};

let kubectl: Kubectl;
let folder: string;

const run = (...args: string[]) => kubectl(args, forever);

/** Applies a group. Resolves with what kubectl prints, the refusal included. */
async function apply(namespace: string, name: string, spec: object): Promise<string> {
  return outcome('apply', '-f', await written(namespace, name, spec));
}

async function written(namespace: string, name: string, spec: object): Promise<string> {
  const file = path.join(folder, `${namespace}.${name}.json`);
  const group = {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    metadata: { name, namespace },
    spec: { ...GROUP, ...ALLOWED, ...spec },
  };
  await writeFile(file, JSON.stringify(group));
  return file;
}

const outcome = (...args: string[]) => run(...args).catch((error: unknown) => String(error));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'policy-'));
  const server = await startApiServer(inject('binaries'), {}, forever);
  kubectl = kubectlFor(server);
  const app = new App({ outdir: folder });
  new VmOperatorCrds(new Chart(app, 'crds'), 'Crds');
  const policies = new Chart(app, 'policies');
  new VmGroupPolicy(policies, 'Small', {
    name: 'small',
    namespaceLabels: { 'vm-size': 'small' },
    maxCpu: 4,
    maxMemory: Size.gibibytes(8),
    maxReplicas: 3,
    maxNameLength: 10,
    templates: AllowedNames.of('/dc/vm/templates/*', 'debian "12" (a|b).{1}\\d'),
    folders: AllowedNames.of('/dc/vm/shop'),
    resourcePools: AllowedNames.of('shop-*'),
    datastores: AllowedNames.of('fast', 'slow').orUnset(),
    networks: AllowedNames.of('/dc/network/shop-*'),
  });
  new VmGroupPolicy(policies, 'Tried', {
    namespaces: ['tried'],
    maxCpu: 2,
    enforcement: PolicyEnforcement.WARN,
  });
  app.synth();
  await run('apply', '--validate=strict', '-f', path.join(folder, 'crds.k8s.yaml'));
  await waitUntilServed(kubectl, ['vmgroups.vm.codeconnect.vmworld.com'], forever);
  for (const namespace of ['shop', 'elsewhere', 'tried']) await run('create', 'namespace', namespace);
  // Older than the policy, and more than it allows.
  await apply('shop', 'old', { cpu: 8, replicas: 9, placement: { folder: '/dc/vm/other' } });
  await run('patch', 'vg', 'old', '-n', 'shop', '--type=merge', '-p', '{"metadata":{"finalizers":["a.example/b"]}}');
  await run('label', 'namespace', 'shop', 'vm-size=small');
  const file = path.join(folder, 'policies.k8s.yaml');
  await run('apply', '--server-side', '--validate=strict', '-f', file);
  expect(await run('apply', '--server-side', '-f', file)).not.toContain('created');
  // The API server hears of a policy a moment later.
  for (const namespace of ['shop', 'tried']) {
    const file = await written(namespace, 'probe', { cpu: 100 });
    const probe = async () => {
      const said = await outcome('create', '--dry-run=server', '--warnings-as-errors', '-f', file);
      return /denied request|warning/.test(said) ? asExpected('') : notYet(said);
    };
    await eventually(`the policy of ${namespace} applies`, probe, systemClock, 30_000, forever);
  }
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}, 180_000);

test('a group within all limits is taken, and so is any group of another namespace', async () => {
  expect(await apply('shop', 'web', { cpu: 4, memory: 8, replicas: 3 })).toContain('created');
  expect(await apply('shop', 'odd', { template: 'debian "12" (a|b).{1}\\d' })).toContain('created');
  expect(await apply('shop', 'no-store', { placement: { ...ALLOWED.placement, datastore: undefined } })).toContain(
    'created',
  );
  expect(await apply('elsewhere', 'web-with-a-long-name', { cpu: 100, template: 'any', networks: [] })).toContain(
    'created',
  );
});

test.for<[string, object, string]>([
  ['cpu', { cpu: 5 }, 'spec.cpu is 5: give at most 4'],
  ['memory', { memory: 9 }, 'spec.memory is 9 GiB: give at most 8'],
  ['replicas', { replicas: 4 }, 'spec.replicas is 4: give at most 3'],
  [
    'a template',
    { template: '/dc/vm/templates/secret/ubuntu' },
    'spec.template is "/dc/vm/templates/secret/ubuntu": give one of /dc/vm/templates/*, debian',
  ],
  [
    'a template by a name that only looks alike',
    { template: 'debian "12" axx' },
    'spec.template is "debian "12" axx": give one of',
  ],
  [
    'a folder',
    { placement: { ...ALLOWED.placement, folder: '/dc/vm/other' } },
    'spec.placement.folder is "/dc/vm/other": give /dc/vm/shop',
  ],
  ['no folder', { placement: { resourcePool: 'shop-1' } }, 'spec.placement.folder is not given: give /dc/vm/shop'],
  ['no placement', { placement: undefined }, 'spec.placement.folder is not given: give /dc/vm/shop'],
  [
    'a pool',
    { placement: { ...ALLOWED.placement, resourcePool: 'bank' } },
    'spec.placement.resourcePool is "bank": give shop-*',
  ],
  [
    'a datastore',
    { placement: { ...ALLOWED.placement, datastore: 'gold' } },
    'spec.placement.datastore is "gold": give one of fast, slow, or leave it out',
  ],
  [
    'a storage policy without a datastore',
    { placement: { folder: '/dc/vm/shop', resourcePool: 'shop-1', storagePolicy: 'gold' } },
    'spec.placement.storagePolicy is "gold": give spec.placement.datastore too',
  ],
  [
    'a network',
    { networks: [...ALLOWED.networks, { name: 'a', network: 'x' }, { name: 'b', network: 'y' }] },
    'spec.networks has "x", "y": give /dc/network/shop-*',
  ],
  ['no network', { networks: [] }, 'spec.networks is not given: give /dc/network/shop-*'],
])('%s beyond the policy is refused, with field, value and remedy', async ([, spec, message]) => {
  const said = await apply('shop', 'refused', spec);
  expect(said).toContain("ValidatingAdmissionPolicy 'small' with binding 'small' denied request");
  expect(said.replaceAll('\\"', '"')).toContain(message);
  expect(await outcome('get', 'vg', 'refused', '-n', 'shop')).toContain('not found');
});

test('a policy that only warns lets the group pass', async () => {
  expect(await apply('tried', 'large', { cpu: 100 })).toContain('created');
});

test('a name that is too long is refused', async () => {
  expect(await apply('shop', 'web-of-the-shop', {})).toContain(
    'metadata.name is "web-of-the-shop" of 15 characters: give at most 10',
  );
});

test('a group is scaled up to the limit, and no further, by the subresource too', async () => {
  await apply('shop', 'scaled', {});
  expect(await outcome('scale', 'vg/scaled', '-n', 'shop', '--replicas=3')).toContain('scaled');
  expect(await outcome('scale', 'vg/scaled', '-n', 'shop', '--replicas=0')).toContain('scaled');
  expect(await outcome('scale', 'vg/scaled', '-n', 'shop', '--replicas=4')).toContain(
    'spec.replicas is 4: give at most 3',
  );
});

test('a group that is older than the policy is scaled down, written by the operator and deleted, and gets no worse', async () => {
  const patch = (type: string, value: object) =>
    outcome('patch', 'vg', 'old', '-n', 'shop', `--type=${type}`, '-p', JSON.stringify(value));
  expect(await outcome('scale', 'vg/old', '-n', 'shop', '--replicas=10')).toContain('spec.replicas is 10');
  expect(await outcome('scale', 'vg/old', '-n', 'shop', '--replicas=8')).toContain('scaled');
  expect(await patch('merge', { spec: { cpu: 9 } })).toContain('spec.cpu is 9: give at most 4');
  expect(await patch('merge', { spec: { cpu: 7 } })).toContain('patched');
  expect(await outcome('label', 'vg', 'old', '-n', 'shop', 'a=b')).toContain('labeled');
  const status = '{"status":{"phase":"PENDING"}}';
  expect(
    await outcome('patch', 'vg', 'old', '-n', 'shop', '--subresource=status', '--type=merge', '-p', status),
  ).toContain('patched');
  await run('delete', 'vg', 'old', '-n', 'shop', '--wait=false');
  expect(await patch('merge', { metadata: { finalizers: null } })).toContain('patched');
  expect(await outcome('get', 'vg', 'old', '-n', 'shop')).toContain('not found');
});
