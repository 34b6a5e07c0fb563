/** Processes of the operator, each a real manager, between models of both servers under one virtual clock. */
import { MARK_KEYS } from '../../../src/api/ownership';
import { VCENTER_RESOURCE, type VCenter, type VCenterSpec } from '../../../src/api/vcenter';
import { API_GROUP, VM_GROUP_RESOURCE, type VmGroup } from '../../../src/api/vm-group';
import { type ApiServer, type KubernetesObject, LEASE_TIMINGS, ResourceClient } from '../../../src/kubernetes';
import { Manager } from '../../../src/operator/manager/manager';
import { Logger } from '../../../src/operator/telemetry/logger';
import type { Clock } from '../../../src/time/clock';
import { seededRandom } from '../../../src/time/random';
import { IMPLICIT_VCENTER } from '../../../src/vcenter/selection';
import { type Measures, NOT_MEASURED } from '../../../src/vmgroup/model/measures';
import { DEFAULT_TENANT_POLICY, type TenantPolicy } from '../../../src/vmgroup/model/tenant-policy';
import { type Credentials, type Log, RefusedLogins } from '../../../src/vsphere';
import { KubernetesModel } from '../../fakes/kubernetes/kubernetes-model';
import { MODEL_ACCOUNT, type ModelMachine, VCenterModel } from '../../fakes/vcenter';
import { ApiConnection } from '../../simulation/api-connection';
import { NO_API_FAULTS } from '../../simulation/api-network';
import { ProcessClock } from '../../simulation/process-clock';
import { VirtualClock } from '../time/virtual-clock';
import { aVCenter } from './vcenter-object';

const SECRETS = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' };
const forever = new AbortController().signal;
/** As the API server fills it in. */
const SPEC = {
  ...{ replicas: 1, cpu: 1, memory: 1, template: 'vm-operator-template' },
  ...{ powerState: 'PoweredOn', deletionPolicy: 'Delete', paused: false },
  ...{ minReadySeconds: 0, progressDeadlineSeconds: 1800 },
};

export class ManagedWorld {
  readonly clock = new VirtualClock();
  readonly model = new KubernetesModel(this.clock);
  readonly vcenter = new VCenterModel({ clock: this.clock, random: seededRandom(1), machines: 2 });
  /** Those that VCenter objects name, by host. */
  readonly vcenters = new Map<string, VCenterModel>();
  /** What the processes that are started from now on let namespaces do. */
  tenants: TenantPolicy = DEFAULT_TENANT_POLICY;
  /** What the processes that are started from now on measure. */
  measures: Measures = NOT_MEASURED;
  readonly users = new ResourceClient<VmGroup>(this.model.direct, VM_GROUP_RESOURCE);
  readonly administrators = new ResourceClient<VCenter>(this.model.direct, VCENTER_RESOURCE);
  readonly #stops: AbortController[] = [];

  /** With a group of one machine for each name. */
  static async with(...names: readonly string[]): Promise<ManagedWorld> {
    const world = new ManagedWorld();
    await world.addNamespace('kube-system');
    const name = `${VM_GROUP_RESOURCE.plural}.${API_GROUP}`;
    await world.#create('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { name });
    for (const name of names) await world.create(name);
    return world;
  }

  /** In a namespace without labels, unless that was added before. */
  async create(name: string, namespace = 'default', spec: object = {}): Promise<VmGroup> {
    const known = this.model.objects.list('/api/v1/namespaces', undefined);
    if (!known.some(({ metadata }) => metadata.name === namespace)) await this.addNamespace(namespace);
    return this.users.create(namespace, { metadata: { name }, spec: { ...SPEC, ...spec } }, forever);
  }

  change(name: string, spec: object): Promise<VmGroup> {
    return this.users.mergePatch('default', name, { spec }, forever);
  }

  group(name: string, namespace = 'default'): Promise<VmGroup> {
    return this.users.get(namespace, name, forever);
  }

  vcenterObject(name: string): Promise<VCenter> {
    return this.administrators.get('', name, forever);
  }

  /** Where a group stands: its phase, its vCenter, and why that is not ready. */
  async stateOf(name: string, namespace = 'default'): Promise<string> {
    const { status } = await this.group(name, namespace);
    const ready = status?.conditions?.find(({ type }) => type === 'VCenterReady');
    return `${status?.phase} on ${status?.vcenter?.name}: ${ready?.reason}`;
  }

  machinesOf(name: string, namespace = 'default', vcenter = this.vcenter): readonly ModelMachine[] {
    return vcenter.machines.filter(
      (machine) => machine.extraConfig.get('codeconnect.group') === `${namespace}/${name}`,
    );
  }

  /** Machines of all groups, or of those of one namespace. */
  groupMachines(namespace = ''): readonly ModelMachine[] {
    return this.vcenter.machines.filter((machine) =>
      machine.extraConfig.get('codeconnect.group')?.startsWith(namespace),
    );
  }

