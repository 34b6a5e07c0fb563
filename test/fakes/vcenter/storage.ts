/** The model's storage: the room of each datastore, and Storage DRS of datastore clusters. */
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import { type AnyValue, typed } from '../../../src/vsphere/vim25/describe';
import type { ParametersOf, ReturnOf } from '../../../src/vsphere/vim25/methods';
import { StoragePlacementAction } from '../../../src/vsphere/vim25/storage-types';
import type { InventoryTruth } from './inventory-truth';

type Ref = ManagedObjectReference;

export interface ModelDatastore {
  freeGiB: number;
  accessible: boolean;
  maintenanceMode: 'normal' | 'enteringMaintenance' | 'inMaintenance';
}

const GIB = 2 ** 30;

export class ModelStorage {
  /** Of all datastore clusters. */
  storageDrsEnabled = true;
  /** Why Storage DRS recommends nothing. Undefined: it recommends the datastore with the most room. */
  drsFault: string | undefined;
  /** What the files of each machine and template take. */
  machineGiB = 10;
  readonly #datastores = new Map<string, ModelDatastore>();

  constructor(private readonly truth: InventoryTruth) {}

  /** To look at and to change. */
  datastore(ref: Ref): ModelDatastore {
    const known = this.#datastores.get(refKey(ref));
    if (known !== undefined) return known;
    const datastore: ModelDatastore = { freeGiB: 1_000, accessible: true, maintenanceMode: 'normal' };
    this.#datastores.set(refKey(ref), datastore);
    return datastore;
  }

  property(ref: Ref, path: string): AnyValue | undefined {
    if (ref.type === 'StoragePod' && path === 'podStorageDrsEntry.storageDrsConfig.podConfig.enabled')
      return this.storageDrsEnabled;
    if (ref.type === 'VirtualMachine' && path === 'summary.storage.committed') return BigInt(this.machineGiB * GIB);
    if (ref.type !== 'Datastore') return undefined;
    const { freeGiB, accessible, maintenanceMode } = this.datastore(ref);
    switch (path) {
      case 'summary.freeSpace':
        return BigInt(Math.round(freeGiB * GIB));
      case 'summary.accessible':
        return accessible;
      case 'summary.maintenanceMode':
        return maintenanceMode;
      default:
        return undefined;
    }
  }

  recommend({ storageSpec }: ParametersOf<'RecommendDatastores'>): ReturnOf<'RecommendDatastores'> {
    if (this.drsFault !== undefined) return { drsFault: { reason: this.drsFault } };
    const pod = storageSpec.podSelectionSpec.storagePod;
    const members = pod === undefined ? [] : this.truth.children(pod).filter(({ type }) => type === 'Datastore');
    const byRoom = [...members].sort((a, b) => this.datastore(b).freeGiB - this.datastore(a).freeGiB);
    return {
      recommendations: byRoom.map((destination, index) => ({
        key: String(index),
        action: [typed(StoragePlacementAction, { type: 'StoragePlacementV1', destination })],
      })),
    };
  }
}
