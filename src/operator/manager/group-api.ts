import { hash } from 'node:crypto';
import { ConditionType } from '../../api/conditions';
import { groupFolderName } from '../../api/identity';
import { keptGroup } from '../../api/kept-group';
import { OTHER_FINALIZERS } from '../../api/left-out';
import { printable } from '../../api/printable';
import { groupKey, VM_GROUP_RESOURCE, type VmGroup, type VmGroupSpec, type VmGroupStatus } from '../../api/vm-group';
import {
  ApiError,
  type Change,
  type EventRecorder,
  isApiError,
  type Reflector,
  type ResourceClient,
  stripManagedFields,
} from '../../kubernetes';
import type { GroupEvent, GroupEvents, GroupStore, GroupWriter } from '../../vmgroup/model/port';
import { decodeName } from '../../vsphere';

/** Field manager of every write to a status. */
const FIELD_MANAGER = 'vm-operator';

/**
 * Index of VmGroups by the names that a template may have: the last segment of spec.template, and the whole text, since a
 * name may have a slash.
 */
export const TEMPLATE_INDEX = 'template';

export function templateIndex(group: VmGroup): readonly string[] {
  const { template } = group.spec;
  const last = template.split('/').findLast((segment) => segment !== '') ?? '';
  return [...new Set([decodeName(last), template])];
}

/** Index of VmGroups by metadata.uid. */
export const UID_INDEX = 'uid';

export function uidIndex(group: VmGroup): readonly string[] {
  return [group.metadata.uid];
}

/** Index of VmGroups by the reference of the folder that their status records. */
export const FOLDER_INDEX = 'folder';

export function folderIndex({ status }: VmGroup): readonly string[] {
  const ref = status?.folder?.moRef;
  return ref === undefined ? [] : [ref];
}

/** Index of VmGroups by the name that their folder is made with. */
export const FOLDER_NAME_INDEX = 'folderName';

export function folderNameIndex({ metadata }: VmGroup): readonly string[] {
  return [groupFolderName(metadata.namespace, metadata.name)];
}

/** The groups in a reflector's store; of `isMeant` only, but for the questions whether a uid or a folder is that of any group. */
export function groupStore(
  reflector: Reflector<VmGroup>,
  isMeant: (group: VmGroup) => boolean = () => true,
): GroupStore {
  const { store } = reflector;
  return {
    get: (key) => {
      const group = store.get(key);
      return group !== undefined && isMeant(group) ? group : undefined;
    },
    list: () => [...store.list()].filter(isMeant),
    byTemplate: (name) => store.byIndex(TEMPLATE_INDEX, name).filter(isMeant),
    byFolder: ({ value }) => store.byIndex(FOLDER_INDEX, value).filter(isMeant),
    byFolderName: (name) => store.byIndex(FOLDER_NAME_INDEX, name).filter(isMeant),
    hasUid: (uid) => store.byIndex(UID_INDEX, uid).length > 0,
    isFolderOfAnother: ({ value }, uid, instanceUuid) =>
      store
        .byIndex(FOLDER_INDEX, value)
        .some(({ metadata, status }) => metadata.uid !== uid && mayBeOn(status, instanceUuid)),
  };
}

/** Not known to be on another vCenter, where the same reference is another object's. */
function mayBeOn(status: VmGroupStatus | undefined, instanceUuid: string): boolean {
  return (status?.vcenter?.instanceUuid ?? instanceUuid) === instanceUuid;
}

export class GroupApi implements GroupWriter, GroupEvents {
  /** Digest of each group as it was last reconciled, or as our last write left it. */
  readonly #known = new Map<string, string>();

  constructor(
    private readonly client: ResourceClient<VmGroup>,
    private readonly reflector: Reflector<VmGroup>,
    private readonly recorder: EventRecorder,
    /** Whether a namespace is being deleted. */
    private readonly isEnding: (namespace: string) => boolean,
  ) {}

