/** A real API server with the CRD, for tests of src/kubernetes. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import {
  ApiError,
  type ApiServer,
  connectApiServer,
  type KubernetesObject,
  ResourceClient,
} from '../../src/kubernetes';
import { deadline, sleep, systemClock } from '../../src/time/clock';
import { openTcpGate, type TcpGate, targetOf } from '../envtest/proxies/tcp-gate';
import { type ApiServer as RealApiServer, startApiServer } from '../envtest/real-parts';

export interface Group extends KubernetesObject {
  readonly spec: {
    readonly replicas: number;
    readonly cpu: number;
    readonly memory: number;
    readonly template: string;
  };
  readonly status?: { readonly phase?: string; readonly readyReplicas?: number };
}
export interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

export const GROUPS = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', plural: 'vmgroups' };
export const CONFIG_MAPS = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps' };
export const LEASES = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' };
const NAMESPACES = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' };
const CRDS = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
};

const DEADLINE_MS = 20_000;
export const forever: AbortSignal = new AbortController().signal;

export class KubernetesWorld {
  #files = 0;

  private constructor(
    readonly real: RealApiServer,
    readonly server: ApiServer,
    readonly groups: ResourceClient<Group>,
    readonly configMaps: ResourceClient<ConfigMap>,
  ) {}

  static async start(): Promise<KubernetesWorld> {
    // Leases have no watch cache and their history is compacted after one or two seconds, so a watch of them can expire.
    const flags = { 'watch-cache-sizes': 'leases.coordination.k8s.io#0', 'etcd-compaction-interval': '1s' };
    const real = await startApiServer(inject('binaries'), { flags }, forever);
    const server = connectApiServer({
      clock: systemClock,
      kubeconfigFile: real.kubeconfig,
      userAgent: 'kubernetes-test',
    });
    const groups = new ResourceClient<Group>(server, GROUPS);
    const world = new KubernetesWorld(real, server, groups, new ResourceClient<ConfigMap>(server, CONFIG_MAPS));
    try {
      const crd = parse(readFileSync(path.join(__dirname, '../../crds/vmgroup.yaml'), 'utf8'));
      await new ResourceClient(server, CRDS).create('', crd, forever);
      await until('the CRD is served', async () => {
        await groups.list({}, forever);
        return true;
      });
      return world;
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.server.close();
    await this.real.stop();
  }

  async namespaceOf(name: string): Promise<void> {
    await new ResourceClient(this.server, NAMESPACES).create('', { metadata: { name } }, forever);
  }

  /** A kubeconfig file with a changed copy of the administrator's. */
  rewritten(change: (text: string) => string): string {
    this.#files += 1;
    const file = path.join(this.real.folder, `kubeconfig-${this.#files}`);
    writeFileSync(file, change(readFileSync(this.real.kubeconfig, 'utf8')));
    return file;
  }

  /** A gate in front of the API server, and a client that connects through it; both end with the test. */
  async throughGate(): Promise<{ readonly gate: TcpGate; readonly through: ApiServer }> {
    const gate = await openTcpGate(targetOf(this.real.url));
    const kubeconfigFile = this.rewritten((text) => text.replace(/server: .*/, `server: https://${gate.host}`));
    const through = connectApiServer({ clock: systemClock, kubeconfigFile, userAgent: 'kubernetes-test' });
    onTestFinished(async () => {
      through.close();
      await gate.close();
    });
    return { gate, through };
  }

  withToken(token: string): string {
    return this.rewritten((text) =>
      text.replace(/client-certificate-data: .*/, `token: ${token}`).replace(/^\s*client-key-data: .*\n/m, ''),
    );
  }
}

export function aGroup(name: string, spec: Partial<Group['spec']> = {}) {
  return { metadata: { name }, spec: { replicas: 1, cpu: 1, memory: 1, template: 'ubuntu', ...spec } };
}

/** Polls until the condition holds; an ApiError means not yet. The message of the deadline has the claim. */
export async function until(claim: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const limit = deadline(systemClock, DEADLINE_MS, forever, () => new Error(`not within ${DEADLINE_MS} ms: ${claim}`));
  try {
    for (;;) {
      const so = await Promise.resolve()
        .then(isSo)
        .catch((error: unknown) => {
          if (!(error instanceof ApiError)) throw error;
          return false;
        });
      if (so) return;
      await sleep(systemClock, 20, limit.signal);
    }
  } finally {
    limit.done();
  }
}

export async function inParallel(
  lanes: number,
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
