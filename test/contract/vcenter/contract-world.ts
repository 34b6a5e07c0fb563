/** What the contract needs of a vCenter: vcsim or the model. */
import type {
  CloneRequest,
  ConnectionStatus,
  InventoryChange,
  ManagedObjectReference,
  VCenterConnection,
  Work,
  WorkOutcome,
} from '../../../src/vsphere';

export const WATCHED = ['codeconnect.uid', 'codeconnect.group'];

export interface ContractWorld {
  connect(): Promise<ContractConnection>;
  readonly hand: ContractHand;
  /** User name that tasks have. vCenter: that of the session. vcsim: the same word for every account. */
  readonly taskUserName: string;
  /** Loses the next call of this method: its request, or its reply after it was done. */
  loseNext(method: 'CreateFolder' | 'CloneVM_Task' | 'FindAllByUuid', what: 'Request' | 'Reply'): void;
  /** Number of sessions, without that of the administrator behind `hand`. */
  sessionCount(): Promise<number>;
  /** Waits for an answer. A model must advance its clock meanwhile. */
  answered<T>(answer: Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

/** Changes by another person at the same vCenter. Each promise resolves when the change is done. */
export interface ContractHand {
  rename(machine: ManagedObjectReference, name: string): Promise<void>;
  powerOff(machine: ManagedObjectReference): Promise<void>;
  destroy(machine: ManagedObjectReference): Promise<void>;
  clone(source: ManagedObjectReference, folder: ManagedObjectReference, name: string): Promise<void>;
  /** Sets what VMware Tools report of a running guest. */
  setGuest(machine: ManagedObjectReference, guest: GuestNews): Promise<void>;
  /** Network adapters, in any order: vcsim gives an added adapter a lower key than the existing ones. */
  adaptersOf(machine: ManagedObjectReference): Promise<readonly SeenAdapter[]>;
  /** Defines a custom attribute of machines. */
  defineAttribute(name: string): Promise<void>;
  /** Ends all other sessions. */
  endSessions(): Promise<void>;
}

export interface GuestNews {
  readonly toolsRunning: boolean;
  readonly ipAddress: string;
}

export interface SeenAdapter {
  /** vim25 type, such as VirtualE1000. */
  readonly kind: string;
  /** moId of its network. */
  readonly network: string;
}

export interface ContractConnection {
  readonly connection: VCenterConnection;
  readonly changes: InventoryChange[];
  readonly statuses: ConnectionStatus[];
  until(what: string, condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Sends one piece of work through the dispatcher; resolves with its end. */
export function work(
  { connection }: ContractConnection,
  key: string,
  lane: Work['lane'],
  send: Work['send'],
): Promise<WorkOutcome> {
  const nothing = () => undefined;
  return new Promise((resolve) => {
    const item: Work = { key, lane, mayStart: () => true, onSent: nothing, onTask: nothing, onEnd: resolve, send };
    connection.dispatcher.replaceWaiting(`owner of ${key}`, [item]);
  });
}

export interface Landmarks {
  readonly template: ManagedObjectReference;
  readonly folder: ManagedObjectReference;
  readonly cluster: ManagedObjectReference;
  readonly resourcePool: ManagedObjectReference;
  readonly network: ManagedObjectReference;
  readonly portgroup: ManagedObjectReference;
}

export function landmarksOf({ inventory }: VCenterConnection): Landmarks {
  const found = <T extends { readonly ref: ManagedObjectReference }>(
    lookup: { readonly kind: 'Found'; readonly object: T } | { readonly kind: 'NotFound' | 'Ambiguous' },
  ) => {
    if (lookup.kind !== 'Found') throw new Error(`the inventory is not as expected: ${lookup.kind}`);
    return lookup.object.ref;
  };
  const datacenter = found(inventory.findEntity(['Datacenter'], 'vcqaDC'));
  return {
    template: found(inventory.findVirtualMachine('vm-operator-template', datacenter)),
    folder: found(inventory.findEntity(['Folder'], '/vcqaDC/vm/vm-operator')),
    cluster: found(
      inventory.findEntity(
        ['ClusterComputeResource'],
        inventory.entitiesOfType(['ClusterComputeResource'])[0]?.name ?? '',
      ),
    ),
    resourcePool: found(inventory.findEntity(['ResourcePool'], 'Resources')),
    network: found(inventory.findEntity(['Network', 'OpaqueNetwork'], '/vcqaDC/network/VM Network')),
    portgroup: found(inventory.findEntity(['DistributedVirtualPortgroup'], 'DC0_DVPG0')),
  };
}

export function cloneRequest(
  { template, folder, resourcePool }: Pick<Landmarks, 'template' | 'folder' | 'resourcePool'>,
  name: string,
  rest: Partial<CloneRequest> = {},
): CloneRequest {
  return {
    template,
    folder,
    resourcePool,
    name,
    numCpu: 2,
    memoryMiB: 512,
    instanceUuid: uuidOf(name),
    annotation: 'managed by VmGroup ns/group',
    extraConfig: { 'codeconnect.uid': `U-${name}` },
    ...rest,
  };
}

/** A UUID per name, always the same one. */
export function uuidOf(name: string): string {
  return `00000000-0000-5000-8000-${Buffer.from(name).toString('hex').slice(-12).padStart(12, '0')}`;
}