  /**
   * Whether a change needs a reconcile (R4). The echo of our own write does not, nor does an update of fields that no
   * reconcile reads, such as managedFields. A status that somebody else wrote does: it has to be corrected.
   */
  predicate({ key, after }: Change<VmGroup>): boolean {
    if (after === undefined) {
      this.#known.delete(key);
      return true;
    }
    const digest = digestOf(after);
    if (this.#known.get(key) === digest) return false;
    this.#known.set(key, digest);
    return true;
  }

  async replaceStatus(group: VmGroup, status: VmGroupStatus, signal: AbortSignal): Promise<VmGroup | undefined> {
    const { metadata } = group;
    const { uid, resourceVersion } = metadata;
    const isGuarded = !isWorkedOn(status) || status.vcenter?.name !== group.status?.vcenter?.name;
    const target = { ...metadata, ...(isGuarded && { unchangedSince: resourceVersion }) };
    const write = () => this.client.replaceStatus(target, status, FIELD_MANAGER, signal);
    try {
      return await this.#accept(group, metadata.finalizers, write);
    } catch (error) {
      // A status is lost with its namespace. The finalizer, which is what keeps that, is tried all the same.
      if (isApiError(error, 'Forbidden') && this.isEnding(metadata.namespace)) return undefined;
      if (!isApiError(error, 'Invalid')) throw error;
      // The server says Invalid of a status that the schema refuses, and of a uid or a version that is another by now.
      const stored = await this.#readAgain(group, signal);
      if (stored?.uid !== uid) return this.#missed(group);
      if (!isGuarded || stored.resourceVersion === resourceVersion) throw error;
      const message = `the status of ${groupKey(group)}: the group was changed meanwhile`;
      throw new ApiError('Conflict', message, { cause: error });
    }
  }

  async replaceFinalizers(
    group: VmGroup,
    finalizers: readonly string[],
    signal: AbortSignal,
  ): Promise<VmGroup | undefined> {
    const { namespace, name, resourceVersion, uid } = group.metadata;
    try {
      return await this.#accept(group, finalizers, async () => {
        const all = finalizers.includes(OTHER_FINALIZERS) ? await this.#allOf(group, finalizers, signal) : finalizers;
        // With uid and resourceVersion the patch changes this object only, never a newer one of the same name.
        const patch = { metadata: { uid, resourceVersion, finalizers: all } };
        return this.client.mergePatch(namespace, name, patch, signal);
      });
    } catch (error) {
      if (isApiError(error, 'Conflict')) await this.#readAgain(group, signal);
      throw error;
    }
  }

  /** The spec of this very group as it is stored now, with the texts that are not kept. */
  async readSpec({ metadata }: VmGroup, signal: AbortSignal): Promise<VmGroupSpec | undefined> {
    try {
      const stored = await this.client.get(metadata.namespace, metadata.name, signal);
      return stored.metadata.uid === metadata.uid ? stored.spec : undefined;
    } catch (error) {
      if (isApiError(error, 'NotFound')) return undefined;
      throw error;
    }
  }

  /** The wanted finalizers with those of others that are not kept. If these change meanwhile, the patch is refused. */
  async #allOf({ metadata }: VmGroup, wanted: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    const stored = await this.client.get(metadata.namespace, metadata.name, signal);
    const removed = metadata.finalizers?.filter((finalizer) => !wanted.includes(finalizer));
    const left = stored.metadata.finalizers?.filter((finalizer) => !removed?.includes(finalizer)) ?? [];
    return [...new Set([...left, ...wanted.filter((finalizer) => finalizer !== OTHER_FINALIZERS)])];
  }

  /** A note holds names that somebody gave, and people read it in a terminal. */
  record({ metadata }: VmGroup, { machine, note, ...event }: GroupEvent): void {
    const { namespace, name, uid } = metadata;
    const { apiVersion, kind } = VM_GROUP_RESOURCE;
    const regarding = { apiVersion, kind, namespace, name, uid };
    const about = machine === undefined ? {} : { subject: printable(machine) };
    this.recorder.record({ regarding, ...event, note: printable(note), ...about });
  }

  flush({ metadata }: VmGroup): void {
    this.recorder.queueGathered(metadata.uid);
  }

  /**
   * The metadata of the group that has the name now; undefined when there is none. A conflict shows that the store is
   * behind, or ahead of a server that went back in time (R7): the store takes what was read, or lists again.
   */
  async #readAgain(base: VmGroup, signal: AbortSignal): Promise<VmGroup['metadata'] | undefined> {
    const { namespace, name, uid } = base.metadata;
    try {
      const stored = await this.client.get(namespace, name, signal);
      if (stored.metadata.uid === uid)
        this.reflector.accept(keptGroup(stripManagedFields(stored, VM_GROUP_RESOURCE), base), base);
      return stored.metadata;
    } catch (error) {
      if (isApiError(error, 'NotFound')) return undefined;
      throw error;
    }
  }

  /** `finalizers`: those that the group has after the write, if nobody else changes them. */
  async #accept(
    base: VmGroup,
    finalizers: readonly string[] | undefined,
    write: () => Promise<VmGroup>,
  ): Promise<VmGroup | undefined> {
    try {
      const answer = keptGroup(stripManagedFields(await write(), VM_GROUP_RESOURCE), base);
      // The answer may hold a newer spec than the one that was reconciled, or finalizers that etcd has again after a restore.
      // Then the group needs a reconcile, and only this answer can cause it: the store will be newer than the event that the
      // watch brings for that spec.
      const isOurs = inputsOf(answer) === inputsOf(base) && sameNames(answer.metadata.finalizers, finalizers);
      if (isOurs) this.#known.set(groupKey(answer), digestOf(answer));
      this.reflector.accept(answer, base);
      return answer;
    } catch (error) {
      if (isApiError(error, 'NotFound')) return this.#missed(base);
      throw error;
    }
  }

  #missed(group: VmGroup): undefined {
    this.reflector.missed(group);
  }
}

/**
 * Whether the writer of a status works on the group in vCenter. What others say of it never lands on what they have not
 * seen (R2): another process may have recorded its vCenter and begun, or have the state of an older etcd.
 */
function isWorkedOn({ conditions }: VmGroupStatus): boolean {
  return conditions?.find(({ type }) => type === ConditionType.VCenterReady)?.status === 'True';
}

/**
 * What people ask for with a group. Finalizers are left out: our own writes change them. The generation is included: a
 * spec that was changed and changed back needs a new observedGeneration too.
 */
function inputsOf({ metadata, spec }: VmGroup): string {
  const { uid, generation, deletionTimestamp, annotations } = metadata;
  return JSON.stringify([uid, generation, deletionTimestamp, annotations, spec]);
}

function sameNames(some: readonly string[] = [], others: readonly string[] = []): boolean {
  return some.length === others.length && some.every((name) => others.includes(name));
}

/** A digest of all that a reconcile reads. 16 bytes, since thousands of groups may have statuses of many KiB. */
function digestOf(group: VmGroup): string {
  const text = inputsOf(group) + JSON.stringify([group.metadata.finalizers, group.status]);
  // From the bytes: a slice of a longer string would keep the whole string in memory.
  return hash('sha256', text, 'buffer').toString('latin1', 0, 16);
}
