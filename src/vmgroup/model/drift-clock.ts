/**
 * How long the replicas of one group stayed drifted: from when this process saw one change behind our back until it is as its
 * group wants it again. In memory only: a drift from before the start of this process has no known begin, and is left out.
 */
import { slotKey } from '../../api/identity';
import { refKey } from '../../vsphere/port';
import type { Plan } from './action';
import type { Operation } from './in-flight';
import { hasSize } from './machine-size';
import type { Drift } from './measures';
import { instanceMismatch, type Observation, type Replica } from './observation';
import { isReady } from './readiness';

export interface Repaired {
  readonly drift: Drift;
  readonly afterMs: number;
}

interface Drifted {
  readonly drift: Drift;
  readonly sinceMs: number;
}

/** A replica that was ready under this spec, and that we have not taken down. */
interface Whole {
  readonly machine: string;
  readonly drifted?: Drifted;
}

const TAKES_DOWN: ReadonlySet<Operation> = new Set(['PowerOff', 'Shutdown', 'Destroy', 'ReleaseMarks']);

export class DriftClock {
  #generation: number | undefined;
  /** By slot. */
  readonly #whole = new Map<string, Whole>();

  /** Looks once per reconcile. Returns what is repaired since the last look. */
  look(observed: Observation, plan: Plan): readonly Repaired[] {
    if (!isMeasurable(observed)) {
      this.#whole.clear();
      return [];
    }
    const { generation } = observed.group.metadata;
    // What a change of the spec does to a machine is no drift, and no repair.
    if (this.#generation !== generation) this.#whole.clear();
    this.#generation = generation;
    const taken = takenDown(observed, plan);
    const bySlot = Map.groupBy(observed.replicas, ({ slot }) => slotKey(slot));
    const kept = new Set(plan.keep.map(slotKey));
    const repaired: Repaired[] = [];
    for (const [slot, whole] of this.#whole) {
      const all = bySlot.get(slot) ?? [];
      // An empty plan only waits: it gives up no slot.
      const isLeft = all.length === 0 && kept.size > 0 && !kept.has(slot);
      if (isLeft || taken.has(whole.machine)) this.#whole.delete(slot);
      else {
        const next = nextOf(whole, all, observed);
        this.#whole.set(slot, next.whole);
        if (next.repaired !== undefined) repaired.push(next.repaired);
      }
    }
    for (const replica of observed.replicas)
      if (isReady(replica) && !taken.has(replica.machine.ref.value) && !this.#whole.has(slotKey(replica.slot)))
        this.#whole.set(slotKey(replica.slot), { machine: replica.machine.ref.value });
    return repaired;
  }
}

/** Where nothing is known of the machines, or somebody does not want a repair, no time is measured. */
function isMeasurable(observed: Observation): boolean {
  const { group, vcenter } = observed;
  if (vcenter.kind !== 'Ready' || instanceMismatch(observed) !== undefined) return false;
  const { spec, metadata } = group;
  return !spec.paused && spec.powerState === 'PoweredOn' && metadata.deletionTimestamp === undefined;
}

/** Machines that we take down ourselves, or that are to be taken down. */
function takenDown({ replicas, inFlight }: Observation, { leaving, restarting }: Plan): ReadonlySet<string> {
  const refs = replicas.map(({ machine }) => machine.ref);
  const planned = refs.filter((ref) => leaving.has(refKey(ref)) || restarting.has(refKey(ref)));
  const sent = inFlight.flatMap(({ operation, machine }) =>
    machine !== undefined && TAKES_DOWN.has(operation) ? [machine] : [],
  );
  return new Set([...planned, ...sent].map(({ value }) => value));
}

function nextOf(
  whole: Whole,
  replicas: readonly Replica[],
  observed: Observation,
): { readonly whole: Whole; readonly repaired?: Repaired } {
  const nowMs = observed.now.monotonicMs;
  const { machine, drifted } = whole;
  const own = replicas.find((replica) => replica.machine.ref.value === machine);
  const successor = own === undefined ? replicas.find(isReady) : undefined;
  if (successor !== undefined) {
    const afterMs = nowMs - (drifted?.sinceMs ?? nowMs);
    return { whole: { machine: successor.machine.ref.value }, repaired: { drift: 'Gone', afterMs } };
  }
  const drift = driftOf(own, observed);
  if (drift !== undefined) return { whole: { machine, drifted: { drift, sinceMs: beginOf(drift, drifted, nowMs) } } };
  if (drifted === undefined) return { whole };
  // Out of sight is not gone: the machine that is back was not repaired.
  if (drifted.drift === 'Gone') return { whole: { machine } };
  if (own === undefined || !isReady(own)) return { whole };
  return { whole: { machine }, repaired: { drift: drifted.drift, afterMs: nowMs - drifted.sinceMs } };
}

/** How the machine of a slot differs from what the group wants by itself; undefined: not at all. */
function driftOf(own: Replica | undefined, { group, resizing }: Observation): Drift | undefined {
  if (own === undefined) return 'Gone';
  if (own.machine.powerState !== 'poweredOn') return 'PoweredOff';
  return !resizing && !hasSize(own.machine, group) ? 'Resized' : undefined;
}

/** Who powers a machine off and then deletes it has done one thing. Another size may have been left alone for long. */
function beginOf(drift: Drift, before: Drifted | undefined, nowMs: number): number {
  if (before === undefined) return nowMs;
  return before.drift === drift || (before.drift === 'PoweredOff' && drift === 'Gone') ? before.sinceMs : nowMs;
}
