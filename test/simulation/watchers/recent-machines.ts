import type { Slot } from '../../../src/api/identity';
import { isCurrent } from '../../../src/api/slot-revision';
import type { VmGroupSpec } from '../../../src/api/vm-group';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import type { ModelMachine, VCenterModel } from '../../fakes/vcenter';
import { hasReached } from './machine-readiness';
import { ownerOf, type WatchedWorld } from './watcher';

/** What a machine has been, for as long as a change may take to reach a process. */
export interface RecentMachine {
  readonly slot: Slot;
  /** Levels of readiness, and sizes such as `size 2 1024` and `cpuHotAdd true`. */
  readonly facts: ReadonlySet<string>;
}

const GIB_IN_KIB = 1_048_576n;
const LEVELS = ['PoweredOn', 'ToolsRunning', 'IPAddress'] as const;

/** What was seen of a machine at the last look that found it changed. */
interface Seen {
  readonly groupUid: string;
  readonly recent: RecentMachine;
  /** The earliest time at which one of its facts ended; infinite without one. */
  readonly endedMs: number;
}

/**
 * The machines of this cluster on one vCenter, each as it is and as it was recently: a change of one machine may reach a process later
 * than a change of another that came after it.
 */
export class RecentMachines {
  /** Until when each fact of each machine was true; infinite while it is. */
  readonly #facts = new Map<string, Map<string, number>>();
  /** By refKey. Undefined: not a machine of this cluster. */
  readonly #seen = new Map<string, Seen | undefined>();
  #groups: ReadonlyMap<string, readonly RecentMachine[]> = new Map();

  constructor(
    private readonly watched: Pick<WatchedWorld, 'clock' | 'clusterId' | 'newsAgeMs'>,
    private readonly vcenter: VCenterModel,
  ) {}

  /** The machine has changed, so the next look must not take it for what it was. */
  changed(ref: ManagedObjectReference): void {
    this.#seen.delete(refKey(ref));
  }

  /** By group UID. The array of a group is the same as before when nothing of it has changed. */
  look(): ReadonlyMap<string, readonly RecentMachine[]> {
    const endedMs = this.watched.clock.monotonicMs() - this.watched.newsAgeMs;
    const found = new Map<string, RecentMachine[]>();
    for (const [key, machine] of this.vcenter.truth.machines) {
      let seen = this.#seen.get(key);
      if (!this.#seen.has(key) || (seen !== undefined && seen.endedMs < endedMs)) {
        seen = this.#lookAt(machine);
        this.#seen.set(key, seen);
      }
      if (seen === undefined) continue;
      const known = found.get(seen.groupUid);
      if (known === undefined) found.set(seen.groupUid, [seen.recent]);
      else known.push(seen.recent);
    }
    const groups = [...found].map(([uid, machines]) => [uid, this.#before(uid, machines) ?? machines] as const);
    this.#groups = new Map(groups);
    return this.#groups;
  }

  #before(uid: string, machines: readonly RecentMachine[]): readonly RecentMachine[] | undefined {
    const before = this.#groups.get(uid);
    const isSame = before?.length === machines.length && before.every((machine, index) => machine === machines[index]);
    return isSame ? before : undefined;
  }

  #lookAt(machine: ModelMachine): Seen | undefined {
    const owner = ownerOf(machine);
    if (owner?.cluster !== this.watched.clusterId) return undefined;
    const facts = this.#recent(machine);
    const recent = { slot: owner.slot, facts: new Set(facts.keys()) };
    return { groupUid: owner.groupUid, recent, endedMs: Math.min(...facts.values(), Number.POSITIVE_INFINITY) };
  }

  #recent(machine: ModelMachine): ReadonlyMap<string, number> {
    const nowMs = this.watched.clock.monotonicMs();
    const facts = this.#facts.get(machine.ref.value) ?? new Map<string, number>();
    this.#facts.set(machine.ref.value, facts);
    const { numCpu, memoryMiB, coresPerSocket, cpuHotAdd, memoryHotAdd } = machine;
    const current = new Set([
      `size ${numCpu} ${memoryMiB}`,
      ...hardwareFacts({ coresPerSocket, cpuHotAdd, memoryHotAdd }),
    ]);
    for (const { unit, capacityKiB } of machine.disks)
      for (let gib = 1n; gib <= capacityKiB / GIB_IN_KIB; gib += 1n) current.add(`disk ${unit} ${gib}`);
    for (const level of LEVELS) if (hasReached(machine, level)) current.add(level);
    for (const [fact, untilMs] of facts) {
      if (!current.has(fact) && untilMs === Number.POSITIVE_INFINITY) facts.set(fact, nowMs);
      else if (nowMs - untilMs > this.watched.newsAgeMs) facts.delete(fact);
    }
    for (const fact of current) facts.set(fact, Number.POSITIVE_INFINITY);
    return facts;
  }
}

export function isAsAsked({ slot, facts }: RecentMachine, spec: VmGroupSpec): boolean {
  const { cpu, memory, hardware = {}, disks, readiness } = spec;
  if (!isCurrent(slot, spec)) return false;
  const asked = [readiness?.type ?? 'PoweredOn', `size ${cpu} ${memory * 1024}`, ...hardwareFacts(hardware)];
  const { rootSizeGiB, extra = [] } = disks ?? {};
  if (rootSizeGiB !== undefined) asked.push(`disk 0 ${rootSizeGiB}`);
  // The clone adds them in order.
  for (const [index, { sizeGiB }] of extra.entries()) asked.push(`disk ${index + 1} ${sizeGiB}`);
  return asked.every((fact) => facts.has(fact));
}

function hardwareFacts(hardware: NonNullable<VmGroupSpec['hardware']>): readonly string[] {
  return Object.entries(hardware).map(([field, value]) => `${field} ${value}`);
}
