/** Processes of the operator, each a real manager, between models of both servers under one virtual clock. */
import { MARK_KEYS } from '../../../src/api/ownership';
import { API_GROUP, VM_GROUP_RESOURCE, type VmGroup } from '../../../src/api/vm-group';
import { type KubernetesObject, LEASE_TIMINGS, ResourceClient } from '../../../src/kubernetes';
import { Manager } from '../../../src/operator/manager/manager';
import { Logger } from '../../../src/operator/telemetry/logger';
import { seededRandom } from '../../../src/time/random';
import { IMPLICIT_VCENTER } from '../../../src/vcenter/registry';
import { DEFAULT_TENANT_POLICY, type TenantPolicy } from '../../../src/vmgroup/model/tenant-policy';
import { KubernetesModel } from '../../fakes/kubernetes/kubernetes-model';
import { type ModelMachine, VCenterModel } from '../../fakes/vcenter';
import { VirtualClock } from '../time/virtual-clock';

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
  /** What the processes that are started from now on let namespaces do. */
  tenants: TenantPolicy = DEFAULT_TENANT_POLICY;
  readonly users = new ResourceClient<VmGroup>(this.model.direct, VM_GROUP_RESOURCE);
  readonly #stops: AbortController[] = [];

  /** With a group of one machine for each name. */
  static async with(...names: readonly string[]): Promise<ManagedWorld> {
    const world = new ManagedWorld();
    const add = (apiVersion: string, kind: string, name: string) =>
      new ResourceClient(world.model.direct, { apiVersion, kind, plural: `${kind.toLowerCase()}s` }).create(
        '',
        { metadata: { name } },
        forever,
      );
    await add('v1', 'Namespace', 'kube-system');
    await add('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${VM_GROUP_RESOURCE.plural}.${API_GROUP}`);
    for (const name of names) await world.create(name);
    return world;
  }

  create(name: string, namespace = 'default', spec: object = {}): Promise<VmGroup> {
    return this.users.create(namespace, { metadata: { name }, spec: { ...SPEC, ...spec } }, forever);
  }

  change(name: string, spec: object): Promise<VmGroup> {
    return this.users.mergePatch('default', name, { spec }, forever);
  }

  group(name: string): Promise<VmGroup> {
    return this.users.get('default', name, forever);
  }

  machinesOf(name: string, namespace = 'default'): readonly ModelMachine[] {
    return this.vcenter.machines.filter(
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

  /** A process that leads if the lease is free, and waits for it otherwise. */
  start(name: string) {
    const logger = new Logger({ level: 'error', format: 'text', clock: this.clock, write: () => {} });
    const reconciled: string[] = [];
    const manager = new Manager({
      flags: { watchNamespaces: [], leaderElect: true, leaseTimings: LEASE_TIMINGS },
      server: this.model,
      vcenter: {
        name: IMPLICIT_VCENTER,
        defaultFolder: 'vm-operator',
        tenants: this.tenants,
        connection: this.vcenter.connect({
          clock: this.clock,
          watchedExtraConfigKeys: MARK_KEYS,
          maxConcurrentTasks: 16,
          log: logger,
          watch: { leaves: () => true, arrives: () => {}, served: () => {}, answered: () => {} },
        }),
      },
      namespace: 'operator',
      instance: name,
      clock: this.clock,
      random: seededRandom(name.length),
      logger,
      onReconciled: ({ key }) => reconciled.push(key),
    });
    const stop = new AbortController();
    this.#stops.push(stop);
    void manager.run(stop.signal);
    return { manager, reconciled, stop: () => stop.abort(new Error('stopped by the test')) };
  }

  /** Stops all processes. */
  async end(): Promise<void> {
    for (const stop of this.#stops) stop.abort(new Error('the test is over'));
    await this.clock.advance(60_000);
  }
}
