/** `vm-operator why` and `replay` on a running operator: through the API server, and by a dump on SIGUSR2. */
import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { findDecision } from '../../src/vmgroup/decisions/decision-line';
import { type OperatorProcess, serviceAccountKubeconfig } from '../envtest/real-parts';
import { freePort } from '../envtest/real-parts/free-port';
import { manifestsOf } from '../support/builders/operator-chart';
import { buildIfDue, vmOperator } from './command';
import { Installation } from './installation';

const binaries = inject('binaries');
const forever = new AbortController().signal;
beforeAll(buildIfDue);

const CANARY = 'correct-horse-battery-staple';
const OPERATOR = 'codeconnect-vm-operator';

/** An API server hands requests on to no loopback address. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const own = all.find(
    ({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'),
  );
  return own?.address ?? expect.fail('this machine has no address but that of the loopback');
}

interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly object[] };
}

/** Of the Deployment. */
function podTemplate(): PodTemplate {
  const deployment = manifestsOf({ secureMetrics: true }).find(({ kind }) => kind === 'Deployment');
  const { template } = (deployment ?? expect.fail('no Deployment')).spec as { readonly template: PodTemplate };
  return template;
}

/** With the rights that the manifests give, and a Pod of it as the API server sees it. There is no kubelet to run one. */
async function securedOperator(here: Installation): Promise<OperatorProcess> {
  const { namespace } = here.facts;
  const file = path.join(here.server.folder, 'secure.json');
  const all = manifestsOf({ secureMetrics: true }).filter(
    ({ kind, metadata }) =>
      /-(decisions|why)$/.test(metadata.name) || (kind === 'ClusterRole' && metadata.name === OPERATOR),
  );
  const address = ownAddress();
  const port = await freePort();
  const { metadata, spec } = podTemplate();
  const [container] = spec.containers;
  const ports = [{ name: 'metrics', containerPort: port }];
  const pod = {
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: `${OPERATOR}-0`, namespace } },
    spec: { ...spec, containers: [{ ...container, ports }] },
  };
  const items = [...all, pod];
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await here.run('apply', '-f', file);
  const status = { phase: 'Running', podIP: address, podIPs: [{ ip: address }] };
  const patch = ['--subresource=status', '--type=merge', '-p', JSON.stringify({ status })];
  await here.run('patch', 'pod', `${OPERATOR}-0`, '-n', namespace, ...patch);
  return here.operator({
    flags: ['--metrics-secure', '--metrics-bind-address', `${address}:${port}`],
    environment: { POD_NAMESPACE: namespace },
  });
}

async function kubeconfigOf(here: Installation, name: string): Promise<string> {
  await here.run('create', 'serviceaccount', name);
  return serviceAccountKubeconfig(here.server, { namespace: 'default', name }, forever);
}

/** What the operator writes when it is asked for its decisions, of which it has as many at least. */
async function dumpOf(operator: OperatorProcess, decisions: number): Promise<string> {
  const lines: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = operator.log.onLine((line) => {
    lines.push(line);
    if (lines.filter((each) => findDecision(each) !== undefined).length >= decisions) resolve();
  });
  onTestFinished(() => void stop());
  process.kill(operator.processId, 'SIGUSR2');
  await promise;
  return lines.join('\n');
}

function statusOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { rejectUnauthorized: false, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.once('error', reject);
    call.end();
  });
}

test('who may ask is told the last decisions in words, and a dump of them is decided in the same way again', async () => {
  const here = await Installation.start(binaries);
  const operator = await securedOperator(here);
  const { namespace } = here.facts;
  const guest = { cloudInit: { userData: { value: `#cloud-config\npassword: ${CANARY}\n` } } };
  await here.apply('web', { replicas: 2, guest });
  await here.untilRunning('web', 2);
  await here.run('scale', 'vg', 'web', '--replicas=3');
  await here.untilRunning('web', 3);

  const [person, stranger] = [await kubeconfigOf(here, 'on-call'), await kubeconfigOf(here, 'stranger')];
  await here.run(
    'create',
    'rolebinding',
    'on-call',
    '-n',
    namespace,
    `--role=${OPERATOR}-why`,
    '--serviceaccount=default:on-call',
  );
  const told = await vmOperator(['why', 'default/web', '--last', '64', '--kubeconfig', person], {});
  expect(told).toMatchObject({ exitCode: 0, stderr: '' });
  expect(told.stdout).toMatch(/^default\/web$/m);
  expect(told.stdout).toMatch(/^ {2}seen +spec\.replicas: 2 -> 3$/m);
  expect(told.stdout).toMatch(/^ {2}decided +clone web-replica-[a-z]{8}: ordinal 2 is missing$/m);
  expect(told.stdout).toMatch(/^ {2}(?:seen)? +Clone was sent: web-replica-[a-z]{8}$/m);
  expect(told.stdout).toMatch(/^ {2}decided +power on web-replica-[a-z]{8}: found powered off$/m);
  expect(told.stdout).toMatch(/^ {2}status +RUNNING: 3 of 3 replicas running$/m);
  expect(await vmOperator(['why', 'default/web', '--kubeconfig', stranger], {})).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/cannot be asked .*Forbidden.* bind you to the Role codeconnect-vm-operator-why/),
  });
  const { stderr } = await vmOperator(['why', 'default/none', '--kubeconfig', person], {});
  expect(stderr).toBe('vm-operator why: no operator has decided anything about default/none');
  expect(await statusOf(`https://${ownAddress()}:${await portOf(here)}/debug/decisions`)).toBe(401);

  const all = await vmOperator(['why', 'default/web', '--last', '9999', '-o', 'json', '--kubeconfig', person], {});
  const dump = await dumpOf(operator, JSON.parse(all.stdout).length);
  const again = await vmOperator(['why', 'default/web', '--last', '64', '-f', '-'], {}, dump);
  expect(again).toMatchObject({ exitCode: 0, stderr: '' });
  expect(again.stdout).toContain('clone web-replica-');
  const replayed = await vmOperator(['replay', '-'], {}, dump);
  expect(replayed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(replayed.stdout).toMatch(/^(\d+) replayed by version \S+: \1 the same, 0 different$/m);

  const held = dump
    .split('\n')
    .flatMap((line) => findDecision(line) ?? [])
    .map((line) => JSON.parse(line).data);
  const texts = held.map((data) => zstdDecompressSync(Buffer.from(data, 'base64')).toString());
  expect(texts.join('')).toContain('"userData":{"value":"sha256:');
  expect(dump + texts.join('')).not.toContain(CANARY);

  const newer = dump.replaceAll('{"vmOperatorDecision":1,', '{"vmOperatorDecision":2,');
  expect(await vmOperator(['replay', '-'], {}, newer)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/has format 2, and this vm-operator reads format 1: use version \S+, which wrote it/),
  });
});

async function portOf(here: Installation): Promise<string> {
  const path = 'jsonpath={.spec.containers[0].ports[0].containerPort}';
  return here.run('get', 'pod', `${OPERATOR}-0`, '-n', here.facts.namespace, '-o', path);
}
