import { ConditionType } from '../../api/conditions';
import { slotKey } from '../../api/identity';
import { Annotation, FINALIZER, type VmGroup } from '../../api/vm-group';
import { actionKeyOf } from '../model/action';
import { LONGEST_RETRY_MS } from '../model/backoff';
import { Ledger } from '../model/ledger';
import type { Moment } from '../model/port';

/** A request that was on its way when its sender died arrives within this time, if ever. */
const PREDECESSOR_REQUEST_MS = 5_000;

/** What the process knows of one group beyond the API server and vCenter. Lost at a restart, by design (R7). */
export class GroupMemory {
  readonly ledger = new Ledger();
  /** Whether the group's deletion is part of an uninstall; asked once, for the answer does not change. */
  uninstalling: boolean | undefined;
  /** Monotonic time of the last report that was written. */
  reportedAtMs = Number.NEGATIVE_INFINITY;
  /** A change of the spec's size is on its way to the replicas. */
  resizing = false;
  /** Of a group that an earlier process has worked on: when its last request has arrived in vCenter, or never will. */
  predecessorQuietAtMs: number | undefined;
  #resizeWish: string;
  #progress: { readonly told: string; readonly atMs: number } | undefined;

  constructor(
    readonly uid: string,
    resizeWish: string,
  ) {
    this.#resizeWish = resizeWish;
  }

  /**
   * Takes note of the spec: another size than before has to reach every replica, and so has the same size when the way
   * to it is changed. Scaling alone restarts no machine that somebody resized in vCenter.
   */
  sawSpec(group: VmGroup): void {
    const wish = resizeWish(group);
    if (wish !== this.#resizeWish) this.resizing = true;
    this.#resizeWish = wish;
  }

  /**
   * Monotonic time of status.lastProgressTime. Measured from when it was first seen here, so that a wall clock that
   * jumps makes no deadline pass.
   */
  progressedAtMs(group: VmGroup, now: Moment): number | undefined {
    const told = group.status?.lastProgressTime;
    if (told === undefined) return undefined;
    if (this.#progress?.told !== told) {
      const first = this.#progress === undefined;
      this.#progress = { told, atMs: first ? since(told, now).monotonicMs : now.monotonicMs };
    }
    return this.#progress.atMs;
  }

  /** Failures and their next tries outlive the process in the status (R5, R8). */
  static from(group: VmGroup, now: Moment): GroupMemory {
    const memory = new GroupMemory(group.metadata.uid, resizeWish(group));
    memory.resizing = wasResizing(group);
    if (group.metadata.finalizers?.includes(FINALIZER)) {
      memory.predecessorQuietAtMs = now.monotonicMs + PREDECESSOR_REQUEST_MS;
    }
    const token = `${group.status?.observedGeneration ?? 0} ${group.metadata.annotations?.[Annotation.Retry] ?? ''}`;
    for (const replica of group.status?.replicas ?? []) {
      const { fault, task, moRef } = replica;
      if (moRef !== undefined && replica.ready && replica.readySince !== undefined) {
        memory.ledger.sawReady(moRef, true, since(replica.readySince, now));
      }
      if (moRef !== undefined && task?.operation === 'Shutdown') {
        const machine = { type: 'VirtualMachine', value: moRef };
        const key = actionKeyOf('Shutdown', machine);
        memory.ledger.sent(key, 'Shutdown', { slot: replica, machine }, since(task.startedAt, now));
        memory.ledger.ended(key, 'Done', now.monotonicMs);
      }
      if (fault === undefined) continue;
      const sinceMs = Date.parse(fault.since);
      const retryAtMs = Date.parse(fault.retryAt ?? fault.since);
      // The wall clock may have jumped back since: no wait is longer than the longest backoff (R8).
      const wait = Math.min(LONGEST_RETRY_MS, Math.max(0, retryAtMs - now.wallMs));
      memory.ledger.fault(slotKey(replica), {
        class: fault.class,
        reason: fault.reason,
        message: fault.message,
        since: { wallMs: sinceMs, monotonicMs: now.monotonicMs },
        attempts: fault.attempts,
        failedAtMs: now.monotonicMs,
        retryAt: { wallMs: retryAtMs, monotonicMs: now.monotonicMs + wait },
        wakeToken: token,
      });
    }
    return memory;
  }
}

/** The size that the spec asks for, and the way to it. */
function resizeWish({ spec }: VmGroup): string {
  return JSON.stringify([spec.cpu, spec.memory, spec.updateStrategy ?? {}]);
}

/** Whether a resize was under way when the last report was written, or the spec has changed since. */
function wasResizing({ metadata, status }: VmGroup): boolean {
  const synced = status?.conditions?.find(({ type }) => type === ConditionType.ConfigSynced);
  if (synced === undefined) return true;
  return synced.observedGeneration !== metadata.generation || synced.reason === 'Reconfiguring';
}

/** A wall time of an earlier process on this process's monotonic clock; one in the future counts as now. */
function since(time: string, now: Moment): Moment {
  const wallMs = Math.min(Date.parse(time), now.wallMs);
  return { wallMs, monotonicMs: now.monotonicMs - (now.wallMs - wallMs) };
}