  /** Reasons and notes of the events that were written about the groups. */
  async events(): Promise<readonly { readonly reason: string; readonly note: string }[]> {
    const type = { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events' };
    const client = new ResourceClient<KubernetesObject & { reason: string; note: string }>(this.model.direct, type);
    return (await client.list({ namespace: 'default' }, forever)).items;
  }

  /** A vCenter with a VCenter object and the Secret of its account. The host is the name, unless another is given. */
  async addVCenter(name: string, spec: Partial<VCenterSpec> = {}): Promise<VCenterModel> {
    const { host } = spec.endpoint ?? { host: name };
    const held = this.vcenters.get(host);
    const model =
      held ?? new VCenterModel({ clock: this.clock, random: seededRandom(2), machines: 2, instanceUuid: host });
    this.vcenters.set(host, model);
    await this.addAccount(`${name}-account`);
    const { metadata: _, ...object } = aVCenter({
      ...{ endpoint: { host, port: 443 }, namespaceSelector: {} },
      ...{ credentials: { secretRef: { name: `${name}-account` }, method: 'Password' }, ...spec },
    });
    await this.#create(object.apiVersion ?? '', 'VCenter', { name }, object);
    return model;
  }

  /** A Secret with the account of every vCenter of this world. */
  addAccount(name: string): Promise<KubernetesObject> {
    const { userName, password } = MODEL_ACCOUNT;
    const data = { username: btoa(userName), password: btoa(password) };
    return this.#create('v1', 'Secret', { name, namespace: 'operator' }, { data });
  }

  /** Writes the account of every vCenter of this world into a Secret again, or another one. */
  changeAccount(name: string, { userName, password } = MODEL_ACCOUNT as Credentials): Promise<KubernetesObject> {
    const client = new ResourceClient<KubernetesObject>(this.model.direct, SECRETS);
    const data = { username: btoa(userName), password: btoa(password) };
    return client.mergePatch('operator', name, { data }, forever);
  }

  addNamespace(name: string, labels: Readonly<Record<string, string>> = {}): Promise<KubernetesObject> {
    return this.#create('v1', 'Namespace', { name, labels });
  }

  label(namespace: string, labels: Readonly<Record<string, string>>): Promise<KubernetesObject> {
    const type = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' };
    const client = new ResourceClient<KubernetesObject>(this.model.direct, type);
    return client.mergePatch('', namespace, { metadata: { labels } }, forever);
  }

  /** A process that leads if the lease is free, and waits for it otherwise. */
  start(name: string, watchNamespaces: readonly string[] = [], server: ApiServer = this.model) {
    return this.#start(name, this.clock, server, watchNamespaces);
  }

  /**
   * A process with its own clock and network: it can be killed, stopped for a while, and slow to hear of changes. A call
   * to the API server takes a millisecond each way.
   */
  startProcess(name: string) {
    const clock = new ProcessClock(this.clock);
    const network = { latencyMs: { from: 1, to: 1 }, watchDelayMs: { from: 1, to: 1 }, faults: NO_API_FAULTS };
    const server = new ApiConnection({
      ...{ model: this.model, apiNetwork: network, world: this.clock, clock, random: seededRandom(name.length) },
      watch: {
        leaves: () => !clock.isDead,
        arrives: () => {},
        served: () => {},
        answered: () => {},
        eventComes: () => !clock.isDead,
        onFault: () => {},
      },
    });
    return {
      ...this.#start(name, clock, server, []),
      /** kill -9. */
      kill: () => {
        clock.kill();
        server.close();
      },
      /** SIGSTOP. */
      pause: () => clock.stop(),
      /** SIGCONT. */
      resume: () => clock.continue(seededRandom(1)),
      /** How long events of watches are on their way to it from now on. */
      hearAfter: (ms: number) => {
        network.watchDelayMs = { from: ms, to: ms };
      },
    };
  }

  #start(name: string, clock: Clock, server: ApiServer, watchNamespaces: readonly string[]) {
    const logger = new Logger({ level: 'error', format: 'text', clock, write: () => {} });
    const reconciled: string[] = [];
    const refusedLogins = new RefusedLogins(clock, seededRandom(name.length));
    const manager = new Manager({
      flags: {
        ...{ watchNamespaces, leaderElect: true, leaseTimings: LEASE_TIMINGS },
        tenants: this.tenants,
      },
      server,
      connectImplicit: () => ({
        name: IMPLICIT_VCENTER,
        defaultFolder: 'vm-operator',
        tenants: this.tenants,
        connection: this.vcenter.connect({ ...this.#connectOptions(logger, clock), refusedLogins }),
      }),
      connectObject: ({ spec }, credentials) => {
        const { host, port = 443 } = spec.endpoint;
        const model = this.vcenters.get(host);
        if (model === undefined) throw new Error(`there is no vCenter ${host}`);
        const server = { host, port };
        return model.connect({ ...this.#connectOptions(logger, clock), server, credentials, refusedLogins });
      },
      namespace: 'operator',
      instance: name,
      measures: this.measures,
      clock,
      random: seededRandom(name.length),
      logger,
      onReconciled: ({ key }) => reconciled.push(key),
    });
    const stop = new AbortController();
    this.#stops.push(stop);
    const ended: { error?: unknown } = {};
    manager.run(stop.signal).catch((error: unknown) => {
      ended.error = error;
    });
    const isLeader = () => [...manager.shards].some(({ leadership }) => leadership.isLeader);
    const leads = () => [...manager.shards].filter((shard) => shard.leads).map((shard) => shard.name);
    return { manager, isLeader, leads, reconciled, ended, stop: () => stop.abort(new Error('stopped by the test')) };
  }

  #create(
    apiVersion: string,
    kind: string,
    metadata: { readonly name: string; readonly namespace?: string; readonly labels?: object },
    rest: object = {},
  ): Promise<KubernetesObject> {
    const client = new ResourceClient<KubernetesObject>(this.model.direct, {
      apiVersion,
      kind,
      plural: `${kind.toLowerCase()}s`,
    });
    return client.create(metadata.namespace ?? '', { metadata, ...rest }, forever);
  }

  #connectOptions(log: Log, clock: Clock) {
    return {
      ...{ clock, watchedExtraConfigKeys: MARK_KEYS, maxConcurrentTasks: 16, log },
      watch: { leaves: () => true, arrives: () => {}, served: () => {}, answered: () => {} },
    };
  }

  /** Stops all processes. */
  async end(): Promise<void> {
    for (const stop of this.#stops) stop.abort(new Error('the test is over'));
    await this.clock.advance(60_000);
  }
}
