import { refKey } from '../../../src/vsphere/port';
import type { ApiCall } from '../api-connection';
import type { OperatorProcess } from '../operator-process';
import { GROUP_AGE_MS, ownerOf, type Watched, type Watcher } from './watcher';

const FAILED = 'CustomizationFault';

interface Told {
  readonly groupUid: string;
  /** Who wrote the status that said so, and when. */
  readonly by: OperatorProcess;
  readonly atMs: number;
}

/**
 * R2: a machine that a clone left behind without the customization of its guest is not powered on, for it would be a second one
 * of the template. Only what the status has told counts: an operator that ends before that, or that does not hear of the
 * failure, cannot tell the machine from others (docs/vsphere.md#guest-customization).
 */
export class CustomizationWatcher implements Watcher {
  readonly #told = new Map<string, Told>();
  #writes: { readonly process: OperatorProcess; readonly key: string }[] = [];

  constructor(private readonly watched: Watched) {}

  /** Whether the API server takes it shows when the next call comes. */
  requestArrives(process: OperatorProcess, { name, request }: ApiCall): void {
    this.#look();
    if (name !== 'PATCH status') return;
    const [, namespace, group] = /\/namespaces\/([^/]+)\/vmgroups\/([^/]+)\//.exec(request.path) ?? [];
    this.#writes.push({ process, key: `${namespace}/${group}` });
  }

  callArrives(
    process: OperatorProcess,
    { method, self, operationId }: Parameters<NonNullable<Watcher['callArrives']>>[1],
  ) {
    if (method !== 'PowerOnVM_Task') return;
    this.#look();
    const { vcenter, clock, restoredAtMs } = this.watched;
    const machine = vcenter.truth.machines.get(refKey(self));
    const told = this.#told.get(refKey(self));
    if (machine === undefined || told === undefined || told.atMs <= restoredAtMs) return;
    if (ownerOf(machine)?.groupUid !== told.groupUid) return;
    if (process !== told.by && clock.monotonicMs() - told.atMs < GROUP_AGE_MS) return;
    this.watched.violated(
      `R2: ${process.name} powers on ${machine.name} (${operationId}), which was left without customization`,
    );
  }

  truthChanged(ref: Parameters<NonNullable<Watcher['truthChanged']>>[0]): void {
    if (this.#told.size === 0) return;
    // Somebody powered it on by hand: what comes up then is up.
    if (this.watched.vcenter.truth.machines.get(refKey(ref))?.powerState !== 'poweredOff')
      this.#told.delete(refKey(ref));
  }

  #look(): void {
    if (this.#writes.length === 0) return;
    const writes = this.#writes;
    this.#writes = [];
    const { vcenter, users, clock } = this.watched;
    for (const { process, key } of writes)
      for (const { moRef, fault } of users.get(key)?.status?.replicas ?? []) {
        if (fault?.reason !== FAILED || moRef === undefined) continue;
        const machine = [...vcenter.truth.machines.values()].find(({ ref }) => ref.value === moRef);
        const groupUid = machine && ownerOf(machine)?.groupUid;
        if (machine?.isUncustomized !== true || groupUid === undefined || machine.powerState !== 'poweredOff') continue;
        const known = this.#told.get(refKey(machine.ref));
        this.#told.set(refKey(machine.ref), known ?? { groupUid, by: process, atMs: clock.monotonicMs() });
      }
  }
}
