import type { VmGroupSpec } from '../../../src/api/vm-group';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import { MODEL_ACCOUNT, type ModelMachine, type SeenCall } from '../../fakes/vcenter';
import type { OperatorProcess } from '../operator-process';
import { MachineReadiness } from './machine-readiness';
import { leastServing, mostMachines } from './rollout-limits';
import { GROUP_AGE_MS, ownerOf, type Watched, type Watcher } from './watcher';

/**
 * maxSurge: the operator makes no more machines than replicas + maxSurge. maxUnavailable: it powers off no machine that
 * serves if fewer than replicas - maxUnavailable others serve. A machine serves when it was ready for minReadySeconds. What
 * people and failures take away does not count against the operator for as long as it may not know of it.
 */
export class RolloutWatcher implements Watcher {
  /** By group UID: its specs, and until when each was the current one. */
  readonly #specs = new Map<string, { readonly spec: VmGroupSpec; untilMs: number }[]>();
  readonly #readiness: MachineReadiness;
  /** Machines that each process has powered off, or asked to shut down. */
  readonly #taken = new WeakMap<OperatorProcess, Set<string>>();
  /** Since when each process sees vCenter. What became ready before that is known to it as ready from then on. */
  readonly #seesSinceMs = new WeakMap<OperatorProcess, number>();
  /** When each process sent its last wait for news. Of what vCenter has not answered since it may know nothing. */
  readonly #waitsSinceMs = new WeakMap<OperatorProcess, number>();
  /** The group that each machine was made for. That another group adopts it later is the wish of a person. */
  readonly #madeFor = new Map<string, string>();
  /** The group of each machine, and when it was destroyed or unregistered, or lost its marks. */
  readonly #machines = new Map<string, { readonly uid: string; goneMs: number | undefined }>();

  constructor(private readonly watched: Watched) {
    this.#readiness = new MachineReadiness(watched.clock);
  }

  groupsChanged(): void {
    const nowMs = this.watched.clock.monotonicMs();
    for (const { metadata, spec } of this.watched.users.list()) {
      const known = this.#specs.get(metadata.uid) ?? [];
      const last = known.at(-1);
      if (last?.spec === spec || JSON.stringify(last?.spec) === JSON.stringify(spec)) continue;
      if (last !== undefined) last.untilMs = nowMs;
      known.push({ spec, untilMs: Number.POSITIVE_INFINITY });
      this.#specs.set(metadata.uid, known);
    }
  }

