/** One VCenter object between the real controller and a vCenter that is read. Nothing is sent anywhere. */
import type { VCenter, VCenterStatus } from '../../src/api/vcenter';
import type { VmGroup } from '../../src/api/vm-group';
import { connectVCenterObject } from '../../src/operator/manager/vcenter-object';
import { Logger } from '../../src/operator/telemetry/logger';
import { seededRandom } from '../../src/time/random';
import { connectionSettingsOf } from '../../src/vcenter/connection-settings';
import { VCenterReconciler } from '../../src/vcenter/reconciler';
import { registrationOf } from '../../src/vcenter/registry';
import { type Choice, chooseVCenter } from '../../src/vcenter/selection';
import { DEFAULT_TENANT_POLICY } from '../../src/vmgroup/model/tenant-policy';
import { RefusedLogins, staticCredentials, TransportKind } from '../../src/vsphere';
import type { Inventory, VCenterConnection } from '../../src/vsphere/port';
import { CLUSTER_ID, VCENTER_UUID } from '../support/builders/observation';
import { VirtualClock } from '../support/time/virtual-clock';

const forever = new AbortController().signal;
const CREDENTIALS = { userName: 'operator', password: 'p' };
const USED = { vms: 1, cpu: 1, memoryMiB: 1024 };
const ABOUT = { fullName: 'vCenter', version: '8', apiVersion: '8', instanceUuid: VCENTER_UUID };

export class ServedVCenterWorld {
  wasConnected = false;
  readonly #clock = new VirtualClock();
  readonly #reconciler: VCenterReconciler;
  #vcenter: VCenter;

  constructor(vcenter: VCenter, inventory: Inventory) {
    this.#vcenter = vcenter;
    const connection = { status: { kind: 'Ready', about: ABOUT }, inventory, checkCredentials: () => {} };
    this.#reconciler = new VCenterReconciler({
      ...{ clusterId: CLUSTER_ID, world: this.#world, clock: this.#clock },
      shards: {
        leadsBase: true,
        leaveImplicit: () => true,
        useImplicit: () => true,
        end: async () => true,
        serve: async (served, isUsable) => {
          if (isUsable) this.#connect(served);
          const usage = { total: USED, namespaces: new Map([['shop', USED]]) };
          const seen = isUsable ? (connection as unknown as VCenterConnection) : undefined;
          return { leads: true, identity: 'pod-1', connection: seen, usage, privileges: undefined };
        },
      },
      api: {
        replaceStatus: async (_, status) => {
          this.#vcenter = { ...this.#vcenter, status };
        },
        replaceFinalizers: async ({ metadata }, finalizers) => {
          this.#vcenter = { ...this.#vcenter, metadata: { ...metadata, finalizers } };
        },
      },
      readAccount: async () => ({ kind: 'Found', credentials: CREDENTIALS }),
      groupsOn: () => [],
      groupsKnown: () => true,
      watchNamespaces: ['default'],
      namespaceLabels: () => [{ site: 'east' }],
      events: { record: () => {} },
    });
  }

  get status(): VCenterStatus | undefined {
    return this.#vcenter.status;
  }

  async reconcile(): Promise<void> {
    await this.#reconciler.reconcile(this.#vcenter.metadata.name, forever);
  }

  choose(group: VmGroup): Choice | undefined {
    return chooseVCenter(group, this.#world);
  }

  get #world() {
    const get = (name: string) => (name === this.#vcenter.metadata.name ? this.#vcenter : undefined);
    const labelsOf = () => ({ site: 'east', team: 'a' });
    return {
      vcenters: { get, list: () => [this.#vcenter], size: 1 },
      ...{ hasImplicit: true, labelsOf },
    };
  }

  /** Makes the connection, which sends nothing before it runs. */
  #connect(vcenter: VCenter): void {
    this.wasConnected = true;
    connectionSettingsOf(vcenter);
    registrationOf(vcenter, DEFAULT_TENANT_POLICY);
    const clock = this.#clock;
    connectVCenterObject(vcenter, staticCredentials(CREDENTIALS), {
      flags: { vsphereTransport: TransportKind.Https, maxConcurrentTasks: 16 },
      ...{ environment: {}, clock, random: seededRandom(1) },
      refusedLogins: new RefusedLogins(clock, seededRandom(1)),
      logger: new Logger({ level: 'error', format: 'text', clock, write: () => {} }),
    });
  }
}
