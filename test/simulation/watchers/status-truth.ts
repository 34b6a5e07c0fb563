import type { VmGroupSpec, VmGroupStatus } from '../../../src/api/vm-group';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { ApiCall } from '../api-connection';
import type { OperatorProcess } from '../operator-process';
import { writtenStatus } from '../written-status';
import { isAsAsked, type RecentMachine, RecentMachines } from './recent-machines';
import type { WatchedWorld, Watcher } from './watcher';

interface Past {
  /** The machines of each group, by vCenter. */
  readonly machines: readonly ReadonlyMap<string, readonly RecentMachine[]>[];
  untilMs: number;
}

/** Time for the write itself, in addition to the age of the picture: the API server may be slow. */
const WRITE_MS = 5_000;
const NEVER = Number.NEGATIVE_INFINITY;

/** R5: the phase is RUNNING only if every replica existed, was of the current revision and size, powered on and ready. */
export class StatusWatcher implements Watcher {
  /** By group and generation: until when all of that was true; infinite while it is, NEVER before. */
  readonly #wholeUntilMs = new Map<string, number>();
  /** Former states, and until when they lasted. States that are too old for any process to act by are dropped. */
  readonly #past: Past[] = [];
  readonly #recent: readonly RecentMachines[];
  readonly #specs = new Map<string, { readonly uid: string; readonly spec: VmGroupSpec }>();

  constructor(private readonly watched: WatchedWorld) {
    this.#recent = watched.vcenters.map((vcenter) => new RecentMachines(watched, vcenter));
  }

  truthChanged(ref: ManagedObjectReference): void {
    if (ref.type !== 'VirtualMachine') return;
    // References of two vCenters may have the same value, and a look at one machine more costs little.
    for (const recent of this.#recent) recent.changed(ref);
    this.#look();
  }

  groupsChanged(): void {
    this.#look();
  }

  requestArrives(process: OperatorProcess, { name, request }: ApiCall): void {
    if (name !== 'PATCH status') return;
    const status = writtenStatus<VmGroupStatus>(request.body);
    if (status === undefined) throw new Error('a status is written in a way that no watcher reads');
    if (status.phase !== 'RUNNING') return;
    const [, namespace, group] = /\/namespaces\/([^/]+)\/vmgroups\/([^/]+)\//.exec(request.path) ?? [];
    const stored = this.watched.users.get(`${namespace}/${group}`);
    if (stored === undefined) return;
    const { clock, slackMs } = this.watched;
    const untilMs = this.#wholeUntilMs.get(`${stored.metadata.uid} ${status.observedGeneration}`);
    if (untilMs !== undefined && clock.monotonicMs() - untilMs <= slackMs + WRITE_MS) return;
    const when =
      untilMs === undefined || untilMs === NEVER ? 'never' : `not for ${Math.round(clock.monotonicMs() - untilMs)} ms`;
    this.watched.violated(
      `R5: ${process.name} says RUNNING of ${group} for generation ${status.observedGeneration}, which was ${when} true`,
    );
  }

  #look(): void {
    const nowMs = this.watched.clock.monotonicMs();
    const last = this.#past.at(-1);
    if (last !== undefined) last.untilMs = nowMs;
    while ((this.#past[0]?.untilMs ?? nowMs) < nowMs - this.watched.slackMs) this.#past.shift();
    const now: Past = { machines: this.#recent.map((recent) => recent.look()), untilMs: Number.POSITIVE_INFINITY };
    this.#past.push(now);
    for (const { metadata, spec } of this.watched.users.list())
      this.#specs.set(`${metadata.uid} ${metadata.generation}`, { uid: metadata.uid, spec });
    // Old generations count too, because the operator may not have seen the next one yet. So do times shortly before a
    // generation, because the operator may not have seen later changes in vCenter yet.
    for (const [key, { uid, spec }] of this.#specs) {
      const isWhole = ({ machines }: Past) => {
        const own = machines.reduce((sum, there) => sum + asAsked(there.get(uid) ?? [], spec), 0);
        return own >= spec.replicas;
      };
      const untilMs = this.#wholeUntilMs.get(key);
      if (!this.#wholeUntilMs.has(key)) this.#wholeUntilMs.set(key, this.#past.findLast(isWhole)?.untilMs ?? NEVER);
      else if (last === undefined || isSame(last, now, uid)) continue;
      else if (isWhole(now)) this.#wholeUntilMs.set(key, Number.POSITIVE_INFINITY);
      else if (untilMs === Number.POSITIVE_INFINITY) this.#wholeUntilMs.set(key, nowMs);
    }
  }
}

/** Whether the group has the very same machines in both. */
function isSame(before: Past, now: Past, uid: string): boolean {
  return now.machines.every((there, index) => there.get(uid) === before.machines[index]?.get(uid));
}

function asAsked(machines: readonly RecentMachine[], spec: VmGroupSpec): number {
  return machines.filter((machine) => isAsAsked(machine, spec)).length;
}
