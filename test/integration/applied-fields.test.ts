/** What `vm-operator plan` expects of fields that a manifest leaves out is what the API server makes of them. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { readManifests } from '../../src/operator/commands/manifest/read-manifests';
import { storedAs, withKeptFields } from '../../src/operator/commands/plan/stored-group';
import { type Kubectl, kubectlFor, waitUntilServed } from '../demo/show/kubectl';
import { type ApiServer, startApiServer } from '../envtest/real-parts';

const forever = new AbortController().signal;

let server: ApiServer;
let kubectl: Kubectl;
let folder: string;
let written = 0;

const run = (...args: string[]) => kubectl(args, forever);

beforeAll(async () => {
  server = await startApiServer(inject('binaries'), {}, forever);
  kubectl = kubectlFor(server);
  folder = await mkdtemp(path.join(server.folder, 'manifests-'));
  const crd = path.join(folder, 'crd.yaml');
  await writeFile(crd, stringify(vmGroupCrd));
  await run('apply', '-f', crd);
  await waitUntilServed(kubectl, [vmGroupCrd.metadata.name], forever);
  return () => server.stop();
});

async function manifestOf(spec: object): Promise<string> {
  written += 1;
  const file = path.join(folder, `${written}.yaml`);
  const head = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup' };
  await writeFile(file, stringify({ ...head, metadata: { name: 'web', namespace: 'default' }, spec }));
  return file;
}

const PLAIN = { template: 't', cpu: 1, memory: 1 };
const SERVER_SIDE = ['--server-side', '--field-manager=kubectl'];
const FLUX = ['--server-side', '--field-manager=flux'];

interface Step {
  readonly how: readonly string[];
  readonly spec: object;
}

const full = {
  ...PLAIN,
  replicas: 2,
  minReadySeconds: 5,
  placement: { datacenter: 'dc', cluster: 'c', datastore: 'd' },
};
const placed = { ...PLAIN, placement: { datacenter: 'dc' } };
const patch = { spec: { progressDeadlineSeconds: 900, updateStrategy: { restartToken: 'x' } } };

test.for<[string, readonly Step[], Step]>([
  ['a plain apply after a plain apply', [{ how: [], spec: full }], { how: [], spec: placed }],
  ['a plain apply that never had the fields', [{ how: [], spec: placed }], { how: [], spec: { ...placed, cpu: 2 } }],
  ['a server-side apply after one', [{ how: SERVER_SIDE, spec: full }], { how: SERVER_SIDE, spec: placed }],
  ['a server-side apply by the only tool that applies', [{ how: FLUX, spec: full }], { how: FLUX, spec: placed }],
  [
    'a server-side apply of fields that another manager gives too',
    [
      { how: SERVER_SIDE, spec: full },
      { how: FLUX, spec: { ...placed, minReadySeconds: 5 } },
    ],
    { how: SERVER_SIDE, spec: placed },
  ],
])('%s, after a person and an autoscaler have changed some', async ([, before, next]) => {
  for (const { how, spec } of before) await run('apply', ...how, '-f', await manifestOf(spec));
  await run('patch', 'vg', 'web', '--type=merge', '-p', JSON.stringify(patch));
  await run('scale', 'vg', 'web', '--replicas=4');

  const stored = storedAs(JSON.parse(await run('get', 'vg', 'web', '-o', 'json', '--show-managed-fields')));
  const file = await manifestOf(next.spec);
  const [manifest] = await readManifests({ files: [file], namespace: 'default', standardInput: async function* () {} });
  if (manifest === undefined) return expect.unreachable();
  const answer = await run('apply', ...next.how, '--dry-run=server', '-o', 'json', '-f', file);
  expect(withKeptFields(manifest, stored).spec).toEqual(JSON.parse(answer).spec);
  await run('delete', 'vg', 'web');
});
