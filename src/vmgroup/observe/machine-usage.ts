import type { Slot } from '../../api/identity';
import { Mark, readOwnership } from '../../api/ownership';
import type { GroupKey } from '../../api/vm-group';
import { type ManagedObjectReference, refKey, type VCenterConnection, type VirtualMachine } from '../../vsphere/port';
import { type Amount, amountOf, minus, NOTHING_USED, plus } from '../model/limits';

/** A machine with our marks. */
export interface CountedMachine {
  readonly ref: ManagedObjectReference;
  readonly group: GroupKey;
  readonly groupUid: string;
  readonly slot: Slot;
  /** Of its group, as the mark says. */
  readonly namespace: string;
  readonly amount: Amount;
}

/**
 * `before` is absent for a machine that is new or got our marks, `after` for one that is gone or lost them. Likewise for one
 * that another VCenter has counted, or counts now.
 */
export interface UsageChange {
  readonly before?: CountedMachine;
  readonly after?: CountedMachine;
}

/** Where several VCenters name one vCenter: which machines another of them counts. */
export interface CountedElsewhere {
  /** Whether the machines of the group with this uid surely count for another VCenter. */
  holds(groupUid: string): boolean;
  /**
   * Calls `listener` when that may have changed for a group, or for all (undefined). Returns the function that removes it.
   */
  onChange(listener: (groupUid: string | undefined) => void): () => void;
}

const NOWHERE: CountedElsewhere = { holds: () => false, onChange: () => () => {} };

/**
 * What the machines of a cluster use of one vCenter, in any power state, by the namespaces of their groups (R15). It follows
 * the changes of the inventory, and of who counts what; all machines are read only when the connection becomes ready. For
 * limits, and for whoever shows the usage.
 */
export class MachineUsage {
  readonly #counted = new Map<string, CountedMachine>();
  readonly #namespaces = new Map<string, Amount>();
  readonly #listeners = new Set<(change: UsageChange) => void>();
  readonly #stops: readonly (() => void)[];
  #total = NOTHING_USED;

  constructor(
    private readonly connection: Pick<VCenterConnection, 'status' | 'inventory' | 'onStatus' | 'onInventoryChange'>,
    private readonly clusterId: string,
    /** Default: there is no other VCenter. */
    private readonly elsewhere: CountedElsewhere = NOWHERE,
  ) {
    this.#stops = [
      connection.onInventoryChange((change) => {
        if (change.kind === 'VirtualMachine') this.#look((change.after ?? change.before)?.ref);
      }),
      connection.onStatus(({ kind }) => {
        if (kind === 'Ready') this.#countAll();
      }),
      elsewhere.onChange((groupUid) => {
        if (groupUid === undefined) this.#countAll();
        else this.#countMarked(Mark.Uid, groupUid);
      }),
    ];
    if (connection.status.kind === 'Ready') this.#countAll();
  }

  get total(): Amount {
    return this.#total;
  }

  ofNamespace(namespace: string): Amount {
    return this.#namespaces.get(namespace) ?? NOTHING_USED;
  }

  /** Namespaces with machines. */
  get namespaces(): ReadonlyMap<string, Amount> {
    return this.#namespaces;
  }

  /** What one machine uses; nothing if it is not there, or has not our marks. */
  ofMachine(machine: ManagedObjectReference): Amount {
    return this.#counted.get(refKey(machine))?.amount ?? NOTHING_USED;
  }

  /** Calls `listener` after each change. Returns the function that removes it. */
  onChange(listener: (change: UsageChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Follows the connection no more. */
  stop(): void {
    for (const stop of this.#stops) stop();
  }

  #countAll(): void {
    for (const { ref } of [...this.#counted.values()]) this.#look(ref);
    this.#countMarked(Mark.Cluster, this.clusterId);
  }

  #countMarked(mark: string, value: string): void {
    for (const { ref } of this.connection.inventory.virtualMachinesByExtraConfig(mark, value)) this.#look(ref);
  }

  #look(ref: ManagedObjectReference | undefined): void {
    if (ref === undefined) return;
    const key = refKey(ref);
    const machine = this.connection.inventory.virtualMachine(ref);
    const before = this.#counted.get(key);
    const after = machine && this.#countedOf(machine);
    if (before === undefined ? after === undefined : after !== undefined && isSame(before, after)) return;
    if (before !== undefined) this.#add(before.namespace, minus(NOTHING_USED, before.amount));
    if (after !== undefined) this.#add(after.namespace, after.amount);
    if (after === undefined) this.#counted.delete(key);
    else this.#counted.set(key, after);
    for (const listener of this.#listeners) listener({ ...(before && { before }), ...(after && { after }) });
  }

  #countedOf(machine: VirtualMachine): CountedMachine | undefined {
    const owner = readOwnership(machine);
    if (owner?.cluster !== this.clusterId || this.elsewhere.holds(owner.groupUid)) return undefined;
    const { group, groupUid, slot } = owner;
    const [namespace = ''] = group.split('/');
    return { ref: machine.ref, group, groupUid, slot, namespace, amount: amountOf(machine) };
  }

  #add(namespace: string, amount: Amount): void {
    this.#total = plus(this.#total, amount);
    const sum = plus(this.ofNamespace(namespace), amount);
    if (sum.vms === 0) this.#namespaces.delete(namespace);
    else this.#namespaces.set(namespace, sum);
  }
}

function isSame(a: CountedMachine, b: CountedMachine): boolean {
  const { vms, cpu, memoryMiB } = minus(a.amount, b.amount);
  const isSameOwner = a.group === b.group && a.groupUid === b.groupUid;
  const isSameSlot = a.slot.ordinal === b.slot.ordinal && a.slot.revision === b.slot.revision;
  return isSameOwner && isSameSlot && vms === 0 && cpu === 0 && memoryMiB === 0;
}