  truthChanged(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void {
    if (ref.type !== 'VirtualMachine') return;
    const machine = this.watched.vcenter.truth.machines.get(refKey(ref));
    if (change === 'Gone' || machine === undefined) {
      this.#readiness.forget(ref);
      const known = this.#machines.get(refKey(ref));
      if (known !== undefined) known.goneMs ??= this.watched.clock.monotonicMs();
      return;
    }
    const uid = this.#ours(machine);
    const before = this.#machines.get(refKey(ref));
    if (uid !== undefined) this.#machines.set(refKey(ref), { uid, goneMs: undefined });
    else if (before !== undefined) before.goneMs ??= this.watched.clock.monotonicMs();
    this.#readiness.look(machine);
    if (uid === undefined || this.#madeFor.has(refKey(ref)) || machine.madeBy !== MODEL_ACCOUNT.userName) return;
    this.#madeFor.set(refKey(ref), uid);
    this.#checkSurge(machine);
  }

  callLeaves(process: OperatorProcess, { method }: SeenCall): void {
    const nowMs = this.watched.clock.monotonicMs();
    if (method === 'CreatePropertyCollector') this.#seesSinceMs.set(process, nowMs);
    if (method === 'WaitForUpdatesEx') this.#waitsSinceMs.set(process, nowMs);
  }

  callArrives(process: OperatorProcess, { method, self, operationId }: SeenCall): void {
    // It gives back what it has taken.
    if (method === 'PowerOnVM_Task') this.#taken.get(process)?.delete(refKey(self));
    if (method !== 'PowerOffVM_Task' && method !== 'ShutdownGuest') return;
    const machine = this.watched.vcenter.truth.machines.get(refKey(self));
    if (machine === undefined) return;
    this.#checkUnavailable(process, machine, operationId);
    const taken = this.#taken.get(process) ?? new Set();
    taken.add(refKey(self));
    this.#taken.set(process, taken);
  }

  #checkSurge(machine: ModelMachine): void {
    const uid = this.#ours(machine);
    const { vcenter } = this.watched;
    if (uid === undefined || vcenter.hand.registered.has(machine.ref.value)) return;
    // The clone was sent by the spec of that time.
    const specs = this.#specsSince(uid, GROUP_AGE_MS + vcenter.quirks.cloneMs.to + this.watched.slackMs);
    const most = Math.max(...specs.map(mostMachines));
    const names = vcenter.machines
      .filter(({ ref }) => this.#madeFor.get(refKey(ref)) === uid && !vcenter.hand.registered.has(ref.value))
      .filter((other) => this.#ours(other) === uid)
      .map(({ name }) => name);
    if (specs.length > 0 && names.length > most)
      this.watched.violated(`ROLLOUT: maxSurge allows ${most} machines, and there are ${names.length}: ${names}`);
  }

  #checkUnavailable(process: OperatorProcess, machine: ModelMachine, operationId: string): void {
    const { clock, slackMs, users, vcenter, restoredAtMs } = this.watched;
    // A process may still see a deletion that a restore has undone.
    if (clock.monotonicMs() - restoredAtMs < GROUP_AGE_MS) return;
    const uid = this.#ours(machine);
    const group = users.list().find(({ metadata }) => metadata.uid === uid);
    if (uid === undefined || group === undefined || group.metadata.deletionTimestamp !== undefined) return;
    const specs = this.#specsSince(uid, GROUP_AGE_MS);
    if (specs.length === 0 || specs.some(({ powerState }) => powerState === 'PoweredOff')) return;
    const ageMs = clock.monotonicMs() - (this.#seesSinceMs.get(process) ?? Number.POSITIVE_INFINITY);
    const knowsAgeOf = ({ minReadySeconds }: VmGroupSpec) =>
      minReadySeconds === 0 || ageMs > minReadySeconds * 1_000 + slackMs;
    // A machine that the process may think of as not serving costs nothing.
    if (!specs.every((spec) => knowsAgeOf(spec) && this.#readiness.servedFor(machine, spec, slackMs))) return;
    const least = Math.min(...specs.map(leastServing));
    const serving = vcenter.machines.filter(
      (other) => other !== machine && this.#ours(other) === uid && this.#mayServe(process, other, specs),
    );
    const left = serving.length + this.#justGone(process, uid);
    if (left < least)
      this.watched.violated(
        `ROLLOUT: maxUnavailable asks for ${least} machines that serve, and ${operationId} leaves ${left}`,
      );
  }

  /** Machines that people took away, for as long as the process may not know it. Its own destroys begin with a power-off. */
  #justGone(process: OperatorProcess, uid: string): number {
    const sinceMs = this.watched.clock.monotonicMs() - this.#newsAgeMs(process);
    const taken = this.#taken.get(process);
    const isNews = (goneMs: number | undefined) => goneMs !== undefined && goneMs > sinceMs;
    const gone = [...this.#machines].filter(
      ([ref, known]) => known.uid === uid && isNews(known.goneMs) && !taken?.has(ref),
    );
    return gone.length;
  }

  /** Whether the process may think that a machine serves. */
  #mayServe(process: OperatorProcess, machine: ModelMachine, specs: readonly VmGroupSpec[]): boolean {
    if (machine.connectionState !== 'connected') return true;
    const isTaken = this.#taken.get(process)?.has(refKey(machine.ref)) ?? false;
    if (isTaken && (machine.busy !== undefined || machine.powerState !== 'poweredOn')) return false;
    if (specs.some((spec) => this.#readiness.servedFor(machine, spec, 0))) {
      if (machine.busy === undefined) this.#taken.get(process)?.delete(refKey(machine.ref));
      return true;
    }
    return !isTaken && specs.some((spec) => this.#readiness.servedWithin(machine, spec, this.#newsAgeMs(process)));
  }

  /** How old the news may be that a process has not heard. */
  #newsAgeMs(process: OperatorProcess): number {
    const nowMs = this.watched.clock.monotonicMs();
    return nowMs - (this.#waitsSinceMs.get(process) ?? nowMs) + this.watched.slackMs;
  }

  #specsSince(uid: string, ageMs: number): readonly VmGroupSpec[] {
    const sinceMs = this.watched.clock.monotonicMs() - ageMs;
    return (this.#specs.get(uid) ?? []).filter(({ untilMs }) => untilMs >= sinceMs).map(({ spec }) => spec);
  }

  /** The UID of the group, if the machine has marks of this cluster. */
  #ours(machine: ModelMachine): string | undefined {
    const owner = ownerOf(machine);
    return owner?.cluster === this.watched.clusterId ? owner.groupUid : undefined;
  }
}
