/**
 * The VmGroups of an API server in memory: resource versions, generations, finalizers and watches as etcd and the real
 * server have them. Each process sees them through a watch of its own, later than they happen.
 */
import { groupKey, type VmGroup, type VmGroupSpec, type VmGroupStatus } from '../../../src/api/vm-group';
import { ApiError } from '../../../src/kubernetes/api-error';
import type { Clock } from '../../../src/time/clock';

export type GroupNews =
  | { readonly kind: 'Set'; readonly group: VmGroup }
  | { readonly kind: 'Deleted'; readonly group: VmGroup };

type GroupListener = (news: GroupNews) => void;

export class GroupServer {
  readonly #groups = new Map<string, VmGroup>();
  readonly #listeners = new Set<GroupListener>();
  readonly #clock: Clock;
  #version = 100;
  #serial = 0;
  /** Writes by operators, to see that none happen at rest (R4). */
  writes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  list(): readonly VmGroup[] {
    return [...this.#groups.values()];
  }

  get(key: string): VmGroup | undefined {
    return this.#groups.get(key);
  }

  watch(listener: GroupListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // --- by users ---

  create(namespace: string, name: string, spec: VmGroupSpec): VmGroup {
    this.#serial += 1;
    const metadata = {
      name,
      namespace,
      uid: `00000000-0000-4000-8000-${String(this.#serial).padStart(12, '0')}`,
      resourceVersion: '',
      generation: 1,
      creationTimestamp: new Date(this.#clock.wallMs()).toISOString(),
    };
    return this.#set({ apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', metadata, spec });
  }

  changeSpec(key: string, change: Partial<VmGroupSpec>): void {
    const group = this.#groups.get(key);
    if (group === undefined) return;
    const { metadata } = group;
    this.#set({
      ...group,
      metadata: { ...metadata, generation: metadata.generation + 1 },
      spec: { ...group.spec, ...change },
    });
  }

  annotate(key: string, name: string, value: string): void {
    const group = this.#groups.get(key);
    if (group === undefined) return;
    const annotations = { ...group.metadata.annotations, [name]: value };
    this.#set({ ...group, metadata: { ...group.metadata, annotations } });
  }

  delete(key: string): void {
    const group = this.#groups.get(key);
    if (group === undefined || group.metadata.deletionTimestamp !== undefined) return;
    if ((group.metadata.finalizers ?? []).length === 0) this.#drop(group);
    else {
      const deletionTimestamp = new Date(this.#clock.wallMs()).toISOString();
      const { metadata } = group;
      this.#set({ ...group, metadata: { ...metadata, deletionTimestamp, generation: metadata.generation + 1 } });
    }
  }

  // --- by operators ---

  applyStatus(key: string, status: VmGroupStatus): VmGroup {
    const group = this.#existing(key);
    this.writes += 1;
    return this.#set({ ...group, status: structuredClone(status) });
  }

  replaceFinalizers(of: VmGroup, finalizers: readonly string[]): VmGroup {
    const group = this.#existing(groupKey(of));
    const { uid, resourceVersion } = of.metadata;
    if (group.metadata.uid !== uid || group.metadata.resourceVersion !== resourceVersion)
      throw new ApiError('Conflict', `${groupKey(of)} has been modified`, { status: 409 });
    this.writes += 1;
    const changed = { ...group, metadata: { ...group.metadata, finalizers } };
    return finalizers.length === 0 && group.metadata.deletionTimestamp !== undefined
      ? this.#drop(changed)
      : this.#set(changed);
  }

  #existing(key: string): VmGroup {
    const group = this.#groups.get(key);
    if (group === undefined) throw new ApiError('NotFound', `${key} is not there`, { status: 404 });
    return group;
  }

  #set(changed: VmGroup): VmGroup {
    const group = this.#stamped(changed);
    this.#groups.set(groupKey(group), group);
    this.#tell({ kind: 'Set', group });
    return group;
  }

  #drop(last: VmGroup): VmGroup {
    const group = this.#stamped(last);
    this.#groups.delete(groupKey(group));
    this.#tell({ kind: 'Deleted', group });
    return group;
  }

  #stamped(group: VmGroup): VmGroup {
    this.#version += 1;
    return { ...group, metadata: { ...group.metadata, resourceVersion: String(this.#version) } };
  }

  #tell(news: GroupNews): void {
    for (const listener of [...this.#listeners]) listener(news);
  }
}
