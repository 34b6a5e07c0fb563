import { slotKey } from '../api/identity';
import { Annotation, type VmGroup } from '../api/vm-group';
import { Ledger } from './ledger';
import type { Moment } from './port';

/** What the process knows of one group beyond the API server and vCenter. Lost at a restart, by design (R7). */
export class GroupMemory {
  readonly ledger = new Ledger();
  /** Whether the group's deletion is part of an uninstall; asked once, for the answer does not change. */
  uninstalling: boolean | undefined;
  /** Monotonic time of the last report that was written. */
  reportedAtMs = Number.NEGATIVE_INFINITY;

  constructor(readonly uid: string) {}

  /** Failures and their next tries outlive the process in the status (R5, R8). */
  static from(group: VmGroup, now: Moment): GroupMemory {
    const memory = new GroupMemory(group.metadata.uid);
    const token = `${group.status?.observedGeneration ?? 0} ${group.metadata.annotations?.[Annotation.Retry] ?? ''}`;
    for (const replica of group.status?.replicas ?? []) {
      const { fault } = replica;
      if (fault === undefined) continue;
      const sinceMs = Date.parse(fault.since);
      const retryAtMs = Date.parse(fault.retryAt ?? fault.since);
      const wait = Math.max(0, retryAtMs - now.wallMs);
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
