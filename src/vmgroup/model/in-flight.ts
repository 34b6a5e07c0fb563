/**
 * What was sent to vCenter for one group and is not visible there yet. In memory only: a restart loses it, by design
 * (R7).
 */
import type { Slot } from '../../api/identity';
import type { ManagedObjectReference } from '../../vsphere/port';
import type { MachineSize } from './machine-size';
import type { Moment } from './moment';

export type Operation =
  | 'CreateFolder'
  | 'Clone'
  | 'Reconfigure'
  | 'WriteSettings'
  | 'WriteAttributes'
  | 'SizeDisks'
  | 'WriteHostRules'
  | 'PowerOn'
  | 'PowerOff'
  /** A request to the guest. It has no task, and is in flight until the machine is powered off. */
  | 'Shutdown'
  | 'Destroy'
  | 'Adopt'
  | 'RenameFolder'
  | 'ReleaseMarks'
  | 'DestroyFolder'
  | 'LookIntoFolder'
  | 'ProveMachineGone'
  | 'ProveFolderGone'
  | 'FindStoragePolicy'
  | 'InspectMachines'
  | 'Settle';

/** What an operation is about: a slot, a machine that holds a slot, or the group's folder. */
export interface Subject {
  readonly slot?: Slot;
  readonly machine?: ManagedObjectReference;
  /** Of an Adopt: the name that its machine keeps. Of a Clone: the one that it gives. */
  readonly machineName?: string;
  /** Of a Clone: what it copies. */
  readonly template?: ManagedObjectReference;
  /** Of a Clone of a group that uses failure domains: the one that it goes to. */
  readonly failureDomain?: string;
  /** Of a CreateFolder: the default folder and the group's own folder are made one after the other. */
  readonly folderName?: string;
  readonly folderParent?: ManagedObjectReference;
  /** Of a Reconfigure. The spec may ask for another size by the time the task ends. */
  readonly size?: MachineSize;
  /** Of a SizeDisks, as a key. */
  readonly disks?: string;
}

/**
 * - Sent: the call or its task is under way.
 * - Done: vCenter answered with success, but the inventory does not show the effect yet.
 * - Unknown: the reply or the task was lost; a live read finds out what happened.
 */
export type InFlightState = 'Sent' | 'Done' | 'Unknown';

export interface InFlightOperation extends Subject {
  readonly key: string;
  readonly operation: Operation;
  readonly sentAt: Moment;
  readonly state: InFlightState;
  readonly stateSinceMs: number;
  readonly task?: ManagedObjectReference;
  /** Whether an observation has seen the effect while the task still ran. */
  readonly effectSeen?: boolean;
  /** Of a Shutdown that vCenter refused: the guest will not shut down. */
  readonly refused?: boolean;
}

/** The operations of one group that are in flight, by the key of their action. */
export class InFlight {
  readonly #operations = new Map<string, InFlightOperation>();

  get operations(): readonly InFlightOperation[] {
    return [...this.#operations.values()];
  }

  get(key: string): InFlightOperation | undefined {
    return this.#operations.get(key);
  }

  sent(key: string, operation: Operation, subject: Subject, at: Moment): void {
    this.#operations.set(key, { key, operation, ...subject, sentAt: at, state: 'Sent', stateSinceMs: at.monotonicMs });
  }

  /** vCenter has accepted the call as this task. */
  accepted(key: string, task: ManagedObjectReference): void {
    this.#change(key, { task });
  }

  /**
   * The task succeeded, or its end is unknown: the operation is in flight until the inventory or a live read shows
   * which.
   */
  ended(key: string, state: 'Done' | 'Unknown', nowMs: number): void {
    this.#change(key, { state, stateSinceMs: nowMs });
  }

  /** The guest will not shut down, however long we wait. */
  refused(key: string): void {
    this.#change(key, { state: 'Done', refused: true });
  }

  /** The effect is in the inventory, or it is certain that there is none. */
  remove(key: string): void {
    this.#operations.delete(key);
  }

  /** Takes over what an observation has left in flight, and drops the others: it has seen their effect. */
  replace(operations: readonly InFlightOperation[]): void {
    this.#operations.clear();
    for (const operation of operations) this.#operations.set(operation.key, operation);
  }

  #change(key: string, change: Partial<InFlightOperation>): void {
    const known = this.#operations.get(key);
    if (known !== undefined) this.#operations.set(key, { ...known, ...change });
  }
}
