/** Manifests of VCenters, and of the Secrets and Namespaces beside them. */
import { describe, expect, test } from 'vitest';
import { type ReadManifests, readEachManifest } from './read-manifests';

const GROUP = {
  ...{ apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', metadata: { name: 'web' } },
  spec: { cpu: 1, memory: 1, replicas: 2, template: 'ubuntu' },
};
const vcenter = (spec: object = {}, metadata: object = { name: 'east' }) => ({
  ...{ apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VCenter', metadata },
  spec: { endpoint: { host: 'vc' }, credentials: { secretRef: { name: 'account' } }, ...spec },
});
const secret = (rest: object = {}, metadata: object = { name: 'account' }) => ({
  ...{ apiVersion: 'v1', kind: 'Secret', metadata },
  ...rest,
});
const namespace = (labels: unknown, name = 'shop') => ({
  ...{ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
});

function read(...documents: readonly (object | string)[]): Promise<ReadManifests> {
  const texts = documents.map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));
  const standardInput = async function* () {
    yield texts.join('\n---\n');
  };
  return readEachManifest({ files: ['-'], namespace: 'default', standardInput });
}

test('a VCenter has its defaults, and its Secret and Namespaces are there', async () => {
  const stream = [
    secret({ stringData: { username: 'u', password: 'p' } }),
    vcenter(),
    namespace({ site: 'east' }),
    GROUP,
  ];
  const { vcenters, secrets, namespaces, manifests, problemsWithVCenters } = await read(...stream);
  expect(problemsWithVCenters).toEqual([]);
  expect(vcenters).toMatchObject([
    {
      source: 'standard input:3',
      vcenter: { metadata: { name: 'east' }, spec: { endpoint: { host: 'vc', port: 443 } } },
    },
  ]);
  expect(secrets).toMatchObject([{ source: 'standard input:1', namespace: 'default', name: 'account' }]);
  expect(namespaces).toEqual([{ source: 'standard input:5', name: 'shop', labels: { site: 'east' } }]);
  expect(manifests).toHaveLength(1);
});

test('of a Secret only the keys of an account are kept, and a text wins, as in the API server', async () => {
  const data = { username: 'b2xk', password: 'cA==', 'tls.key': 'eA==' };
  const { secrets } = await read(vcenter(), secret({ data, stringData: { username: 'new' } }));
  expect(secrets[0]?.data).toEqual({ username: Buffer.from('new').toString('base64'), password: 'cA==' });
});

test('without a VCenter a Secret and a Namespace are one problem each, and beside one they are none', async () => {
  const { problems, problemsWithVCenters } = await read(secret(), namespace(5), GROUP);
  expect(problems).toEqual([
    'standard input:1: Secret account: kind is "Secret": only VmGroup can be planned; leave it out',
    'standard input:3: Namespace shop: kind is "Namespace": only VmGroup can be planned; leave it out',
  ]);
  expect(problemsWithVCenters).toEqual([
    'standard input:3: Namespace shop: metadata.labels is no mapping from names to texts: put values such as "true" in quotes',
  ]);
});

describe('R15: a VCenter with a problem', () => {
  test('is told by field, value and remedy, and is known as one that cannot be used', async () => {
    const { vcenters, problems } = await read(vcenter({ endpoint: { host: 'vc', port: 0 } }));
    expect(problems).toEqual([
      expect.stringMatching(/^standard input:1: VCenter east: spec\.endpoint\.port is 0: give/),
    ]);
    expect(vcenters).toMatchObject([{ vcenter: { specProblems: [expect.stringContaining('spec.endpoint.port')] } }]);
  });

  test.each<[string, object]>([
    ['without a name', vcenter({}, {})],
    ['of another version', { ...vcenter({}, { name: 'EAST' }), apiVersion: 'v2' }],
  ])('%s is no reason to believe that there is none', async (_, document) => {
    const { hasVCenters, problems } = await read(document);
    expect(hasVCenters).toBe(true);
    expect(problems).not.toEqual([]);
  });
});

test('two documents of one kind and name are told', async () => {
  const { problemsWithVCenters } = await read(vcenter(), secret(), vcenter(), secret());
  expect(problemsWithVCenters).toEqual([
    'standard input:5: VCenter east is in standard input:1 already; leave one of them out',
    'standard input:7: Secret default/account is in standard input:3 already; leave one of them out',
  ]);
});

describe('R10: nothing of a Secret is shown', () => {
  test.each<[string, object | string]>([
    ['with a wrong version', secret({ apiVersion: 'hunter2', stringData: { password: 'hunter2' } })],
    ['with values that are no text', secret({ stringData: { password: { hunter2: 1 } } })],
    ['with a name that is none', secret({ stringData: { password: 'x' } }, { name: { hunter2: 1 } })],
    ['that is no YAML', 'apiVersion: v1\nkind: Secret\nmetadata: { name: account }\nstringData:\n  password: *hunter2'],
    ['that is no JSON', '{"kind": "Secret", "stringData": {"password": *hunter2}}'],
  ])('%s', async (_, document) => {
    const { problems, problemsWithVCenters } = await read(vcenter(), document);
    expect(problems.concat(problemsWithVCenters).join('\n')).not.toContain('hunter2');
    expect(problems).toHaveLength(1);
  });
});
