/** Machines of groups in an inventory that tells its changes, and what they use. */
import { slotKey } from '../../../src/api/identity';
import { marksFor } from '../../../src/api/ownership';
import type { HeldPlaces } from '../../../src/vmgroup/model/place';
import { type CountedElsewhere, MachineUsage } from '../../../src/vmgroup/observe/machine-usage';
import { InventoryStore } from '../../../src/vsphere/inventory/inventory';
import type { ConnectionStatus, InventoryChange, ManagedObjectReference } from '../../../src/vsphere/port';
import type { Property } from '../../../src/vsphere/property/property-value';
import { CLUSTER_ID, VCENTER_UUID } from './observation';

/** By the plan of a group that has nothing and wants nothing. */
export const NOTHING_HELD: HeldPlaces = {
  ...{ spent: new Set(), unseen: [], successors: new Map() },
  ...{ pledged: new Set(), asked: [] },
};

export interface DrawnMachine {
  /** namespace/name of its group. */
  readonly group: string;
  readonly uid?: string;
  readonly ordinal?: number;
  readonly revision?: string;
  readonly cpu?: number;
  readonly memoryMiB?: number;
  readonly cluster?: string;
}

export class CountedWorld {
  readonly inventory = new InventoryStore();
  readonly usage: MachineUsage;
  readonly #changed = new Set<(change: InventoryChange) => void>();
  readonly #statusChanged = new Set<(status: ConnectionStatus) => void>();

  constructor(elsewhere?: CountedElsewhere) {
    this.usage = new MachineUsage(
      {
        status: { kind: 'Connecting', sinceMonotonicMs: 0 },
        inventory: this.inventory,
        onInventoryChange: (listener) => {
          this.#changed.add(listener);
          return () => this.#changed.delete(listener);
        },
        onStatus: (listener) => {
          this.#statusChanged.add(listener);
          return () => this.#statusChanged.delete(listener);
        },
      },
      CLUSTER_ID,
      elsewhere,
    );
  }

  /** Puts or changes a machine of a group, with 1 CPU and 1 GiB unless other sizes are given. */
  machine(value: string, { group, cpu = 1, memoryMiB = 1024, ...rest }: DrawnMachine): ManagedObjectReference {
    const { uid = `uid of ${group}`, ordinal = 0, revision = 'r', cluster = CLUSTER_ID } = rest;
    const ref = { type: 'VirtualMachine', value };
    const slot = { ordinal, revision };
    const marks = marksFor({ cluster, group, groupUid: uid, slot }, `instance of ${value} ${slotKey(slot)}`);
    this.change(ref, [
      { path: 'name', value },
      { path: 'config.instanceUuid', value: `instance of ${value} ${slotKey(slot)}` },
      { path: 'config.changeVersion', value: '1' },
      { path: 'config.hardware.numCPU', value: cpu },
      { path: 'config.hardware.memoryMB', value: memoryMiB },
      ...Object.entries(marks).map(([key, mark]) => ({ path: `config.extraConfig["${key}"].value`, value: mark })),
    ]);
    return ref;
  }

  change(ref: ManagedObjectReference, properties: readonly Property[]): void {
    this.#tell(this.inventory.apply(ref, properties));
  }

  remove(ref: ManagedObjectReference): void {
    this.#tell(this.inventory.remove(ref));
  }

  /** The connection becomes ready. */
  ready(): void {
    const about = { fullName: 'vCenter', version: '8', apiVersion: '8', instanceUuid: VCENTER_UUID };
    for (const listener of this.#statusChanged) listener({ kind: 'Ready', about });
  }

  #tell(change: InventoryChange | undefined): void {
    if (change !== undefined) for (const listener of this.#changed) listener(change);
  }
}
