import type { VmGroup } from '../../../src/api/vm-group';
import type { OperationEnd } from '../../../src/vmgroup/model/measures';
import type { GroupEvent } from '../../../src/vmgroup/model/port';
import { DEFAULT_TENANT_POLICY, type TenantPolicy } from '../../../src/vmgroup/model/tenant-policy';
import { AffectedGroups } from '../../../src/vmgroup/observe/affected-groups';
import { MachineUsage } from '../../../src/vmgroup/observe/machine-usage';
import { VCenterQuota } from '../../../src/vmgroup/observe/vcenter-quota';
import { VmGroupReconciler } from '../../../src/vmgroup/reconciler';
import { classifyFailure } from '../../../src/vsphere/fault/classify';
import { InventoryStore } from '../../../src/vsphere/inventory/inventory';
import type {
  InventoryChange,
  ManagedObjectReference,
  VCenterConnection,
  VimClient,
  WorkOutcome,
} from '../../../src/vsphere/port';
import type { Property } from '../../../src/vsphere/property/property-value';
import { silentLog } from '../../../src/vsphere/session/log';
import { WorkDispatcher } from '../../../src/vsphere/task/dispatcher';
import { VirtualClock } from '../time/virtual-clock';
import { callsOf } from './calls';
import { CLUSTER_ID, VCENTER_UUID } from './observation';

export interface LogLine {
  readonly level: 'info' | 'warn';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The reconciler with the real dispatcher, between a store of groups and a vCenter that a test fills and answers for. */
export class ReconciledWorld {
  readonly clock = new VirtualClock();
  readonly lines: LogLine[] = [];
  /** What was measured of operations in vCenter. */
  readonly operations: OperationEnd[] = [];
  /** Whether the process leads. */
  leads = true;
  /** What the group's vCenter allows now. */
  tenants: TenantPolicy = DEFAULT_TENANT_POLICY;
  /** Whether a vCenter selects the group. */
  isSelected = true;
  /** Whether clones of an earlier process may still run. */
  isUncertain = false;
  readonly usage: MachineUsage;
  /** What groups want to be watched in guestinfo, by holder. */
  readonly watched = new Map<string, { readonly machines: readonly string[]; readonly keys: readonly string[] }>();
  #onChange: (change: InventoryChange) => void = () => undefined;
  /** Keys that were put into the queue. */
  readonly requeued: string[] = [];
  readonly events: GroupEvent[] = [];
  readonly reconciler: VmGroupReconciler;
  readonly affectedGroups: AffectedGroups;
  #asked = false;
  readonly #groups = new Map<string, VmGroup>();
  readonly #tasks = new Map<string, (outcome: WorkOutcome) => void>();

  constructor(
    calls: Partial<VimClient>,
    readonly inventory = new InventoryStore(),
  ) {
    const dispatcher = new WorkDispatcher({
      maxConcurrentTasks: 8,
      mayStart: () => true,
      followTask: (task, { onEnd }) => this.#tasks.set(task.value, onEnd),
      clock: this.clock,
      log: silentLog,
    });
    const about = { fullName: 'vCenter', version: '8.0.3', apiVersion: '8.0.3.0', instanceUuid: VCENTER_UUID };
    const connection: VCenterConnection = {
      status: { kind: 'Ready', about },
      inventory: this.inventory,
      calls: callsOf(calls),
      dispatcher,
      userName: 'operator',
      streamAnsweredAtMs: undefined,
      certificate: undefined,
      onStatus: () => () => undefined,
      onInventoryChange: (listener) => {
        this.#onChange = listener;
        return () => undefined;
      },
      checkCredentials: () => {},
      readAgain: () => 3_600_000,
      guestInfo: {
        want: (holder, machines, keys) => {
          this.watched.set(holder, { machines: machines.map(({ value }) => value), keys });
        },
      },
      run: async () => undefined,
    };
    this.usage = new MachineUsage(connection, CLUSTER_ID);
    const wake = (key: string) => this.requeued.push(key);
    const quota = new VCenterQuota({
      ...{ usage: this.usage, limits: () => this.tenants.limits, wake },
      ...{ clock: this.clock, signal: new AbortController().signal },
    });
    const groups = {
      get: (key: string) => this.#groups.get(key),
      list: () => this.#groups.values(),
      byTemplate: () => [],
      byFolder: () => [],
      byFolderName: () => [],
      isFolderOfAnother: () => false,
      hasUid: (uid: string) => [...this.#groups.values()].some(({ metadata }) => metadata.uid === uid),
    };
    this.affectedGroups = new AffectedGroups(groups);
    const log = (level: 'info' | 'warn') => (message: string, fields: Readonly<Record<string, unknown>>) => {
      this.lines.push({ level, message, fields });
    };
    this.reconciler = new VmGroupReconciler({
      cluster: {
        id: CLUSTER_ID,
        groups,
        writer: {
          replaceStatus: async (group, status) => this.put({ ...group, status }),
          replaceFinalizers: async (group, finalizers) =>
            this.put({ ...group, metadata: { ...group.metadata, finalizers: [...finalizers] } }),
        },
        events: { record: (_group, event) => this.events.push(event), flush: () => undefined },
        readCrdDeletion: async () => ({ kind: 'None' }),
        readSecret: async () => ({ kind: 'NotFound' }),
        readSpec: async ({ spec }) => spec,
      },
      vcenters: {
        select: () =>
          this.isSelected
            ? {
                kind: 'Selected',
                vcenter: { name: '(env)', defaultFolder: 'vm-operator', tenants: this.tenants, quota, connection },
              }
            : { kind: 'None', reason: 'NotAllowed', message: 'the namespace is not selected' },
        classify: classifyFailure,
        unclaimedClones: () => ({
          blocks: () => false,
          mayAdd: () => this.isUncertain,
          claim: () => undefined,
          isClaimed: () => true,
          release: () => undefined,
        }),
        dropWork: () => undefined,
      },
      queue: {
        add: (key) => {
          this.requeued.push(key);
          this.#asked = true;
        },
        addAfter: (key) => this.requeued.push(key),
        addNews: (key) => this.requeued.push(key),
      },
      affectedGroups: this.affectedGroups,
      log: { info: log('info'), warn: log('warn') },
      measures: { operationEnded: (end) => this.operations.push(end), driftRepaired: () => {} },
      mayMutate: () => this.leads,
      clock: this.clock,
      random: () => 0.5,
    });
  }

  /** A change in vCenter, as the stream tells it. */
  change(ref: ManagedObjectReference, properties: readonly Property[] | undefined): void {
    const change = properties === undefined ? this.inventory.remove(ref) : this.inventory.apply(ref, properties);
    if (change !== undefined) this.#onChange(change);
  }

  put(group: VmGroup): VmGroup {
    this.#groups.set(`${group.metadata.namespace}/${group.metadata.name}`, group);
    return group;
  }

  forget(key: string): void {
    this.#groups.delete(key);
  }

  group(key: string): VmGroup | undefined {
    return this.#groups.get(key);
  }

  /** Until no reconcile asks for the next one at once. */
  async reconcile(key: string): Promise<void> {
    do {
      this.#asked = false;
      await this.reconciler.reconcile(key, new AbortController().signal);
    } while (this.#asked);
    // The dispatcher sends in a turn of its own.
    await this.clock.advance(0);
  }

  async endTask(task: string, outcome: WorkOutcome): Promise<void> {
    this.#tasks.get(task)?.(outcome);
    await this.clock.advance(0);
  }

  linesOf(operation: string): readonly LogLine[] {
    return this.lines.filter(({ fields }) => fields.operation === operation);
  }
}
