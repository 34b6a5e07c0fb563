import type { Slot } from '../../../src/api/identity';
import { isCurrent } from '../../../src/api/slot-revision';
import type { VmGroupSpec } from '../../../src/api/vm-group';
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

/**
 * The machines of this cluster on one vCenter, each as it is and as it was recently: a change of one machine may reach a process later
 * than a change of another that came after it.
 */
export class RecentMachines {
  /** Until when each fact of each machine was true; infinite while it is. */
  readonly #facts = new Map<string, Map<string, number>>();

  constructor(
    private readonly watched: Pick<WatchedWorld, 'clock' | 'clusterId' | 'newsAgeMs'>,
    private readonly vcenter: VCenterModel,
  ) {}

  /** By group UID. */
  look(): ReadonlyMap<string, readonly RecentMachine[]> {
    const { clusterId } = this.watched;
    const found = new Map<string, RecentMachine[]>();
    for (const machine of this.vcenter.truth.machines.values()) {
      const owner = ownerOf(machine);
      if (owner?.cluster !== clusterId) continue;
      const known = found.get(owner.groupUid) ?? [];
      known.push({ slot: owner.slot, facts: this.#recent(machine) });
      found.set(owner.groupUid, known);
    }
    return found;
  }

  #recent(machine: ModelMachine): RecentMachine['facts'] {
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
    return new Set(facts.keys());
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
