/** One process that reconciles the VCenter east, without its shards and its API server. */
import { VCENTER_FINALIZER, type VCenter, type VCenterStatus } from '../../../src/api/vcenter';
import type { VmGroup } from '../../../src/api/vm-group';
import { VCenterReconciler } from '../../../src/vcenter/reconciler';
import type { Account } from '../../../src/vcenter/secret-account';
import type { VCenterUsage } from '../../../src/vcenter/shards';
import type { VCenterConnection } from '../../../src/vsphere/port';
import { VirtualClock } from '../time/virtual-clock';
import { anInventory } from './inventory';
import { CLUSTER_ID } from './observation';
import { aVCenter } from './vcenter-object';

/** A finalizer of somebody else. */
export const OTHERS = 'example.com/other';
export const DELETED = { deletionTimestamp: '2026-01-02T00:00:00Z' };
export const ADMITTED = { finalizers: [OTHERS, VCENTER_FINALIZER] };
export const account = (password: string): Account => ({
  kind: 'Found',
  credentials: { userName: 'operator', password },
});

const never = new AbortController().signal;
const about = { fullName: 'vCenter', version: '8.0.3', apiVersion: '8.0.3.0', instanceUuid: 'east' };

export class VCenterProcess {
  /** What it asked of its shards and of the API server, in order. */
  readonly story: string[] = [];
  /** How often the account was to be looked at. */
  checks = 0;
  readonly vcenters = new Map<string, VCenter>();
  readonly statuses: VCenterStatus[] = [];
  groups: readonly VmGroup[] = [];
  groupsKnown = true;
  secret = account('one');
  readonly leads = { base: true, vcenter: true };
  connection: Pick<VCenterConnection, 'status' | 'inventory' | 'checkCredentials'> | undefined = {
    status: { kind: 'Ready', about },
    inventory: anInventory('Datacenter:dc1'),
    checkCredentials: () => {
      this.checks += 1;
    },
  };
  /** Whether a connection has not come to its end, of (env) or of the VCenter. */
  readonly isEnding = { base: false, vcenter: false };
  usage: VCenterUsage | undefined = { total: { vms: 0, cpu: 0, memoryMiB: 0 }, namespaces: new Map() };
  /** Empty: all. */
  readonly watchNamespaces: string[] = [];
  /** Of each write to the API server. */
  refusal: Error | undefined;
  readonly #gates = new Map<string, Promise<void>>();
  readonly #reconciler = this.#newReconciler();

  put(metadata: object = ADMITTED, rest: Partial<VCenter> = {}): VCenter {
    const vcenter = aVCenter({}, rest);
    const stored = { ...vcenter, metadata: { ...vcenter.metadata, ...metadata } };
    this.vcenters.set('east', stored);
    return stored;
  }

  reconcile() {
    return this.#reconciler.reconcile('east', never);
  }

  /** Holds a step up. The returned function lets it go. */
  hold(what: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gates.set(what, promise);
    return resolve;
  }

  async #tell(what: string): Promise<void> {
    this.story.push(what);
    await this.#gates.get(what);
  }

  #newReconciler(): VCenterReconciler {
    const { leads, vcenters } = this;
    const write = async (what: string, change: (vcenter: VCenter) => VCenter, vcenter: VCenter) => {
      await this.#tell(what);
      if (this.refusal !== undefined) throw this.refusal;
      vcenters.set('east', change(vcenter));
    };
    return new VCenterReconciler({
      clusterId: CLUSTER_ID,
      world: {
        vcenters: {
          get: (name) => vcenters.get(name),
          list: () => vcenters.values(),
          get size() {
            return vcenters.size;
          },
        },
        hasImplicit: true,
        labelsOf: () => ({}),
      },
      namespaceLabels: () => [{}],
      shards: {
        get leadsBase() {
          return leads.base;
        },
        leaveImplicit: () => {
          this.story.push('leave (env)');
          return !this.isEnding.base;
        },
        useImplicit: () => {
          this.story.push('use (env)');
          return !this.isEnding.base;
        },
        serve: async (_vcenter, isUsable) => {
          await this.#tell(isUsable ? 'serve' : 'serve without a connection');
          if (this.isEnding.vcenter) return undefined;
          const held = { identity: 'pod-1', usage: this.usage, privileges: undefined };
          return { leads: leads.vcenter, connection: this.connection as VCenterConnection, ...held };
        },
        end: async () => {
          await this.#tell('end');
          return !this.isEnding.vcenter;
        },
      },
      api: {
        replaceFinalizers: (vcenter, finalizers) =>
          write(
            `finalizers ${finalizers.join(' ')}`,
            (it) => ({ ...it, metadata: { ...it.metadata, finalizers: [...finalizers] } }),
            vcenter,
          ),
        replaceStatus: (vcenter, status) => {
          this.statuses.push(status);
          return write('status', (it) => ({ ...it, status }), vcenter);
        },
      },
      readAccount: async () => this.secret,
      groupsOn: () => this.groups,
      groupsKnown: () => this.groupsKnown,
      watchNamespaces: this.watchNamespaces,
      ...{ clock: new VirtualClock(), events: { record: () => {} } },
    });
  }
}
