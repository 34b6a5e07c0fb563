import { Mark } from '../../../src/api/ownership';
import { FINALIZER, type VmGroup } from '../../../src/api/vm-group';
import { refKey } from '../../../src/vsphere/port';
import type { SeenCall } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import { GROUP_AGE_MS, isMutation, ownerOf, type Watched, type Watcher } from './watcher';

/**
 * R13: nothing is changed before the first full sync or while the stream is down. Nothing is changed for a group before
 * the API server has confirmed its finalizer. A machine is destroyed only for a group that exists.
 */
export class KnownWorldWatcher implements Watcher {
  /** Until when the connection of each process was ready; infinite while it is. */
  readonly #readyUntilMs = new WeakMap<OperatorProcess, number>();

  constructor(private readonly watched: Watched) {}

  callLeaves(process: OperatorProcess, call: SeenCall): void {
    if (!isMutation(call)) return;
    this.#checkStream(process, call);
    this.#checkGroup(call);
  }

  stepped(): void {
    for (const process of this.watched.processes) {
      const isReady = process.connectionTo(this.watched.vcenter)?.status.kind === 'Ready';
      const known = this.#readyUntilMs.get(process);
      if (isReady && known !== Number.POSITIVE_INFINITY) this.#readyUntilMs.set(process, Number.POSITIVE_INFINITY);
      else if (!isReady && known === Number.POSITIVE_INFINITY)
        this.#readyUntilMs.set(process, this.watched.clock.monotonicMs());
    }
  }

  #checkStream(process: OperatorProcess, { method, operationId }: SeenCall): void {
    if (process.connectionTo(this.watched.vcenter)?.status.kind === 'Ready') return;
    const untilMs = this.#readyUntilMs.get(process);
    // A call may follow a live read that came before the stream broke.
    if (untilMs !== undefined && this.watched.clock.monotonicMs() - untilMs <= this.watched.slackMs) return;
    this.watched.violated(`R13: ${method} (${operationId}) while the inventory is not known`);
  }

  #checkGroup(call: SeenCall): void {
    const uid = this.#groupUidOf(call);
    if (uid === undefined) return;
    const { users, clock, restoredAtMs } = this.watched;
    const group = users.list().find(({ metadata }) => metadata.uid === uid);
    // A process that is cut off does not know yet that a restore took the finalizer away.
    const mayBeRestored = clock.monotonicMs() - restoredAtMs < GROUP_AGE_MS;
    if (group === undefined) {
      if (call.method === 'Destroy_Task' && this.#goneForLong(uid))
        this.watched.violated(`R13: ${call.method} on ${call.self.value} for a group that is long gone`);
    } else if (group.metadata.deletionTimestamp === undefined && !hasFinalizer(group) && !mayBeRestored)
      this.watched.violated(`R13: ${call.method} (${call.operationId}) before the finalizer of its group is confirmed`);
  }

  readonly #missingSinceMs = new Map<string, number>();

  #goneForLong(uid: string): boolean {
    const nowMs = this.watched.clock.monotonicMs();
    const sinceMs = this.#missingSinceMs.get(uid) ?? nowMs;
    this.#missingSinceMs.set(uid, sinceMs);
    return nowMs - sinceMs > 60_000;
  }

  #groupUidOf({ method, self, parameters }: SeenCall): string | undefined {
    if (method === 'CloneVM_Task') {
      const { spec } = parameters as {
        spec?: { config?: { extraConfig?: readonly { key: string; value: unknown }[] } };
      };
      const uid = spec?.config?.extraConfig?.find(({ key }) => key === Mark.Uid)?.value;
      return typeof uid === 'string' ? uid : undefined;
    }
    const machine = this.watched.vcenter.truth.machines.get(refKey(self));
    return machine && ownerOf(machine)?.groupUid;
  }
}

function hasFinalizer({ metadata }: VmGroup): boolean {
  return metadata.finalizers?.includes(FINALIZER) ?? false;
}
