/** The Pod of our Deployment, started as kubelet and containerd would start it, of what the API server has. */
import { X509Certificate } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFailed, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { thisPlatform } from '../envtest/binaries/cache-folder';
import { adminRequest, freePort, serviceAccountKubeconfig } from '../envtest/real-parts';
import type { Container, Deployment, PodSpec } from '../image/deployment';
import { type ImagePod, startPod } from '../image/image-pod';
import { type ImageConfig, type RuntimeConfig, runtimeConfig } from '../image/runtime-config';
import { runtimeDefaultProfile } from '../image/seccomp-profile';
import type { Installation } from './installation';

const forever = new AbortController().signal;
/** Where the kubelet puts the token of an account. */
const ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The unpacked image, in a folder of its own. */
export interface UnpackedImage {
  readonly folder: string;
  readonly config: ImageConfig;
}

export interface DeployedPod {
  readonly config: RuntimeConfig;
  readonly spec: PodSpec;
  readonly container: Container;
  readonly probesUrl: string;
}

/**
 * Gives the Deployment what a person gives it (the Secret, and the fingerprint of vCenter's certificate), and tells how its
 * container is to be run. All that is mounted goes with the test.
 */
export async function podOf(here: Installation, { folder, config }: UnpackedImage): Promise<DeployedPod> {
  const { namespace, serviceAccount } = here.facts;
  const { host, user, password, caFile } = here.vcsim;
  const account = Object.entries({ VC_HOST: host, VC_USER: user, VC_PASS: password });
  const literals = account.map(([name, value]) => `--from-literal=${name}=${value}`);
  await here.run('-n', namespace, 'create', 'secret', 'generic', 'vc-creds', ...literals);
  const { fingerprint256 } = new X509Certificate(await readFile(caFile));
  const name = `deployment/${serviceAccount}`;
  await here.run('-n', namespace, 'set', 'env', name, `VC_FINGERPRINTS=${fingerprint256}`);
  const deployment: Deployment = JSON.parse(await here.run('-n', namespace, 'get', name, '-o', 'json'));
  const spec = deployment.spec.template.spec;
  const [container] = spec.containers;
  if (container === undefined) throw new Error('the Deployment has no container');

  const probes = `127.0.0.1:${await freePort()}`;
  const facts = {
    ...{ root: folder, namespace, apiServer: new URL(here.server.url) },
    podName: `${serviceAccount}-${path.basename(folder).slice(0, 8)}`,
    mounts: await mountsOf(here, spec, container),
    runtimeDefault: await runtimeDefaultProfile(thisPlatform().goarch),
  };
  const addresses = [`--metrics-bind-address=127.0.0.1:${await freePort()}`, `--health-probe-bind-address=${probes}`];
  return { config: runtimeConfig(spec, config, facts, addresses), spec, container, probesUrl: `http://${probes}` };
}

/** Starts a container that ends with the test. Its last lines are shown if the test fails. */
export async function runPod(config: RuntimeConfig): Promise<ImagePod> {
  const pod = await startPod(config);
  onTestFinished(() => pod.remove());
  onTestFailed(() => {
    process.stderr.write(`The last lines of the container:\n${pod.log.last(30)}\n`);
  });
  return pod;
}

/** The Secrets and the token of the account, in folders with the rights that the kubelet gives them. */
async function mountsOf(here: Installation, spec: PodSpec, container: Container): Promise<Record<string, string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'pod-volumes-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { fsGroup } = spec.securityContext;
  const mounts: Record<string, string> = {};
  const mount = async (place: string, files: Readonly<Record<string, string>>, mode: number) => {
    const source = path.join(folder, String(Object.keys(mounts).length));
    await mkdir(source, { mode: 0o755 });
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(source, name);
      await writeFile(file, text);
      await chownTo(file, fsGroup, mode);
    }
    mounts[place] = source;
  };
  for (const { name, mountPath } of container.volumeMounts) {
    const secret = spec.volumes.find((volume) => volume.name === name)?.secret;
    if (secret === undefined) throw new Error(`this knows volumes of Secrets only: ${name} is none`);
    await mount(mountPath, await secretOf(here, secret.secretName), secret.defaultMode);
  }
  const { namespace, serviceAccount: name } = here.facts;
  const kubeconfig = await serviceAccountKubeconfig(here.server, { namespace, name }, forever);
  const { token } = parse(await readFile(kubeconfig, 'utf8')).users[0].user;
  await mount(ACCOUNT_FOLDER, { token, namespace, 'ca.crt': here.server.caPem }, 0o640);
  return mounts;
}

async function secretOf(here: Installation, name: string): Promise<Record<string, string>> {
  const { data }: { data: Record<string, string> } = JSON.parse(
    await here.run('-n', here.facts.namespace, 'get', 'secret', name, '-o', 'json'),
  );
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

/** Files belong to root, and the group of the Pod may read them. */
async function chownTo(file: string, group: number, mode: number): Promise<void> {
  await chown(file, 0, group);
  await chmod(file, mode);
}

/** Empty when nobody holds the Lease. */
export async function holderOfLease(here: Installation): Promise<string | undefined> {
  const { namespace, serviceAccount } = here.facts;
  const route = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/${serviceAccount}`;
  const { status, body } = await adminRequest(here.server, 'GET', route, undefined, forever);
  return status === 200 ? JSON.parse(body).spec.holderIdentity : undefined;
}

export async function untilReady(here: Installation, pod: ImagePod, { container, probesUrl }: DeployedPod) {
  let over: string | undefined;
  void pod.ended.then((how) => {
    over = how;
  });
  const { path: probe } = container.readinessProbe.httpGet;
  await here.until(`${probe} answers 200`, async () => {
    expect(over, pod.log.last(20)).toBeUndefined();
    const answer = await fetch(`${probesUrl}${probe}`).catch(() => undefined);
    return answer?.status === 200 ? [] : [`${answer?.status ?? 'no answer'}`];
  });
}
