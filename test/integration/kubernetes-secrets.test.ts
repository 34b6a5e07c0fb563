import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ApiServer, connectApiServer, type KubernetesObject, ResourceClient } from '../../src/kubernetes';
import { secretReader } from '../../src/operator/manager/secret-reader';
import { deadline, sleep, systemClock } from '../../src/time/clock';
import type { ReadSecret } from '../../src/vmgroup/model/port';
import { type ApiServer as RealApiServer, serviceAccountKubeconfig, startApiServer } from '../envtest/real-parts';

const DEADLINE_MS = 20_000;
const clock = systemClock;
const signal = new AbortController().signal;
const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64');
const core = (kind: string, plural: string) => ({ apiVersion: 'v1', kind, plural });
const rbac = (kind: string, plural: string) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, plural });

let real: RealApiServer;
let admin: ApiServer;
let operator: ApiServer;
let read: ReadSecret;

beforeAll(async () => {
  real = await startApiServer(inject('binaries'), {}, signal);
  admin = connectApiServer({ clock, kubeconfigFile: real.kubeconfig, userAgent: 'secrets-test' });
  await made(core('ServiceAccount', 'serviceaccounts'), 'default', { metadata: { name: 'operator' } });
  const account = { namespace: 'default', name: 'operator' };
  const kubeconfigFile = await serviceAccountKubeconfig(real, account, signal);
  operator = connectApiServer({ clock, kubeconfigFile, userAgent: 'secrets-test' });
  read = secretReader(operator);
  for (const namespace of ['granted', 'denied']) {
    await made(core('Namespace', 'namespaces'), '', { metadata: { name: namespace } });
    const data = {
      'user-data': base64('#cloud-config\n# größer\n'),
      blob: base64(Uint8Array.of(0xc3, 0x28)),
      none: '',
    };
    await made(core('Secret', 'secrets'), namespace, { metadata: { name: 'boot' }, data });
  }
  await made(rbac('Role', 'roles'), 'granted', {
    metadata: { name: 'reads-secrets' },
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
  });
  await made(rbac('RoleBinding', 'rolebindings'), 'granted', {
    metadata: { name: 'reads-secrets' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reads-secrets' },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  });
  await untilGranted();
});

afterAll(async () => {
  operator?.close();
  admin?.close();
  await real?.stop();
});

test('a Role that allows get on the Secrets of a namespace is enough to read a key', async () => {
  const { metadata } = await new ResourceClient(admin, core('Secret', 'secrets')).get('granted', 'boot', signal);
  const { resourceVersion } = metadata;
  expect(await read('granted', 'boot', 'user-data', signal)).toEqual({
    kind: 'Found',
    value: '#cloud-config\n# größer\n',
    resourceVersion,
  });
  expect(await read('granted', 'boot', 'none', signal)).toEqual({ kind: 'Found', value: '', resourceVersion });
});

test.each([
  ['a key that is not in the Secret', 'granted', 'boot', 'meta-data', 'KeyMissing'],
  ['bytes that are not text', 'granted', 'boot', 'blob', 'NotText'],
  ['a Secret that does not exist', 'granted', 'other', 'user-data', 'NotFound'],
  ['a Secret of a namespace without that Role', 'denied', 'boot', 'user-data', 'Forbidden'],
  ['a Secret of a namespace that does not exist', 'nowhere', 'boot', 'user-data', 'Forbidden'],
])('%s has a result of its own', async (_, namespace, name, key, kind) => {
  expect(await read(namespace, name, key, signal)).toEqual({ kind });
});

async function made(
  type: { readonly apiVersion: string; readonly kind: string; readonly plural: string },
  namespace: string,
  object: object,
): Promise<void> {
  await new ResourceClient<KubernetesObject>(admin, type).create(namespace, object, signal);
}

/** The API server sees new Roles through a watch, so they take effect a little later. */
async function untilGranted(): Promise<void> {
  const limit = deadline(clock, DEADLINE_MS, signal, () => new Error('the Role has not taken effect'));
  while ((await read('granted', 'boot', 'none', limit.signal)).kind === 'Forbidden')
    await sleep(clock, 50, limit.signal);
  limit.done();
}
