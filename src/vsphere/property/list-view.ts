/**
 * The members of a list view in the stream, all of one type, so that the value of a reference is key enough. Edits are gathered, since each makes vCenter look at all members again, and
 * vcsim tell all of them again. A member that is to go waits for the next one to come, or for `removalsWaitMs`.
 */
import type { CancelTimer, Clock } from '../../time/clock';
import type { ManagedObjectReference } from '../port';
import type { Log } from '../session/log';
import type { Session } from '../session/session';
import { VsphereError } from '../vim25/vsphere-error';

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

interface Wish {
  readonly ref: ManagedObjectReference;
  readonly isMember: boolean;
}

export class ListView {
  readonly #options: ListViewMembersOptions;
  /** As far as our edits were accepted. */
  readonly #members = new Set<string>();
  /** What was wanted since the last edit: the rest is wanted as it is. */
  #wishes = new Map<string, Wish>();
  #stopTimer: CancelTimer | undefined;
  #timerDueMs = Number.POSITIVE_INFINITY;
  #editing: Promise<void> | undefined;

  constructor(options: ListViewMembersOptions) {
    this.#options = options;
  }

  /** Whether nothing was ever taken in, as far as is known. */
  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  add(ref: ManagedObjectReference, withinMs = this.#options.gatherMs): void {
    if (this.#isWanted(ref)) return;
    this.#wishes.set(ref.value, { ref, isMember: true });
    if (!this.#members.has(ref.value)) this.#schedule(withinMs);
  }

  /** `isGone`: vCenter drops it by itself, so that it is never worth an edit of its own. */
  remove(ref: ManagedObjectReference, isGone = false): void {
    if (!this.#isWanted(ref)) return;
    this.#wishes.set(ref.value, { ref, isMember: false });
    const { removalsWaitMs } = this.#options;
    if (!isGone && removalsWaitMs !== undefined) this.#schedule(removalsWaitMs);
  }

  #isWanted({ value }: ManagedObjectReference): boolean {
    return this.#wishes.get(value)?.isMember ?? this.#members.has(value);
  }

  /** Makes the view hold what it should, now. Rejects with a VsphereError; then the edit will be made again. */
  async edit(): Promise<void> {
    while (this.#editing !== undefined) await this.#editing.catch(() => undefined);
    this.#stopTimer?.();
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    const wishes = [...this.#wishes.values()];
    this.#wishes.clear();
    const differing = wishes.filter(({ ref, isMember }) => isMember !== this.#members.has(ref.value));
    if (differing.length === 0) return;
    this.#editing = this.#modify(differing).finally(() => {
      this.#editing = undefined;
    });
    await this.#editing;
  }

  async #modify(wishes: readonly Wish[]): Promise<void> {
    const { session, view, operationId, signal, onUnresolved, onRemoved } = this.#options;
    const add = wishes.filter(({ isMember }) => isMember).map(({ ref }) => ref);
    const remove = wishes.filter(({ isMember }) => !isMember).map(({ ref }) => ref);
    // From here on, so that what is wanted meanwhile is compared with what will be.
    for (const { ref, isMember } of wishes) this.#count(ref, isMember);
    try {
      const unresolved = await session.invoke('ModifyListView', view, { add, remove }, { operationId, signal });
      onRemoved?.(remove);
      if (unresolved !== undefined && unresolved.length > 0) await onUnresolved?.(unresolved);
    } catch (error) {
      // Nobody knows what it has done: it is made again, but for what was wanted otherwise meanwhile.
      for (const wish of wishes) {
        this.#count(wish.ref, !wish.isMember);
        if (!this.#wishes.has(wish.ref.value)) this.#wishes.set(wish.ref.value, wish);
      }
      throw error;
    }
  }

  #count({ value }: ManagedObjectReference, isMember: boolean): void {
    if (isMember) this.#members.add(value);
    else this.#members.delete(value);
  }

  #schedule(delayMs: number): void {
    const { clock, signal } = this.#options;
    const dueMs = clock.monotonicMs() + delayMs;
    if (signal.aborted || dueMs >= this.#timerDueMs) return;
    this.#stopTimer?.();
    this.#timerDueMs = dueMs;
    this.#stopTimer = clock.setTimer(delayMs, () => {
      this.#timerDueMs = Number.POSITIVE_INFINITY;
      if (!signal.aborted) void this.#editAndGoOn();
    });
  }

  async #editAndGoOn(): Promise<void> {
    const { gatherMs, removalsWaitMs, signal, log, operationId } = this.#options;
    let soonestMs = gatherMs;
    try {
      await this.edit();
    } catch (error) {
      soonestMs = RETRY_MS;
      if (!signal.aborted) log.warn('a list view was not edited', { operationId, code: VsphereError.from(error).code });
    }
    const comes = [...this.#wishes.values()].some(({ ref, isMember }) => isMember && !this.#members.has(ref.value));
    if (comes) this.#schedule(soonestMs);
    else if (this.#wishes.size > 0 && removalsWaitMs !== undefined) this.#schedule(Math.max(soonestMs, removalsWaitMs));
  }
}
