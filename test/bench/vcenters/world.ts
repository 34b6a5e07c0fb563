/** What the benches of several vCenters work on: an API server with the product, and VCenter objects for simulators. */
import { sleep, systemClock } from '../../../src/time/clock';
import { installProduct } from '../../demo/show/install-product';
import { buildProduct } from '../../demo/show/product';
import type { Binaries } from '../../envtest/binaries/find-binaries';
import {
  type ApiServer,
  adminRequest,
  type OperatorProcess,
  startApiServer,
  startOperator,
  startVcsim,
  type Vcsim,
} from '../../envtest/real-parts';
import { GroupWatch } from './group-watch';

const API = '/apis/vm.codeconnect.vmworld.com/v1alpha1';
/** See test/bench/fleet: a new CRD delays creations. */
const NEW_CRD_MS = 3_000;
const LOOK_MS = 100;
const READY_MS = 60_000;
const forever = new AbortController().signal;

/** One simulator, the VCenter of the same name, and the only namespace that it serves, of that name too. */
export interface Site {
  readonly name: string;
  readonly vcsim: Vcsim;
}

/** Where operators reach a site, and how they know it: spec.endpoint and spec.tls. */
export interface WayToSite {
  readonly endpoint: { readonly host: string; readonly port: number };
  readonly tls: object;
}

export class World {
  readonly groups: GroupWatch;
  readonly sites: Site[] = [];
  readonly #started: { stop(): Promise<unknown> }[] = [];

  private constructor(
    readonly binaries: Binaries,
    readonly server: ApiServer,
    /** Of the operator. */
    readonly namespace: string,
    /** With the rights of the synthesized ServiceAccount. */
    readonly kubeconfig: string,
  ) {
    this.groups = new GroupWatch(server);
  }

  static async start(binaries: Binaries): Promise<World> {
    await buildProduct(forever);
    const server = await startApiServer(binaries, {}, forever);
    // The Secret of the environment's vCenter is made and not used.
    const nobody = { host: 'unused.example.com', user: 'nobody', password: 'none' };
    const { facts, operatorKubeconfig } = await installProduct(server, nobody, forever);
    await sleep(systemClock, NEW_CRD_MS, forever);
    return new World(binaries, server, facts.namespace, operatorKubeconfig);
  }

  /** A new simulator, as released, with its VCenter, its Secret and its namespace. */
  async addSite(
    name: string,
    delaysMs: Readonly<Record<string, number>>,
    wayTo: (vcsim: Vcsim) => Promise<WayToSite>,
  ): Promise<void> {
    const vcsim = await startVcsim(this.binaries, { strict: 'Off', delaysMs }, forever);
    this.#started.push(vcsim);
    const account = { name: `${name}-account`, namespace: this.namespace };
    const stringData = { username: vcsim.user, password: vcsim.password };
    await this.request('POST', `/api/v1/namespaces/${this.namespace}/secrets`, { metadata: account, stringData });
    await this.request('POST', '/api/v1/namespaces', { metadata: { name, labels: { site: name } } });
    const credentials = { secretRef: { name: account.name } };
    const namespaceSelector = { matchLabels: { site: name } };
    await this.request('POST', `${API}/vcenters`, {
      apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
      kind: 'VCenter',
      metadata: { name },
      spec: { ...(await wayTo(vcsim)), credentials, namespaceSelector },
    });
    this.sites.push({ name, vcsim });
  }

  /** An operator that serves VCenter objects only. It is ready when this resolves. */
  async operator(
    options: { flags?: readonly string[]; kubeconfig?: string; environment?: Record<string, string> } = {},
  ): Promise<OperatorProcess> {
    const { flags = [], kubeconfig = this.kubeconfig, environment = {} } = options;
    const none = { VC_HOST: undefined, VC_USER: undefined, VC_PASS: undefined, VC_CA_FILE: undefined };
    const operator = await startOperator(
      {
        kubeconfig,
        vcsim: { host: '', user: '', password: '', caFile: '' },
        flags: ['--vcenter-objects-only', ...flags],
        environment: { ...none, POD_NAMESPACE: this.namespace, ...environment },
      },
      forever,
    );
    this.#started.push(operator);
    await operator.ready(READY_MS, forever);
    return operator;
  }

  /** Resolves when each VCenter is Ready. */
  async untilConnected(): Promise<void> {
    interface Condition {
      readonly type: string;
      readonly status: string;
    }
    await this.until('each VCenter is Ready', async () => {
      const list = await this.request<{ items: { status?: { conditions?: readonly Condition[] } }[] }>(
        'GET',
        `${API}/vcenters`,
      );
      return list.items.every(({ status }) =>
        status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
      );
    });
  }

  async addGroup(site: string, name: string, replicas: number): Promise<void> {
    await this.request('POST', `${API}/namespaces/${site}/vmgroups`, {
      apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
      kind: 'VmGroup',
      metadata: { name },
      spec: { cpu: 1, memory: 1, replicas, template: 'vm-operator-template' },
    });
  }

  async scale(site: string, name: string, replicas: number): Promise<void> {
    await this.request('PATCH', `${API}/namespaces/${site}/vmgroups/${name}`, { spec: { replicas } });
  }

  /** A request as the administrator. Rejects unless the answer is a success. */
  async request<T = unknown>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T> {
    const answer = await adminRequest(this.server, method, path, body, forever);
    if (answer.status >= 300) throw new Error(`${method} ${path}: HTTP ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body);
  }

  async until(what: string, holds: () => Promise<boolean>, withinMs = READY_MS): Promise<void> {
    const endMs = systemClock.monotonicMs() + withinMs;
    while (!(await holds())) {
      if (systemClock.monotonicMs() > endMs) throw new Error(`not within ${withinMs / 1000} s: ${what}`);
      await sleep(systemClock, LOOK_MS, forever);
    }
  }

  /** Ends the operators, then the simulators, then the API server. */
  async stop(): Promise<void> {
    for (const part of this.#started.toReversed()) await part.stop();
    await this.server.stop();
  }
}
