/**
 * Follows our tasks to their ends, through a list view in the stream (docs/vsphere.md#following-tasks). A task without
 * news for a minute is read live. A task that vCenter no longer knows ends Unknown.
 */
import type { CancelTimer, Clock } from '../../time/clock';
import { isDataObject } from '../fault/classify';
import { errorOfLocalizedFault } from '../fault/fault-error';
import { type ManagedObjectReference, refKey, type WorkOutcome } from '../port';
import { ListView } from '../property/list-view';
import { readObjects } from '../property/property-reader';
import { refOf } from '../property/property-value';
import type { Log } from '../session/log';
import type { Session } from '../session/session';
import type { AnyValue } from '../vim25/describe';
import type { TaskInfo } from '../vim25/types';
import { toFailure, transportError, VsphereError } from '../vim25/vsphere-error';

const GATHER_MS = 50;
const NO_NEWS_MS = 60_000;
const CHECK_MS = 15_000;

/** Who follows a task. */
export interface TaskWatcher {
  /** Called once. */
  readonly onEnd: (outcome: WorkOutcome) => void;
  /** vCenter has not begun with the task yet, or has now. May be called again with the same news. */
  readonly onQueued?: (isQueued: boolean) => void;
}

interface Followed {
  readonly ref: ManagedObjectReference;
  readonly watcher: TaskWatcher;
  lastNewsMs: number;
  progressPercent?: number;
}

interface Attached {
  readonly ended: AbortController;
  readonly members: ListView;
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

  /** Calls `onEnd` when the task has ended, or when vCenter no longer knows it. */
  follow(ref: ManagedObjectReference, watcher: TaskWatcher): void {
    this.#followed.set(refKey(ref), { ref, watcher, lastNewsMs: this.#clock.monotonicMs() });
    this.#attached?.members.add(ref);
    this.#scheduleCheck();
  }

  /** TaskInfo.progress; undefined if vCenter has not sent it, or if the task is not followed. */
  progressPercent(ref: ManagedObjectReference): number | undefined {
    return this.#followed.get(refKey(ref))?.progressPercent;
  }

  /** Begins to use a new stream. `view` is an empty list view. */
  attach(view: ManagedObjectReference): void {
    const ended = new AbortController();
    const members = new ListView({
      session: this.#session,
      view,
      operationId: 'vmop-tasks',
      gatherMs: GATHER_MS,
      clock: this.#clock,
      log: this.#log,
      onUnresolved: (refs) => this.#readLive(refs, ended.signal),
      signal: ended.signal,
    });
    this.#attached = { ended, members };
    // Without delay: the ends of tasks must be seen even if the stream breaks again and again.
    for (const { ref } of this.#followed.values()) members.add(ref, 0);
    this.#scheduleCheck();
  }

  detach(): void {
    this.#attached?.ended.abort();
    this.#attached = undefined;
    this.#stopCheck?.();
    this.#stopCheck = undefined;
  }

  /** Takes the property `info` of a task from the stream. */
  update(ref: ManagedObjectReference, value: AnyValue | undefined): void {
    const followed = this.#followed.get(refKey(ref));
    if (followed === undefined || !isDataObject(value) || value.xsiType !== 'TaskInfo') return;
    const info = value as unknown as TaskInfo;
    followed.lastNewsMs = this.#clock.monotonicMs();
    if (typeof info.progress === 'number') followed.progressPercent = info.progress;
    if (info.state === 'success') this.#end(followed, succeeded(info));
    else if (info.state === 'error') this.#end(followed, failed(info));
    else followed.watcher.onQueued?.(info.state === 'queued');
  }

  #end(followed: Followed, outcome: WorkOutcome): void {
    this.#followed.delete(refKey(followed.ref));
    this.#attached?.members.remove(followed.ref);
    if (this.#followed.size === 0) {
      this.#stopCheck?.();
      this.#stopCheck = undefined;
    }
    followed.watcher.onEnd(outcome);
  }

  #lose(followed: Followed): void {
    const message = `vCenter no longer knows the ${refKey(followed.ref)}; whether it took effect is unknown`;
    this.#end(followed, { kind: 'Unknown', failure: transportError('TaskLost', message, 'Unknown') });
  }

  #scheduleCheck(): void {
    if (this.#stopCheck !== undefined || this.#attached === undefined || this.#followed.size === 0) return;
    this.#stopCheck = this.#clock.setTimer(CHECK_MS, () => {
      this.#stopCheck = undefined;
      const attached = this.#attached;
      const now = this.#clock.monotonicMs();
      const withoutNews = [...this.#followed.values()].filter(({ lastNewsMs }) => now - lastNewsMs >= NO_NEWS_MS);
      this.#scheduleCheck();
      if (attached === undefined || withoutNews.length === 0) return;
      for (const followed of withoutNews) followed.lastNewsMs = now;
      this.#readLive(
        withoutNews.map(({ ref }) => ref),
        attached.ended.signal,
      ).catch((error) => this.#log.warn('tasks without news were not read', { code: VsphereError.from(error).code }));
    });
  }

  async #readLive(refs: readonly ManagedObjectReference[], signal: AbortSignal): Promise<void> {
    const { objects, gone } = await readObjects(this.#session, refs, ['info'], { operationId: 'vmop-tasks', signal });
    for (const { obj, propSet } of objects) this.update(obj, propSet?.find(({ name }) => name === 'info')?.val);
    for (const ref of gone) {
      const followed = this.#followed.get(refKey(ref));
      if (followed !== undefined) this.#lose(followed);
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
      ? transportError('TaskLost', 'the task failed without an error', 'Unknown')
      : errorOfLocalizedFault(info.error);
  return { kind: error.outcome === 'Unknown' ? 'Unknown' : 'Failed', failure: toFailure(error) };
}
