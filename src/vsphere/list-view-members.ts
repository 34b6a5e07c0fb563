/**
 * The members of a list view in the stream, all of one type, so that the value of a reference is key enough. Edits are gathered, since each makes vCenter look at all members again, and
 * vcsim tell all of them again. A member that is to go waits for the next one to come, or for `removalsWaitMs`.
 */
import type { CancelTimer, Clock } from '../time/clock';
import type { Log } from './log';
import type { ManagedObjectReference } from './port';
import type { Session } from './session';
import { VsphereError } from './vsphere-error';

const RETRY_MS = 1_000;

export interface ListViewMembersOptions {
  readonly session: Session;
  readonly view: ManagedObjectReference;
  /** What calls and logs name it. */
  readonly operationId: string;
  readonly gatherMs: number;
  /** Default: members that are to go wait for the next that comes. */
  readonly removalsWaitMs?: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Members that vCenter does not know. */
  readonly onUnresolved?: (refs: readonly ManagedObjectReference[]) => Promise<void>;
  /** Members that vCenter has taken out. */
  readonly onRemoved?: (refs: readonly ManagedObjectReference[]) => void;
  /** Ended, it changes nothing any more. */
  readonly signal: AbortSignal;
}

export class ListViewMembers {
  readonly #options: ListViewMembersOptions;
  readonly #wanted = new Set<string>();
  /** As far as our edits were accepted. */
  readonly #members = new Set<string>();
  /** Whose membership may have to change. */
  #touched = new Map<string, ManagedObjectReference>();
  #stopTimer: CancelTimer | undefined;
  #timerDueMs = Number.POSITIVE_INFINITY;
  #editing = false;

  constructor(options: ListViewMembersOptions) {
    this.#options = options;
  }

  /** How many it should hold. */
  get size(): number {
    return this.#wanted.size;
  }

  add(ref: ManagedObjectReference): void {
    this.#wanted.add(ref.value);
    if (this.#members.has(ref.value)) return;
    this.#touched.set(ref.value, ref);
    this.#schedule(this.#options.gatherMs);
  }

  /** `isGone`: vCenter drops it by itself, so that it is never worth an edit of its own. */
  remove(ref: ManagedObjectReference, isGone = false): void {
    if (!this.#wanted.delete(ref.value)) return;
    this.#touched.set(ref.value, ref);
    const { removalsWaitMs } = this.#options;
    if (!isGone && removalsWaitMs !== undefined) this.#schedule(removalsWaitMs);
  }

  /** Makes the view hold what it should, now. Rejects with a VsphereError; then the edit will be made again. */
  async edit(): Promise<void> {
    const { session, view, operationId, signal, onUnresolved, onRemoved } = this.#options;
    this.#stopTimer?.();
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    const touched = this.#touched;
    this.#touched = new Map();
    const differing = [...touched].filter(([key]) => this.#wanted.has(key) !== this.#members.has(key));
    const add = differing.filter(([key]) => this.#wanted.has(key)).map(([, ref]) => ref);
    const remove = differing.filter(([key]) => !this.#wanted.has(key)).map(([, ref]) => ref);
    if (add.length === 0 && remove.length === 0) return;
    try {
      const unresolved = await session.invoke('ModifyListView', view, { add, remove }, { operationId, signal });
      for (const ref of remove) this.#members.delete(ref.value);
      for (const ref of add) this.#members.add(ref.value);
      onRemoved?.(remove);
      if (unresolved !== undefined && unresolved.length > 0) await onUnresolved?.(unresolved);
    } catch (error) {
      for (const [key, ref] of touched) this.#touched.set(key, ref);
      throw error;
    }
  }

  #schedule(delayMs: number): void {
    const { clock, signal } = this.#options;
    const dueMs = clock.monotonicMs() + delayMs;
    if (this.#editing || signal.aborted || dueMs >= this.#timerDueMs) return;
    this.#stopTimer?.();
    this.#timerDueMs = dueMs;
    this.#stopTimer = clock.setTimer(delayMs, () => {
      if (!signal.aborted) void this.#editAndGoOn();
    });
  }

  async #editAndGoOn(): Promise<void> {
    const { gatherMs, removalsWaitMs, signal, log, operationId } = this.#options;
    this.#editing = true;
    let soonestMs = gatherMs;
    try {
      await this.edit();
    } catch (error) {
      soonestMs = RETRY_MS;
      if (!signal.aborted) log.warn('a list view was not edited', { operationId, code: VsphereError.from(error).code });
    }
    this.#editing = false;
    const comes = [...this.#touched.keys()].some((key) => this.#wanted.has(key) && !this.#members.has(key));
    if (comes) this.#schedule(soonestMs);
    else if (this.#touched.size > 0 && removalsWaitMs !== undefined)
      this.#schedule(Math.max(soonestMs, removalsWaitMs));
  }
}
