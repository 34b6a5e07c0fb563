/**
 * An inventory stream over a session that a test answers for: it sees the calls, answers the waits, and holds what live
 * reads find.
 */
import { errorOfLocalizedFault } from '../../src/vsphere/fault/fault-error';
import { GuestInfoWishes } from '../../src/vsphere/inventory/guest-info-wishes';
import { InventoryStore } from '../../src/vsphere/inventory/inventory';
import { InventoryStream } from '../../src/vsphere/inventory/inventory-stream';
import type { InventoryChange, ManagedObjectReference } from '../../src/vsphere/port';
import { UnreadValues } from '../../src/vsphere/property/unread-values';
import { silentLog } from '../../src/vsphere/session/log';
import type { Session } from '../../src/vsphere/session/session';
import { TaskTracker } from '../../src/vsphere/task/tracker';
import type { AnyValue, DataObject } from '../../src/vsphere/vim25/describe';
import type { ObjectUpdate, UpdateSet } from '../../src/vsphere/vim25/types';
import type { VsphereError } from '../../src/vsphere/vim25/vsphere-error';
import { settle, VirtualClock } from './time/virtual-clock';

export const ref = (type: string, value: string): ManagedObjectReference => ({ type, value });
export const VM1 = ref('VirtualMachine', 'vm-1');
export const VM2 = ref('VirtualMachine', 'vm-2');
export const VM3 = ref('VirtualMachine', 'vm-3');

export interface RecordedCall {
  readonly method: string;
  readonly parameters: Record<string, unknown>;
}

interface RetrievedObject {
  readonly obj: ManagedObjectReference;
  readonly propSet: readonly { readonly name: string; readonly val: unknown }[];
}

export class InventoryStreamWorld {
  readonly clock = new VirtualClock();
  readonly calls: RecordedCall[] = [];
  readonly changes: InventoryChange[] = [];
  /** What a live read finds, by the value of the reference; an object that is missing here is gone. */
  readonly objects = new Map<string, DataObject>();
  readonly store = new InventoryStore();
  readonly tasks: TaskTracker;
  readonly wishes = new GuestInfoWishes((machine) => this.store.forgetGuestInfo(machine));
  /** How often the stream was in sync. */
  synced = 0;
  /** What a live read through a list view finds: the details of its machines. */
  details: readonly RetrievedObject[] = [];
  /** Awaited between what a live read has found and its answer. */
  beforeReadAnswer: () => Promise<void> = () => Promise.resolve();
  /** A property path that the server does not know. */
  unknownPath: string | undefined;
  readonly #stream: InventoryStream;
  #waiting: { answer(update: UpdateSet | undefined): void; fail(error: Error): void } | undefined;
  #onReplaced: () => void = () => undefined;
  #made = 0;

  /** The stream watches the extraConfig key `k`. */
  constructor() {
    const session = this.#session();
    const { store, clock } = this;
    this.tasks = new TaskTracker(session, clock, silentLog);
    const emit = (changes: readonly InventoryChange[]) => this.changes.push(...changes);
    const unread = new UnreadValues('vcenter', silentLog);
    const onOverdueAnswer = () => undefined;
    const parts = { session, store, wishes: this.wishes, tasks: this.tasks, clock, log: silentLog, unread };
    this.#stream = new InventoryStream({ ...parts, watchedKeys: ['k'], emit, onOverdueAnswer });
  }

  /** Resolves with the error that ends the stream. */
  start(): Promise<VsphereError> {
    const onSynced = () => {
      this.synced += 1;
    };
    return this.#stream.run(new AbortController().signal, onSynced).catch((error) => error);
  }

  /** The removal of what the last run has made in vCenter. */
  get cleanup(): Promise<void> {
    return this.#stream.cleanup;
  }

  /**
   * Answers the wait with updates of one filter. What the stream makes is named by how much was made: its four filters come
   * last, that of the machines first, that of the details last.
   */
  async answer(updates: readonly ObjectUpdate[], truncated = false, from?: string): Promise<void> {
    await settle();
    const filter = from ?? String(this.#made - 3);
    const filterSet = [{ filter: ref('PropertyFilter', filter), objectSet: updates }];
    this.#waiting?.answer({ version: 'v', truncated, filterSet });
    await settle();
  }

  /** The answer to a wait in which nothing changed. */
  async answerNothing(): Promise<void> {
    this.#waiting?.answer(undefined);
    await settle();
  }

  async failWait(error: Error): Promise<void> {
    this.#waiting?.fail(error);
    await settle();
  }

  /** Another login took the place of the session. */
  replaceSession(): void {
    this.#onReplaced();
  }

  /** How much the stream has made in vCenter: the last one is named by it. */
  get made(): number {
    return this.#made;
  }

  callsOf(method: string): readonly RecordedCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** The names of the machines in the inventory. */
  get names(): readonly string[] {
    return [...this.store.virtualMachines()].map(({ name }) => name);
  }

  #session(): Session {
    const session = {
      invoke: (method: string, _self: ManagedObjectReference, parameters: Record<string, unknown>) =>
        this.#invoke(method, parameters),
      service: {
        rootFolder: ref('Folder', 'r'),
        viewManager: ref('ViewManager', 'v'),
        propertyCollector: ref('PropertyCollector', 'p'),
      },
      onReplaced: (listener: () => void) => {
        this.#onReplaced = listener;
        return () => undefined;
      },
    };
    return session as unknown as Session;
  }

  async #invoke(method: string, parameters: Record<string, unknown>): Promise<unknown> {
    this.calls.push({ method, parameters });
    if (method === 'WaitForUpdatesEx')
      return new Promise((resolve, reject) => {
        this.#waiting = { answer: resolve, fail: reject };
      });
    await Promise.resolve();
    const { unknownPath } = this;
    if (method === 'CreateFilter' && unknownPath !== undefined && JSON.stringify(parameters).includes(unknownPath))
      throw errorOfLocalizedFault({ fault: { xsiType: 'InvalidProperty', name: unknownPath } });
    if (method.startsWith('Create')) {
      this.#made += 1;
      return ref(method.slice('Create'.length), String(this.#made));
    }
    if (method !== 'RetrievePropertiesEx') return undefined;
    const found = this.#retrieve(parameters);
    await this.beforeReadAnswer();
    return found;
  }

  #retrieve(parameters: Record<string, unknown>): unknown {
    const [spec] = parameters.specSet as [{ objectSet: { obj: ManagedObjectReference }[] }];
    if (spec.objectSet.some(({ obj }) => obj.type === 'ListView')) return { objects: this.details };
    const found = spec.objectSet.map(({ obj }) => {
      const properties = this.objects.get(obj.value);
      if (properties === undefined) throw errorOfLocalizedFault({ fault: { xsiType: 'ManagedObjectNotFound', obj } });
      return retrieved(obj, { ...properties });
    });
    return { objects: found };
  }
}

/** What a live read tells of one object. */
export function retrieved(obj: ManagedObjectReference, properties: Record<string, unknown>): RetrievedObject {
  return { obj, propSet: Object.entries(properties).map(([name, val]) => ({ name, val })) };
}

export function update(
  kind: 'enter' | 'modify' | 'leave',
  obj: ManagedObjectReference,
  properties: Record<string, AnyValue | undefined> = {},
): ObjectUpdate {
  return { kind, obj, changeSet: Object.entries(properties).map(([name, val]) => ({ name, op: 'assign', val })) };
}
