import { slotKey } from '../api/identity';
import { Annotation, type VmGroup, type VmGroupStatus } from '../api/vm-group';
import { Ledger } from './ledger';
import type { Moment } from './port';

/** What the process knows of one group beyond the API server and vCenter. Lost at a restart, by design (R7). */
export class GroupMemory {
  readonly ledger = new Ledger();
  /** The newest object that a write of ours was answered with: the store may lag behind it. */
  #answer: VmGroup | undefined;
  #statusWrittenAtMs = Number.NEGATIVE_INFINITY;

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

  /** The newer of the store's object and the last answer, so that no decision rests on a state before our own write. */
  newest(stored: VmGroup): VmGroup {
    if (this.#answer === undefined) return stored;
    if (isNewer(this.#answer.metadata.resourceVersion, stored.metadata.resourceVersion)) return this.#answer;
    return stored;
  }

  answered(group: VmGroup): void {
    this.#answer = group;
  }

  wrote(group: VmGroup): boolean {
    return this.#answer?.metadata.resourceVersion === group.metadata.resourceVersion;
  }

  statusWritten(group: VmGroup, nowMs: number): void {
    this.answered(group);
    this.#statusWrittenAtMs = nowMs;
  }

  /** When the next status may be written: at most one a second per hundred replicas, besides changes of phase. */
  statusDueAtMs(status: VmGroupStatus): number {
    return this.#statusWrittenAtMs + 1000 * Math.ceil(Math.max(1, status.replicas?.length ?? 0) / 100);
  }
}

/** Resource versions of one resource can be compared as numbers (KEP-5504). */
function isNewer(a: string, b: string): boolean {
  return BigInt(a) > BigInt(b);
}
