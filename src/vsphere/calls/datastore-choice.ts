/**
 * Chooses the datastore of a clone into a datastore cluster: the one that Storage DRS recommends, and where that is off the
 * one with the most free space (docs/vsphere.md#datastore-clusters). With a storage policy and no place, the one with the most
 * free space of those that fit (docs/vsphere.md#storage-policies).
 */
import type { Clock } from '../../time/clock';
import { type CallContext, type CloneRequest, type ManagedObjectReference, refKey, sameRef } from '../port';
import type { Session } from '../session/session';
import type { DataOf } from '../vim25/describe';
import { type ClusterRecommendation, StoragePlacementAction } from '../vim25/storage-types';
import { type Datastore, type DatastoreCluster, DatastoreRoom, noRoom, whyNoRoom } from './datastore-room';

const MOST_REASONS = 5;

interface Wanted
  extends Pick<
    CloneRequest,
    'template' | 'folder' | 'name' | 'resourcePool' | 'datastore' | 'storagePolicy' | 'oneOfMany' | 'snapshot'
  > {
  /** refKeys of the datastores that the hosts for the machine see; absent where vCenter chooses the host. */
  readonly seen?: ReadonlySet<string>;
}

/** Whether a datastore is chosen, because the request names none that is one. */
export function isDatastoreChosen({
  datastore,
  storagePolicy,
}: Pick<CloneRequest, 'datastore' | 'storagePolicy'>): boolean {
  return datastore?.type === 'StoragePod' || (datastore === undefined && storagePolicy !== undefined);
}

export class DatastoreChoice {
  readonly #session: Session;
  readonly #room: DatastoreRoom;

  constructor(session: Session, clock: Clock) {
    this.#session = session;
    this.#room = new DatastoreRoom(session, clock);
  }

  /**
   * The datastore to name in the clone; undefined for the template's. Rejects with InsufficientStorageSpace when the
   * machine has no room. The room of a single datastore is looked at only for one of many clones.
   */
  async targetOf(wanted: Wanted, call: CallContext): Promise<ManagedObjectReference | undefined> {
    const { datastore, storagePolicy, oneOfMany } = wanted;
    if (datastore?.type === 'StoragePod') return this.#memberFor(datastore, wanted, call);
    if (datastore === undefined && storagePolicy !== undefined)
      return this.#fittingFor(storagePolicy.datastores, wanted, call);
    // A linked clone takes little.
    if (oneOfMany === true && wanted.snapshot === undefined) await this.#requireRoom(wanted, call);
    return datastore;
  }

  async #memberFor(pod: ManagedObjectReference, wanted: Wanted, call: CallContext): Promise<ManagedObjectReference> {
    const cluster = await this.#room.cluster(pod, call);
    const { storagePolicy } = wanted;
    const fits = (ref: ManagedObjectReference) =>
      isSeen(ref, wanted) && (storagePolicy?.datastores.some((one) => sameRef(one, ref)) ?? true);
    // Storage DRS is not told of the policy: what it recommends counts where it fits.
    const told = cluster.storageDrs === true ? await this.#recommended(pod, cluster, wanted, call) : [];
    const { bytes } = await this.#room.template(wanted.template, call);
    const datastores = cluster.datastores.filter(({ ref }) => fits(ref));
    const chosen =
      told.find(fits) ??
      roomiest(datastores, `of datastore cluster ${cluster.name}${isSeenByHost(wanted, '')}`, bytes).ref;
    this.#room.promise(chosen, bytes ?? 0);
    return chosen;
  }

  async #fittingFor(
    refs: readonly ManagedObjectReference[],
    wanted: Wanted,
    call: CallContext,
  ): Promise<ManagedObjectReference> {
    const { template, snapshot } = wanted;
    const all = await this.#room.datastores(refs, call);
    const datastores = all.filter(({ ref }) => isSeen(ref, wanted));
    const bytes = snapshot === undefined ? (await this.#room.template(template, call)).bytes : 0;
    const chosen = roomiest(datastores, `that fits the storage policy${isSeenByHost(wanted, ' and')}`, bytes).ref;
    this.#room.promise(chosen, bytes ?? 0);
    return chosen;
  }

  /** Where the disks of the template are on several datastores, nobody knows how much each clone takes of which. */
  async #requireRoom({ datastore, template }: Wanted, call: CallContext): Promise<void> {
    const { bytes, datastores } = await this.#room.template(template, call);
    const [only, ...others] = datastore === undefined ? datastores : [datastore];
    if (only === undefined || others.length > 0) return;
    const found = await this.#room.datastore(only, call);
    if (found === undefined) return;
    const objection = whyNoRoom(found, bytes);
    if (objection !== undefined)
      throw noRoom(`datastore ${found.name} ${objection}: make room on it, or name another place`);
    this.#room.promise(found.ref, bytes ?? 0);
  }

  /** The best first. Empty where Storage DRS neither recommends a datastore nor says why it does not. */
  async #recommended(
    pod: ManagedObjectReference,
    { name }: DatastoreCluster,
    { template, folder, name: cloneName, resourcePool }: Wanted,
    call: CallContext,
  ): Promise<readonly ManagedObjectReference[]> {
    const { storageResourceManager } = this.#session.service;
    if (storageResourceManager === undefined) return [];
    const storageSpec = {
      type: 'clone',
      vm: template,
      podSelectionSpec: { storagePod: pod },
      cloneSpec: { location: { pool: resourcePool }, template: false, powerOn: false },
      cloneName,
      folder,
    };
    const answer = await this.#session.invoke('RecommendDatastores', storageResourceManager, { storageSpec }, call);
    const told = (answer.recommendations ?? []).flatMap(destinations);
    if (told.length > 0 || answer.drsFault === undefined) return told;
    throw noRoom(
      `Storage DRS recommends no datastore of datastore cluster ${name} (${answer.drsFault.reason}): make room on one of them, or name another place`,
    );
  }
}

function isSeen(ref: ManagedObjectReference, { seen }: Wanted): boolean {
  return seen?.has(refKey(ref)) ?? true;
}

/** For messages. */
function isSeenByHost({ seen }: Wanted, and: string): string {
  return seen === undefined ? '' : `${and} that a host for the machine sees`;
}

function destinations({ action = [] }: DataOf<typeof ClusterRecommendation>): readonly ManagedObjectReference[] {
  return action.flatMap((step) =>
    step.xsiType === StoragePlacementAction.typeName
      ? [(step as unknown as DataOf<typeof StoragePlacementAction>).destination]
      : [],
  );
}

/** `which`: the datastores, for messages. */
function roomiest(datastores: readonly Datastore[], which: string, bytes: number | undefined): Datastore {
  const judged = datastores.map((datastore) => ({ datastore, objection: whyNoRoom(datastore, bytes) }));
  const free = ({ freeBytes = 0 }: Datastore) => freeBytes;
  const [best] = judged
    .flatMap(({ datastore, objection }) => (objection === undefined ? [datastore] : []))
    .sort((a, b) => free(b) - free(a));
  if (best !== undefined) return best;
  const reasons = judged.slice(0, MOST_REASONS).map(({ datastore, objection }) => `${datastore.name} ${objection}`);
  const more = judged.length > MOST_REASONS ? `; and ${judged.length - MOST_REASONS} more` : '';
  const why = judged.length === 0 ? 'there is none' : `${reasons.join('; ')}${more}`;
  throw noRoom(`no datastore ${which} can take the machine: ${why}; make room on one of them, or name another place`);
}
