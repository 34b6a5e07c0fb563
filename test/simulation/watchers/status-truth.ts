import { revisionOf } from '../../../src/api/identity';
import type { VmGroupSpec, VmGroupStatus } from '../../../src/api/vm-group';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { ApiCall } from '../api-connection';
import type { OperatorProcess } from '../operator-process';
import { ownerOf, type Watched, type Watcher } from './watcher';

interface Past {
  /** Number of machines that are powered on, by group and revision. */
  readonly good: ReadonlyMap<string, number>;
  untilMs: number;
}

/** Time for the write itself, in addition to the age of the picture: the API server may be slow. */
const WRITE_MS = 5_000;

/** R5: the phase is RUNNING only if every replica existed, was of the current revision and was powered on. */
export class StatusWatcher implements Watcher {
  /** By group and generation: until when all of that was true; infinite while it is. */
  readonly #wholeUntilMs = new Map<string, number>();
  /** Former states, and until when they lasted. States that are too old for any process to act by are dropped. */
  readonly #past: Past[] = [];
  /** Until when each machine was powered on; infinite while it is. */
  readonly #onUntilMs = new Map<string, number>();
  readonly #specs = new Map<string, { readonly uid: string; readonly spec: VmGroupSpec }>();

  constructor(private readonly watched: Watched) {}

  truthChanged(ref: ManagedObjectReference): void {
    if (ref.type === 'VirtualMachine') this.#look();
  }

  groupsChanged(): void {
    this.#look();
  }

  requestArrives(process: OperatorProcess, { name, request }: ApiCall): void {
    if (name !== 'PATCH status') return;
    const { status } = request.body as { status?: VmGroupStatus };
    if (status?.phase !== 'RUNNING') return;
    const [, namespace, group] = /\/namespaces\/([^/]+)\/vmgroups\/([^/]+)\//.exec(request.path) ?? [];
    const stored = this.watched.users.get(`${namespace}/${group}`);
    if (stored === undefined) return;
    const { clock, slackMs } = this.watched;
    const untilMs = this.#wholeUntilMs.get(`${stored.metadata.uid} ${status.observedGeneration}`);
    if (untilMs !== undefined && clock.monotonicMs() - untilMs <= slackMs + WRITE_MS) return;
    const when = untilMs === undefined ? 'never' : `not for ${Math.round(clock.monotonicMs() - untilMs)} ms`;
    this.watched.violated(
      `R5: ${process.name} says RUNNING of ${group} for generation ${status.observedGeneration}, which was ${when} true`,
    );
  }

  #look(): void {
    const nowMs = this.watched.clock.monotonicMs();
    const last = this.#past.at(-1);
    if (last !== undefined) last.untilMs = nowMs;
    while ((this.#past[0]?.untilMs ?? nowMs) < nowMs - this.watched.slackMs) this.#past.shift();
    this.#past.push({ good: this.#goodMachines(), untilMs: Number.POSITIVE_INFINITY });
    for (const { metadata, spec } of this.watched.users.list())
      this.#specs.set(`${metadata.uid} ${metadata.generation}`, { uid: metadata.uid, spec });
    // Old generations count too, because the operator may not have seen the next one yet. So do times shortly before a
    // generation, because the operator may not have seen later changes in vCenter yet.
    for (const [key, { uid, spec }] of this.#specs) {
      const isWhole = ({ good }: Past) => (good.get(`${uid} ${revisionOfCached(spec)}`) ?? 0) >= spec.replicas;
      const untilMs = this.#past.findLast(isWhole)?.untilMs;
      if (untilMs !== undefined) this.#wholeUntilMs.set(key, untilMs);
    }
  }

  /**
   * Number of machines that are powered on, by group and revision. A machine that was powered off still counts for as long
   * as that change may take to arrive, because a later change of another machine may arrive first.
   */
  #goodMachines(): ReadonlyMap<string, number> {
    const { vcenter, clusterId, clock, newsAgeMs } = this.watched;
    const nowMs = clock.monotonicMs();
    const counts = new Map<string, number>();
    for (const machine of vcenter.truth.machines.values()) {
      const owner = ownerOf(machine);
      if (owner?.cluster !== clusterId) continue;
      const id = machine.ref.value;
      if (machine.powerState === 'poweredOn') this.#onUntilMs.set(id, Number.POSITIVE_INFINITY);
      else if (this.#onUntilMs.get(id) === Number.POSITIVE_INFINITY) this.#onUntilMs.set(id, nowMs);
      const onUntilMs = this.#onUntilMs.get(id);
      if (onUntilMs === undefined || nowMs - onUntilMs > newsAgeMs) continue;
      const key = `${owner.groupUid} ${owner.slot.revision}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }
}

const revisions = new WeakMap<VmGroupSpec, string>();

function revisionOfCached(spec: VmGroupSpec): string {
  const known = revisions.get(spec);
  if (known !== undefined) return known;
  const revision = revisionOf(spec);
  revisions.set(spec, revision);
  return revision;
}
