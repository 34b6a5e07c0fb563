/**
 * Free space of datastores, read live and kept for some seconds, less what clones were promised that were sent just now. So
 * a wave of clones finds out with one read that a datastore has no room, and not with one failure each.
 */
import type { Clock } from '../../time/clock';
import { type CallContext, type ManagedObjectReference, refKey } from '../port';
import { readObject, readObjects, retrieveProperties } from '../property/property-reader';
import { numberOf, propertyIn, refsOf, textOf } from '../property/property-value';
import type { Session } from '../session/session';
import { typed } from '../vim25/describe';
import { type ObjectContent, TraversalSpec } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';
import { KeptReads } from './kept-reads';

type Ref = ManagedObjectReference;

const ROOM_KEPT_MS = 10_000;
const TEMPLATE_KEPT_MS = 60_000;
/** A clone takes its space while it runs. */
const PROMISED_MS = 30_000;

const FREE = 'summary.freeSpace';
const ACCESSIBLE = 'summary.accessible';
const MAINTENANCE = 'summary.maintenanceMode';
const DATASTORE_PATHS = ['name', FREE, ACCESSIBLE, MAINTENANCE];
const STORAGE_DRS = 'podStorageDrsEntry.storageDrsConfig.podConfig.enabled';
const TEMPLATE_SIZE = 'summary.storage.committed';

export interface Datastore {
  readonly ref: Ref;
  readonly name: string;
  /** Less what is promised. Undefined if it cannot be read. */
  readonly freeBytes: number | undefined;
  /** True also where it cannot be read. */
  readonly accessible: boolean;
  /** normal, enteringMaintenance or inMaintenance. */
  readonly maintenanceMode: string;
}

export interface DatastoreCluster {
  readonly name: string;
  /** Whether Storage DRS is on. Undefined if it cannot be read. */
  readonly storageDrs: boolean | undefined;
  readonly datastores: readonly Datastore[];
}

export interface Template {
  /** What a full clone of it takes at least. Undefined if it cannot be read. */
  readonly bytes: number | undefined;
  /** Where its files are. */
  readonly datastores: readonly Ref[];
}

interface Promised {
  readonly datastore: Ref;
  readonly bytes: number;
  readonly untilMs: number;
}

export class DatastoreRoom {
  readonly #session: Session;
  readonly #clock: Clock;
  readonly #kept: KeptReads;
  #promised: readonly Promised[] = [];

  constructor(session: Session, clock: Clock) {
    this.#session = session;
    this.#clock = clock;
    this.#kept = new KeptReads(clock);
  }

  /** The datastores of a StoragePod. */
  async cluster(pod: Ref, call: CallContext): Promise<DatastoreCluster> {
    const objects = await this.#keep(pod, ROOM_KEPT_MS, call, () => this.#readCluster(pod, call));
    const own = objects.find(({ obj }) => obj.type === 'StoragePod');
    const enabled = textOf(propertyIn(own, STORAGE_DRS));
    return {
      name: textOf(propertyIn(own, 'name')) ?? pod.value,
      storageDrs: enabled === undefined ? undefined : enabled === 'true',
      datastores: objects.filter(({ obj }) => obj.type === 'Datastore').map((content) => this.#datastore(content)),
    };
  }

  /** With one read. Those that are gone, or that the account may not see, are left out. */
  async datastores(refs: readonly Ref[], call: CallContext): Promise<readonly Datastore[]> {
    const key = refs.map(refKey).sort().join(' ');
    const read = async () => (await readObjects(this.#session, refs, DATASTORE_PATHS, call)).objects;
    const objects = await this.#kept.get({ key, keptMs: ROOM_KEPT_MS, read }, call);
    return objects.map((content) => this.#datastore(content));
  }

  /** Undefined if it is gone. */
  async datastore(ref: Ref, call: CallContext): Promise<Datastore | undefined> {
    const read = () => readObject(this.#session, ref, DATASTORE_PATHS, call);
    const content = await this.#keep(ref, ROOM_KEPT_MS, call, read);
    return content && this.#datastore(content);
  }

  async template(ref: Ref, call: CallContext): Promise<Template> {
    const read = () => readObject(this.#session, ref, [TEMPLATE_SIZE, 'datastore'], call);
    const content = await this.#keep(ref, TEMPLATE_KEPT_MS, call, read);
    return {
      bytes: numberOf(propertyIn(content, TEMPLATE_SIZE)),
      datastores: refsOf(propertyIn(content, 'datastore')),
    };
  }

  /** The next clones count with so much less for a while. */
  promise(datastore: Ref, bytes: number): void {
    const nowMs = this.#clock.monotonicMs();
    const current = this.#promised.filter(({ untilMs }) => untilMs > nowMs);
    this.#promised = [...current, { datastore, bytes, untilMs: nowMs + PROMISED_MS }];
  }

  #keep<T>(ref: Ref, keptMs: number, call: CallContext, read: () => Promise<T>): Promise<T> {
    return this.#kept.get({ key: refKey(ref), keptMs, read }, call);
  }

  #readCluster(pod: Ref, call: CallContext): Promise<readonly ObjectContent[]> {
    const toDatastores = typed(TraversalSpec, { name: 'members', type: pod.type, path: 'childEntity', skip: false });
    const spec = {
      propSet: [
        { type: 'StoragePod', pathSet: ['name', STORAGE_DRS] },
        { type: 'Datastore', pathSet: DATASTORE_PATHS },
      ],
      objectSet: [{ obj: pod, skip: false, selectSet: [toDatastores] }],
    };
    return retrieveProperties(this.#session, spec, call);
  }

  #datastore(content: ObjectContent): Datastore {
    const value = (path: string) => propertyIn(content, path);
    const free = numberOf(value(FREE));
    return {
      ref: content.obj,
      name: textOf(value('name')) ?? content.obj.value,
      freeBytes: free === undefined ? undefined : free - this.#promisedOn(content.obj),
      accessible: value(ACCESSIBLE) !== false,
      maintenanceMode: textOf(value(MAINTENANCE)) ?? 'normal',
    };
  }

  #promisedOn(datastore: Ref): number {
    const nowMs = this.#clock.monotonicMs();
    const own = this.#promised.filter((one) => one.untilMs > nowMs && refKey(one.datastore) === refKey(datastore));
    return own.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** Why a datastore takes no clone of that size; undefined where it does, or where nobody knows. */
export function whyNoRoom(datastore: Datastore, bytes: number | undefined): string | undefined {
  const { accessible, maintenanceMode, freeBytes } = datastore;
  if (!accessible) return 'is not accessible';
  if (maintenanceMode !== 'normal') return 'is in maintenance mode, or enters it';
  if (freeBytes === undefined || bytes === undefined || freeBytes >= bytes) return undefined;
  return `has ${gibibytes(Math.max(0, freeBytes))} GiB left, and a clone takes ${gibibytes(bytes)} GiB`;
}

/** Capacity: the clone was not sent. */
export function noRoom(message: string): VsphereError {
  return new VsphereError('InsufficientStorageSpace', message, 'NotSent');
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toFixed(1);
}
