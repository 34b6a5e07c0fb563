/**
 * What was sent to vCenter for one group and is not yet seen there, and what failed. In memory only; after a restart
 * the marks in vCenter, the folder's content and the status take its place (R7).
 */
import { type Slot, slotKey } from '../../api/identity';
import type { FailureVerdict, ManagedObjectReference, VsphereFailure } from '../../vsphere/port';
import { REPAIR_HOLDS_AFTER_MS } from './backoff';
import type { MachineSize } from './machine-size';
import type { Moment } from './port';

export type Operation =
  | 'CreateFolder'
  | 'Clone'
  | 'Reconfigure'
  | 'PowerOn'
  | 'PowerOff'
  /** A request to the guest; it has no task, and its entry stays until the machine is off. */
  | 'Shutdown'
  | 'Destroy'
  | 'Adopt'
  | 'RenameFolder'
  | 'ReleaseMarks'
  | 'DestroyFolder'
  | 'Settle';

/** What an operation is about: a slot, a machine that holds a slot, or the group's folder. */
export interface Subject {
  readonly slot?: Slot;
  readonly machine?: ManagedObjectReference;
  /** Of a Clone: what it copies. */
  readonly template?: ManagedObjectReference;
  /** Of a folder to be made: the default folder and the group's own are made one after the other. */
  readonly folderName?: string;
  /** Of a Reconfigure. The spec may ask for another one by the time it has ended. */
  readonly size?: MachineSize;
}

/**
 * - Sent: the call or its task is under way.
 * - Done: vCenter reported success, the inventory does not show it yet.
 * - Unknown: the reply or the task was lost; a live read decides.
 */
export type EntryState = 'Sent' | 'Done' | 'Unknown';

export interface LedgerEntry extends Subject {
  readonly key: string;
  readonly operation: Operation;
  readonly sentAt: Moment;
  readonly state: EntryState;
  readonly stateSinceMs: number;
  readonly task?: ManagedObjectReference;
  /** Of a Shutdown that vCenter refused: the guest will not do it. */
  readonly refused?: boolean;
}

/** A failure and when to try again. */
export interface Fault {
  readonly class: FailureVerdict['apiClass'];
  readonly reason: string;
  readonly message: string;
  readonly since: Moment;
  readonly attempts: number;
  /** Monotonic time of the last failure. */
  readonly failedAtMs: number;
  /** Wall time for the status, monotonic for the decision. */
  readonly retryAt: Moment;
  /** metadata.generation and retry annotation at the time: another value makes the retry due at once. */
  readonly wakeToken: string;
}

/** Repairs of one slot: how often its machine was found off and switched on again. */
export interface Repair {
  readonly lastMs: number;
  readonly count: number;
}

export const FOLDER_FAULT = 'folder';

export class Ledger {
  readonly #entries = new Map<string, LedgerEntry>();
  readonly #faults = new Map<string, Fault>();
  readonly #repairs = new Map<string, Repair>();
  readonly #seenOn = new Set<string>();
  readonly #readySince = new Map<string, Moment>();
  readonly #hotAddRefused = new Map<string, string>();

  get entries(): readonly LedgerEntry[] {
    return [...this.#entries.values()];
  }

  entry(key: string): LedgerEntry | undefined {
    return this.#entries.get(key);
  }

  get faults(): ReadonlyMap<string, Fault> {
    return this.#faults;
  }

  get repairs(): ReadonlyMap<string, Repair> {
    return this.#repairs;
  }

  get hotAddRefused(): ReadonlyMap<string, string> {
    return this.#hotAddRefused;
  }

  sent(key: string, operation: Operation, subject: Subject, at: Moment): void {
    this.#entries.set(key, { key, operation, ...subject, sentAt: at, state: 'Sent', stateSinceMs: at.monotonicMs });
  }

  task(key: string, task: ManagedObjectReference): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#entries.set(key, { ...entry, task });
  }

  /** vCenter reported success, or nobody knows: the entry stays until the inventory or a live read tells. */
  ended(key: string, state: 'Done' | 'Unknown', nowMs: number): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#entries.set(key, { ...entry, state, stateSinceMs: nowMs });
  }

  /** The guest will not shut down, whatever time it is given. */
  refused(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#entries.set(key, { ...entry, state: 'Done', refused: true });
  }

  /** The effect is in the inventory, or it is certain that there is none. */
  remove(key: string): void {
    this.#entries.delete(key);
  }

  fault(subject: string, fault: Fault): void {
    this.#faults.set(subject, fault);
  }

  succeeded(subject: string): void {
    this.#faults.delete(subject);
  }

  /** The slot's machine was seen switched on: the next time it is found off, switching it on is a repair. */
  sawOn(subject: string): void {
    this.#seenOn.add(subject);
  }

  /** It is off because we switched it off: the next power-on is no repair. */
  switchedOff(subject: string): void {
    this.#seenOn.delete(subject);
  }

  /** vCenter would not give a running machine this size. */
  hotAddWasRefused(subject: string, size: string): void {
    this.#hotAddRefused.set(subject, size);
  }

  forgetHotAddRefusal(subject: string): void {
    this.#hotAddRefused.delete(subject);
  }

  /** Since when a machine (by its reference's value) has been ready; told anew with each look. */
  sawReady(machine: string, ready: boolean, now: Moment): Moment | undefined {
    if (!ready) {
      this.#readySince.delete(machine);
      return undefined;
    }
    const since = this.#readySince.get(machine) ?? now;
    this.#readySince.set(machine, since);
    return since;
  }

  /** Forgets machines that are not there any more. */
  keepOnly(machines: ReadonlySet<string>): void {
    for (const machine of this.#readySince.keys()) if (!machines.has(machine)) this.#readySince.delete(machine);
  }

  poweredOn(subject: string, nowMs: number): void {
    if (!this.#seenOn.has(subject)) return;
    this.#repairs.set(subject, { lastMs: nowMs, count: (this.#repairs.get(subject)?.count ?? 0) + 1 });
  }

  /** A machine that stayed right for long enough has forgotten its repairs. */
  forgetOldRepair(subject: string, nowMs: number): void {
    const repair = this.#repairs.get(subject);
    if (repair !== undefined && nowMs - repair.lastMs > REPAIR_HOLDS_AFTER_MS) this.#repairs.delete(subject);
  }
}

/** The subject under which faults are kept: the slot, or the folder. */
export function faultSubject(subject: Subject): string {
  return subject.slot === undefined ? FOLDER_FAULT : slotKey(subject.slot);
}

/** The next fault of a subject after one more failure. */
export function nextFault(
  previous: Fault | undefined,
  failure: VsphereFailure,
  verdict: FailureVerdict,
  wakeToken: string,
  now: Moment,
  delayMs: (attempts: number) => number,
): Fault {
  const series = previous !== undefined && previous.reason === verdict.reason ? previous : undefined;
  const attempts = (series?.attempts ?? 0) + 1;
  const wait = delayMs(attempts);
  return {
    class: verdict.apiClass,
    reason: verdict.reason,
    message: failure.message.slice(0, 512),
    since: series?.since ?? now,
    attempts,
    failedAtMs: now.monotonicMs,
    retryAt: { wallMs: now.wallMs + wait, monotonicMs: now.monotonicMs + wait },
    wakeToken,
  };
}
