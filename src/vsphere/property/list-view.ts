/**
 * The members of a list view that the stream watches. All members have one type, so the value of a reference is enough
 * as a key. Edits are gathered: after each edit vCenter looks at all members again (docs/vsphere.md#views). The removal
 * of a member waits for the next member to add, or for `removalsWaitMs`.
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
  /** The operation id of its calls, which its log lines have too. */
  readonly operationId: string;
  readonly gatherMs: number;
  /** How long a removal may wait for a member to add. Default: without limit. */
  readonly removalsWaitMs?: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Called with members that vCenter does not know. */
  readonly onUnresolved?: (refs: readonly ManagedObjectReference[]) => Promise<void>;
  /** Called with members that vCenter has removed. */
  readonly onRemoved?: (refs: readonly ManagedObjectReference[]) => void;
  /** After its abort the view is no longer edited. */
  readonly signal: AbortSignal;
}

interface WantedEdit {
  readonly ref: ManagedObjectReference;
  readonly isMember: boolean;
}

export class ListView {
  readonly #options: ListViewMembersOptions;
  /** The members after all edits that vCenter accepted, and after the one in flight. */
  readonly #members = new Set<string>();
  /** The edits that were wanted since the last ModifyListView. */
  #wanted = new Map<string, WantedEdit>();
  #stopTimer: CancelTimer | undefined;
  #timerDueMs = Number.POSITIVE_INFINITY;
  #editing: Promise<void> | undefined;

  constructor(options: ListViewMembersOptions) {
    this.#options = options;
  }

  /** Whether the view has no members, as far as is known. */
  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  /** Returns whether the view still has it, because its removal was not sent: then no edit makes vCenter tell it again. */
  add(ref: ManagedObjectReference, withinMs = this.#options.gatherMs): boolean {
    if (this.#isWanted(ref)) return false;
    this.#wanted.set(ref.value, { ref, isMember: true });
    const isStillThere = this.#members.has(ref.value);
    if (!isStillThere) this.#schedule(withinMs);
    return isStillThere;
  }

  /** `isGone`: vCenter drops the member by itself, so its removal alone causes no edit. */
  remove(ref: ManagedObjectReference, isGone = false): void {
    if (!this.#isWanted(ref)) return;
    this.#wanted.set(ref.value, { ref, isMember: false });
    const { removalsWaitMs } = this.#options;
    if (!isGone && removalsWaitMs !== undefined) this.#schedule(removalsWaitMs);
  }

  #isWanted({ value }: ManagedObjectReference): boolean {
    return this.#wanted.get(value)?.isMember ?? this.#members.has(value);
  }

  /** Edits the view now. Rejects with a VsphereError; the edit is then wanted again. */
  async edit(): Promise<void> {
    while (this.#editing !== undefined) await this.#editing.catch(() => undefined);
    this.#stopTimer?.();
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    const wanted = [...this.#wanted.values()];
    this.#wanted.clear();
    const edits = wanted.filter(({ ref, isMember }) => isMember !== this.#members.has(ref.value));
    if (edits.length === 0) return;
    this.#editing = this.#modify(edits).finally(() => {
      this.#editing = undefined;
    });
    await this.#editing;
  }

  async #modify(edits: readonly WantedEdit[]): Promise<void> {
    const { session, view, operationId, signal, onUnresolved, onRemoved } = this.#options;
    const add = edits.filter(({ isMember }) => isMember).map(({ ref }) => ref);
    const remove = edits.filter(({ isMember }) => !isMember).map(({ ref }) => ref);
    // Before the call, so that edits that are wanted meanwhile are compared with its result.
    for (const { ref, isMember } of edits) this.#setMember(ref, isMember);
    try {
      const unresolved = await session.invoke('ModifyListView', view, { add, remove }, { operationId, signal });
      onRemoved?.(remove);
      if (unresolved !== undefined && unresolved.length > 0) await onUnresolved?.(unresolved);
    } catch (error) {
      // The outcome may be unknown, so all edits are wanted again, unless something else was wanted meanwhile.
      for (const edit of edits) {
        this.#setMember(edit.ref, !edit.isMember);
        if (!this.#wanted.has(edit.ref.value)) this.#wanted.set(edit.ref.value, edit);
      }
      throw error;
    }
  }

  #setMember({ value }: ManagedObjectReference, isMember: boolean): void {
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
      const { code } = VsphereError.from(error);
      if (!signal.aborted) log.warn('a list view was not edited', { operationId, code });
      // R8: the view itself is gone, with its session or because somebody destroyed it.
      if (code === 'ManagedObjectNotFound') return;
    }
    const wanted = [...this.#wanted.values()];
    const hasAdditions = wanted.some(({ ref, isMember }) => isMember && !this.#members.has(ref.value));
    if (hasAdditions) this.#schedule(soonestMs);
    else if (wanted.length > 0 && removalsWaitMs !== undefined) this.#schedule(Math.max(soonestMs, removalsWaitMs));
  }
}
