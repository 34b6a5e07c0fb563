/** An autoscaler and people who apply manifests do not fight: the example, on a real API server. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, inject, test } from 'vitest';
import { stringify } from 'yaml';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { type Kubectl, kubectlFor, waitUntilServed } from '../demo/show/kubectl';
import { type ApiServer, startApiServer } from '../envtest/real-parts';
import { runTypeScriptExample } from '../support/example-app';

const forever = new AbortController().signal;

let server: ApiServer;
let kubectl: Kubectl;
let manifest: string;

const run = (...args: string[]) => kubectl(args, forever);

beforeAll(async () => {
  server = await startApiServer(inject('binaries'), {}, forever);
  kubectl = kubectlFor(server);
  const folder = await mkdtemp(path.join(server.folder, 'manifests-'));
  const crd = path.join(folder, 'crd.yaml');
  await writeFile(crd, stringify(vmGroupCrd));
  await run('apply', '-f', crd);
  await waitUntilServed(kubectl, [vmGroupCrd.metadata.name], forever);
  await run('create', 'namespace', 'shop');
  manifest = path.join(folder, 'shop.yaml');
  const objects = (await runTypeScriptExample('autoscaler')).get('shop') ?? [];
  await writeFile(manifest, objects.map((object) => stringify(object)).join('---\n'));
  return () => server.stop();
});

const replicas = () => run('get', 'vg', 'workers', '-n', 'shop', '-o', 'jsonpath={.spec.replicas}');

/** As an autoscaler does it: by the subresource. */
const scale = (count: number) => run('scale', 'vg', 'workers', '-n', 'shop', `--replicas=${count}`);

test.for<[string, ...string[]]>([
  ['a plain apply'],
  ['a server-side apply', '--server-side'],
  ['a server-side apply by a GitOps tool', '--server-side', '--field-manager=flux'],
])('%s of the example keeps the number that an autoscaler has set', async ([, ...options]) => {
  const apply = () => run('apply', '--validate=strict', ...options, '-f', manifest);
  await apply();
  expect(await replicas()).toBe('1');
  await scale(3);
  await apply();
  expect(await replicas()).toBe('3');
  // Exit code 1, which rejects, is a difference.
  expect(await run('diff', ...options, '-f', manifest)).toBe('');
  await run('delete', '-f', manifest);
});

test('a number that leaves the manifest becomes the default, unless it leaves the record of the last apply before', async () => {
  const written = path.join(server.folder, 'numbered.yaml');
  const numbered = {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    metadata: { name: 'workers', namespace: 'shop' },
    spec: { template: 't', cpu: 1, memory: 1, replicas: 3 },
  };
  const { replicas: _, ...spec } = numbered.spec;
  const put = (object: object) => writeFile(written, JSON.stringify(object));
  await put(numbered);
  await run('apply', '-f', written);
  await put({ ...numbered, spec });
  await run('apply', '-f', written);
  expect(await replicas()).toBe('1');
  await put(numbered);
  await run('apply', '-f', written);
  await put({ ...numbered, spec });
  await run('apply', 'set-last-applied', '-f', written);
  await run('apply', '-f', written);
  expect(await replicas()).toBe('3');
});
