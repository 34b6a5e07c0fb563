/** An API server with the product, the model of vCenter, and so many VmGroups. */
import { sleep, systemClock } from '../../../src/time/clock';
import type { GroupObject } from '../../demo/show/groups';
import { installProduct } from '../../demo/show/install-product';
import { buildProduct } from '../../demo/show/product';
import type { Binaries } from '../../envtest/binaries/find-binaries';
import {
  type ApiServer,
  adminRequest,
  imageNodeFlags,
  type OperatorProcess,
  startApiServer,
  startOperator,
} from '../../envtest/real-parts';
import type { ScaleOptions } from './options';
import { startVCenter, type VCenterFigures, type VCenterProcess } from './vcenter';

const GROUPS_URL = '/apis/vm.codeconnect.vmworld.com/v1alpha1/namespaces/default/vmgroups';
/** See test/bench/fleet: a new CRD delays creations. */
const NEW_CRD_MS = 3_000;
const READY_MS = 120_000;
/** The model and the API server are asked no oftener, for that costs processor time that the operator needs. */
const LOOK_MS = 250;
/** Requests at once. */
const WIDTH = 20;
export const TEMPLATES = { first: 'vm-operator-template', other: 'another-template' } as const;
const forever = new AbortController().signal;

export class ScaleWorld {
  private constructor(
    readonly options: ScaleOptions,
    readonly server: ApiServer,
    readonly vcenter: VCenterProcess,
    readonly kubeconfig: string,
  ) {}

  static async start(binaries: Binaries, options: ScaleOptions): Promise<ScaleWorld> {
    await buildProduct(forever);
    const server = await startApiServer(binaries, {}, forever);
    const { groups, replicas, machines, cloneMs, cloneSlots } = options;
    const foreignMachines = machines - groups * replicas;
    const vcenter = await startVCenter(
      { foreignMachines, cloneMs, cloneSlots, otherTemplate: TEMPLATES.other },
      server.folder,
    );
    const { operatorKubeconfig } = await installProduct(server, vcenter.way, forever);
    await sleep(systemClock, NEW_CRD_MS, forever);
    return new ScaleWorld(options, server, vcenter, operatorKubeconfig);
  }

  /** The built operator, as the image starts it. */
  operator(): Promise<OperatorProcess> {
    const { kubeconfig, vcenter } = this;
    return startOperator({ kubeconfig, vcsim: vcenter.way, nodeFlags: imageNodeFlags() }, forever);
  }

  async readyOperator(): Promise<OperatorProcess> {
    const operator = await this.operator();
    await operator.ready(READY_MS, forever);
    return operator;
  }

  create(): Promise<void> {
    const { replicas } = this.options;
    return this.#each(
      'POST',
      () => GROUPS_URL,
      (name) => ({
        apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
        kind: 'VmGroup',
        metadata: { name, namespace: 'default' },
        spec: { cpu: 1, memory: 1, replicas, template: TEMPLATES.first },
      }),
    );
  }

  change(spec: { readonly replicas?: number; readonly template?: string }, count = this.options.groups): Promise<void> {
    return this.#each(
      'PATCH',
      (name) => `${GROUPS_URL}/${name}`,
      () => ({ spec }),
      count,
    );
  }

  delete(): Promise<void> {
    return this.#each(
      'DELETE',
      (name) => `${GROUPS_URL}/${name}`,
      () => undefined,
    );
  }

  /** Resolves when all groups are RUNNING with their replicas, all of the current spec. */
  async untilRunning(withinMs: number): Promise<void> {
    const wanted = ({ spec }: GroupObject) => spec.replicas;
    let groups = await this.groups();
    const total = groups.reduce((sum, group) => sum + wanted(group), 0);
    await this.#until(
      withinMs,
      () => `${groups.filter(runs).length} of ${groups.length} groups run`,
      async () => {
        const { machines, poweredOn } = await this.vcenter.figures();
        // Only when vCenter has what is wanted is the API server asked, for 500 groups are a large answer.
        if (machines !== total || poweredOn !== total) return false;
        groups = await this.groups();
        return groups.every(runs);
      },
    );
  }

  async untilGone(withinMs: number): Promise<void> {
    let left = Number.NaN;
    await this.#until(
      withinMs,
      () => `${left} groups are left`,
      async () => {
        const { machines } = await this.vcenter.figures();
        if (machines > 0) return false;
        left = (await this.groups()).length;
        return left === 0;
      },
    );
  }

  async groups(): Promise<readonly GroupObject[]> {
    const { body } = await adminRequest(this.server, 'GET', GROUPS_URL, undefined, forever);
    return (JSON.parse(body) as { readonly items: readonly GroupObject[] }).items;
  }

  async stop(): Promise<void> {
    this.vcenter.stop();
    await this.server.stop();
  }

  async #until(withinMs: number, state: () => string, holds: () => Promise<boolean>): Promise<void> {
    const endMs = systemClock.monotonicMs() + withinMs;
    while (!(await holds())) {
      if (systemClock.monotonicMs() > endMs) {
        const { machines, poweredOn }: VCenterFigures = await this.vcenter.figures();
        throw new Error(`not within ${withinMs / 1000} s: ${state()}, ${machines} machines, ${poweredOn} on`);
      }
      await sleep(systemClock, LOOK_MS, forever);
    }
  }

  async #each(
    method: 'POST' | 'PATCH' | 'DELETE',
    url: (name: string) => string,
    body: (name: string) => unknown,
    count = this.options.groups,
  ): Promise<void> {
    const names = Array.from({ length: count }, (_, index) => `group-${index}`);
    const worker = async () => {
      for (let name = names.shift(); name !== undefined; name = names.shift()) {
        const answer = await adminRequest(this.server, method, url(name), body(name), forever);
        if (answer.status >= 300) throw new Error(`${method} ${name}: HTTP ${answer.status} ${answer.body}`);
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, worker));
  }
}

function runs({ metadata, spec, status }: GroupObject): boolean {
  return (
    status?.phase === 'RUNNING' &&
    status.observedGeneration === metadata.generation &&
    status.readyReplicas === spec.replicas &&
    status.updatedReplicas === spec.replicas
  );
}
