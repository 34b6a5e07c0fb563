/** A manifest means the same to `plan` and to kubectl. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { readEachManifest } from '../../src/operator/commands/manifest/read-manifests';
import { type ApiServer, startApiServer } from '../envtest/real-parts';
import { runCommand } from '../envtest/run-command';

const CRD = path.resolve('crds/vmgroup.yaml');
let server: ApiServer;
let folder: string;

async function kubectl(...args: readonly string[]): Promise<string> {
  const signal = AbortSignal.timeout(60_000);
  const { exitCode, stdout, stderr } = await runCommand(
    'kubectl',
    ['--kubeconfig', server.kubeconfig, ...args],
    {},
    signal,
  );
  expect([exitCode, stderr]).toEqual([0, '']);
  return stdout;
}

beforeAll(async () => {
  server = await startApiServer(inject('binaries'), {}, new AbortController().signal);
  folder = await mkdtemp(path.join(tmpdir(), 'manifest-reading-'));
  await kubectl('apply', '-f', CRD);
  await kubectl('wait', '--for=condition=Established', '-f', CRD, '--timeout=60s');
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
});

const HEAD = 'apiVersion: vm.codeconnect.vmworld.com/v1alpha1\nkind: VmGroup\n';
const BODY = 'spec:\n  template: ubuntu\n  memory: 4\n';

test.each([
  ['an-empty-mapping', '  cpu: 2\n  placement:\n'],
  ['null-in-a-mapping', '  cpu: 2\n  placement: { datastore: null }\n'],
  ['null-for-a-default', '  cpu: 2\n  replicas: null\n'],
  ['yes-for-a-flag', '  cpu: 2\n  paused: yes\n'],
  ['an-octal-number', '  cpu: 010\n'],
  ['a-merge-key', '  <<: { cpu: 2 }\n'],
])('%s is read as the API server stores it', async (name, lines) => {
  const file = path.join(folder, `${name}.yaml`);
  await writeFile(file, `${HEAD}metadata: { name: ${name}, namespace: default }\n${BODY}${lines}`);
  const { manifests, problems } = await readEachManifest({
    ...{ files: [file], namespace: 'default' },
    standardInput: async function* () {},
  });
  expect(problems).toEqual([]);
  await kubectl('apply', '-f', file);
  const stored = await kubectl('get', 'vg', name, '-n', 'default', '-o', 'json');
  expect(manifests[0]?.spec).toEqual(JSON.parse(stored).spec);
});
