/** The server under test, and clients of it that meet no failures. */
import { type KubernetesObject, ResourceClient } from '../../../src/kubernetes';
import type { ConformanceWorld } from './conformance-world';

export const LEASES = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' };
export const GROUPS = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', plural: 'vmgroups' };

export const forever: AbortSignal = new AbortController().signal;

export interface Group extends KubernetesObject {
  readonly spec: { readonly replicas: number };
  readonly status?: { readonly phase?: string; readonly readyReplicas?: number };
}

export class ConformanceStage {
  #world: ConformanceWorld | undefined;

  /** Before all tests. */
  async open(makeWorld: () => Promise<ConformanceWorld>): Promise<void> {
    this.#world = await makeWorld();
  }

  async close(): Promise<void> {
    await this.#world?.close();
  }

  get world(): ConformanceWorld {
    if (this.#world === undefined) throw new Error('the stage is used before it is open');
    return this.#world;
  }

  get leases(): ResourceClient<KubernetesObject> {
    return new ResourceClient(this.world.direct, LEASES);
  }

  get groups(): ResourceClient<Group> {
    return new ResourceClient<Group>(this.world.direct, GROUPS);
  }

  /** Creates a Lease with this value as a label, or changes its value. */
  put(namespace: string, name: string, value: number): Promise<KubernetesObject> {
    const labels = { value: String(value) };
    return this.leases
      .create(namespace, { metadata: { name, labels } }, forever)
      .catch(() => this.leases.mergePatch(namespace, name, { metadata: { labels } }, forever));
  }
}
