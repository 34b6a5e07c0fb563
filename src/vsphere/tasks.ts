/**
 * The ends of our tasks, through a list view in the stream. Edits of the view are gathered, since each makes vCenter
 * look at all members again. A task without news for a minute is read live; one that vCenter no longer knows ends Unknown.
 */
import type { CancelTimer, Clock } from '../time/clock';
import { isDataObject } from './faults/classify';
import { errorOfLocalizedFault } from './faults/fault-error';
import type { Log } from './log';
import { type ManagedObjectReference, refKey, type WorkOutcome } from './port';
import { readObjects } from './property-reader';
import type { Session } from './session';
import type { AnyValue } from './vim25/describe';
import type { TaskInfo } from './vim25/types';
import { refOf } from './virtual-machine';
import { toFailure, transportError, VsphereError } from './vsphere-error';

const GATHER_MS = 50;
const RETRY_MS = 1_000;
const SILENT_MS = 60_000;
const CHECK_MS = 15_000;

interface Followed {
  readonly ref: ManagedObjectReference;
  readonly onEnd: (outcome: WorkOutcome) => void;
  lastNewsMs: number;
  progressPercent?: number;
}

interface Attached {
  readonly view: ManagedObjectReference;
  readonly ended: AbortController;
  /** Members of the view, as far as our edits were accepted. */
  readonly members: Map<string, ManagedObjectReference>;
  editing: boolean;
}

export class TaskTracker {
  readonly #session: Session;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #followed = new Map<string, Followed>();
  #attached: Attached | undefined;
  #stopCheck: CancelTimer | undefined;

  constructor(session: Session, clock: Clock, log: Log) {
    this.#session = session;
    this.#clock = clock;
    this.#log = log;
  }

  /** Calls `onEnd` once, when the task has ended or is lost. */
  follow(ref: ManagedObjectReference, onEnd: (outcome: WorkOutcome) => void): void {
    this.#followed.set(refKey(ref), { ref, onEnd, lastNewsMs: this.#clock.monotonicMs() });
    this.#scheduleEdit(GATHER_MS);
    this.#scheduleCheck();
  }

  /** As vCenter tells it; undefined when it doesn't, or when the task is not followed. */
  progressPercent(ref: ManagedObjectReference): number | undefined {
    return this.#followed.get(refKey(ref))?.progressPercent;
  }

  /** A new stream with an empty list view. */
  attach(view: ManagedObjectReference): void {
    this.#attached = { view, ended: new AbortController(), members: new Map(), editing: false };
    this.#scheduleEdit(0);
    this.#scheduleCheck();
  }

  detach(): void {
    this.#attached?.ended.abort();
    this.#attached = undefined;
    this.#stopCheck?.();
    this.#stopCheck = undefined;
  }

  /** News from the stream: the value of the task's info. */
  update(ref: ManagedObjectReference, value: AnyValue | undefined): void {
    const followed = this.#followed.get(refKey(ref));
    if (followed === undefined || !isDataObject(value) || value.xsiType !== 'TaskInfo') return;
    const info = value as unknown as TaskInfo;
    followed.lastNewsMs = this.#clock.monotonicMs();
    if (info.progress !== undefined) followed.progressPercent = info.progress;
    if (info.state === 'success') this.#end(followed, succeeded(info));
    else if (info.state === 'error') this.#end(followed, failed(info));
  }

  #end(followed: Followed, outcome: WorkOutcome): void {
    this.#followed.delete(refKey(followed.ref));
    if (this.#followed.size === 0) {
      this.#stopCheck?.();
      this.#stopCheck = undefined;
    }
    followed.onEnd(outcome);
  }

  #lose(followed: Followed): void {
    const message = `vCenter no longer knows the ${refKey(followed.ref)}; whether it took effect is unknown.`;
    this.#end(followed, { kind: 'Unknown', failure: transportError('TaskLost', message, 'Unknown') });
  }

  // --- the list view ---

  #scheduleEdit(delayMs: number): void {
    const attached = this.#attached;
    if (attached === undefined || attached.editing || this.#missing(attached).length === 0) return;
    attached.editing = true;
    this.#clock.setTimer(delayMs, () => {
      if (attached.ended.signal.aborted) return;
      this.#edit(attached).then(
        () => {
          attached.editing = false;
          this.#scheduleEdit(GATHER_MS);
        },
        (error) => {
          if (attached.ended.signal.aborted) return;
          attached.editing = false;
          this.#log.warn('the task list was not edited', { code: VsphereError.from(error).code });
          this.#scheduleEdit(RETRY_MS);
        },
      );
    });
  }

  #missing(attached: Attached): readonly ManagedObjectReference[] {
    return [...this.#followed].filter(([key]) => !attached.members.has(key)).map(([, { ref }]) => ref);
  }

  /** Adds what is followed, and takes the occasion to remove what has ended. */
  async #edit(attached: Attached): Promise<void> {
    const add = this.#missing(attached);
    const remove = [...attached.members].filter(([key]) => !this.#followed.has(key)).map(([, ref]) => ref);
    if (add.length === 0) return;
    const call = { operationId: 'vmop-tasks', signal: attached.ended.signal };
    const unresolved = await this.#session.invoke('ModifyListView', attached.view, { add, remove }, call);
    for (const ref of remove) attached.members.delete(refKey(ref));
    for (const ref of add) attached.members.set(refKey(ref), ref);
    if (unresolved !== undefined && unresolved.length > 0) await this.#readLive(unresolved, attached.ended.signal);
  }

  // --- silence ---

  #scheduleCheck(): void {
    if (this.#stopCheck !== undefined || this.#attached === undefined || this.#followed.size === 0) return;
    this.#stopCheck = this.#clock.setTimer(CHECK_MS, () => {
      this.#stopCheck = undefined;
      const attached = this.#attached;
      const now = this.#clock.monotonicMs();
      const silent = [...this.#followed.values()].filter(({ lastNewsMs }) => now - lastNewsMs >= SILENT_MS);
      this.#scheduleCheck();
      if (attached === undefined || silent.length === 0) return;
      for (const followed of silent) followed.lastNewsMs = now;
      this.#readLive(
        silent.map(({ ref }) => ref),
        attached.ended.signal,
      ).catch((error) => this.#log.warn('silent tasks were not read', { code: VsphereError.from(error).code }));
    });
  }

  async #readLive(refs: readonly ManagedObjectReference[], signal: AbortSignal): Promise<void> {
    const { objects } = await readObjects(this.#session, refs, ['info'], { operationId: 'vmop-tasks', signal });
    const known = new Set(objects.map(({ obj }) => refKey(obj)));
    for (const { obj, propSet } of objects) this.update(obj, propSet?.find(({ name }) => name === 'info')?.val);
    for (const ref of refs) {
      const followed = this.#followed.get(refKey(ref));
      if (followed !== undefined && !known.has(refKey(ref))) this.#lose(followed);
    }
  }
}

function succeeded(info: TaskInfo): WorkOutcome {
  const result = refOf(info.result);
  return result === undefined ? { kind: 'Succeeded' } : { kind: 'Succeeded', result };
}

function failed(info: TaskInfo): WorkOutcome {
  const error =
    info.error === undefined
      ? transportError('TaskLost', 'The task failed without an error.', 'Unknown')
      : errorOfLocalizedFault(info.error);
  return { kind: error.outcome === 'Unknown' ? 'Unknown' : 'Failed', failure: toFailure(error) };
}
