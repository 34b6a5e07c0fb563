/**
 * The last decisions of each group that differ from the one before, packed, within a few MiB for the whole process.
 *
 * - A decision that is as the last one costs a comparison and no memory.
 * - A large group is packed now and then only, and each group while hundreds change at once (packing-pace.ts): the decisions
 *   in between are counted. The newest one is always there.
 * - R15: where there is no room, the namespace that has most gives way, and there the group that has most.
 *
 * In memory only: a process that begins has none. Those of a deleted group stay until others need the room.
 */
import type { GroupKey } from '../../api/vm-group';
import { groupKey } from '../../api/vm-group';
import type { Decision, DecisionRecorder } from '../model/decision';
import type { Observation } from '../model/observation';
import { decisionLine, type PackedDecision, packDecision } from './decision-line';
import { decisionMark } from './decision-mark';
import { PackingPace } from './packing-pace';

export interface DecisionLogOptions {
  /** Of the operator. */
  readonly version: string;
  /** A decision could not be kept. The reconcile goes on. */
  onFailure(error: unknown): void;
  /** Of packed decisions. Default: 4 MiB. */
  readonly mostBytes?: number;
  /** Default: a new one. */
  readonly pace?: PackingPace;
}

const MOST_BYTES = 4 * 2 ** 20;
const MOST_PER_GROUP = 48;
/** Of the bytes for all groups. */
const SHARE_OF_A_GROUP = 1 / 4;
/** Beside the packed bytes. */
const OVERHEAD_BYTES = 256;
/** Packing takes 15 to 40 us a machine: at this pace a hundredth of the time, however fast a group changes. */
const PAUSE_MS_PER_MACHINE = 4;
/** A shorter pause is none: a group of up to 50 machines is packed at each change. */
const SHORTEST_PAUSE_MS = 200;
/** Groups without a decision that is kept: what is known of them is the mark of their last one. */
const MOST_MARKS = 10_000;

interface History {
  readonly namespace: string;
  readonly kept: PackedDecision[];
  bytes: number;
  mark: string;
  /** Monotonic time from which the next one may be packed. */
  restUntilMs: number;
  /** The newest one, while it is not packed. */
  pending: Decision | undefined;
  skipped: number;
}

export class DecisionLog implements DecisionRecorder {
  readonly #histories = new Map<GroupKey, History>();
  /** Those with a decision that is not packed yet, in the order in which they got one. */
  readonly #pending = new Set<History>();
  readonly #options: DecisionLogOptions;
  readonly #pace: PackingPace;
  #bytes = 0;

  constructor(options: DecisionLogOptions) {
    this.#options = options;
    this.#pace = options.pace ?? new PackingPace();
  }

  /** Of all packed decisions. */
  get bytes(): number {
    return this.#bytes;
  }

  decided(decision: Decision): void {
    try {
      this.#take(decision);
    } catch (error) {
      this.#options.onFailure(error);
    }
  }

  /** The lines of a dump: those of one group, or of all groups; the oldest of a group first. */
  *lines(group?: GroupKey): Iterable<string> {
    const keys = group === undefined ? [...this.#histories.keys()].sort() : [group];
    for (const key of keys) {
      const history = this.#histories.get(key);
      if (history === undefined) continue;
      this.#packPending(history);
      for (const packed of [...history.kept]) yield decisionLine(packed, this.#options.version);
    }
  }

  #take(decision: Decision): void {
    const { group, now } = decision.observed;
    const history = this.#historyOf(groupKey(group), group.metadata.namespace);
    const mark = decisionMark(decision);
    const isDue = now.monotonicMs >= history.restUntilMs && this.#pace.allows(now.monotonicMs);
    if (isDue) this.#packPending(history);
    if (mark === history.mark) {
      this.#packOneOfOthers(now.monotonicMs);
      return;
    }
    history.mark = mark;
    if (isDue) {
      this.#pack(history, decision);
      return;
    }
    if (history.pending !== undefined) history.skipped += 1;
    history.pending = { ...decision, observed: asOfNow(decision.observed) };
    this.#pending.add(history);
  }

  #historyOf(key: GroupKey, namespace: string): History {
    const known = this.#histories.get(key);
    if (known !== undefined) return known;
    const history: History = {
      ...{ namespace, kept: [], bytes: 0, mark: '', restUntilMs: Number.NEGATIVE_INFINITY },
      ...{ pending: undefined, skipped: 0 },
    };
    this.#histories.set(key, history);
    if (this.#histories.size > MOST_MARKS)
      for (const [other, { kept, pending }] of this.#histories)
        if (kept.length === 0 && pending === undefined && other !== key) this.#histories.delete(other);
    return history;
  }

  #packPending(history: History): void {
    const { pending } = history;
    history.pending = undefined;
    this.#pending.delete(history);
    if (pending !== undefined) this.#pack(history, pending);
  }

  /** A group that is settled or gone decides nothing more, and its last decision is not to stay unpacked for that. */
  #packOneOfOthers(nowMs: number): void {
    if (this.#pending.size === 0 || !this.#pace.allows(nowMs)) return;
    for (const history of this.#pending)
      if (nowMs >= history.restUntilMs) {
        this.#packPending(history);
        return;
      }
  }

  #pack(history: History, decision: Decision): void {
    const { observed } = decision;
    const machines = Math.max(observed.replicas.length, observed.group.spec.replicas);
    const pauseMs = PAUSE_MS_PER_MACHINE * machines;
    history.restUntilMs = observed.now.monotonicMs + (pauseMs < SHORTEST_PAUSE_MS ? 0 : pauseMs);
    this.#pace.packed(machines);
    const packed = packDecision(decision, history.skipped);
    history.skipped = 0;
    history.kept.push(packed);
    this.#grow(history, sizeOf(packed));
    const { mostBytes = MOST_BYTES } = this.#options;
    while (history.kept.length > MOST_PER_GROUP || history.bytes > mostBytes * SHARE_OF_A_GROUP)
      this.#dropOldest(history);
    while (this.#bytes > mostBytes) this.#dropOldest(this.#richest());
  }

  #dropOldest(history: History): void {
    const oldest = history.kept.shift();
    if (oldest !== undefined) this.#grow(history, -sizeOf(oldest));
  }

  #grow(history: History, bytes: number): void {
    history.bytes += bytes;
    this.#bytes += bytes;
  }

  /** Who gives way. There is a decision that is kept. */
  #richest(): History {
    const all = [...this.#histories.values()].filter(({ kept }) => kept.length > 0);
    const byNamespace = new Map<string, number>();
    for (const { namespace, bytes } of all) byNamespace.set(namespace, (byNamespace.get(namespace) ?? 0) + bytes);
    const [[richest] = ['']] = [...byNamespace].sort(([, a], [, b]) => b - a);
    const own = all.filter(({ namespace }) => namespace === richest);
    const withSeveral = own.filter(({ kept }) => kept.length > 1);
    if (withSeveral.length > 0) return withSeveral.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    return own.reduce((a, b) => ((b.kept[0]?.atMs ?? 0) < (a.kept[0]?.atMs ?? 0) ? b : a));
  }
}

function sizeOf({ packed }: PackedDecision): number {
  return packed.length + OVERHEAD_BYTES;
}

/** What an observation shares with the memory of its group goes on changing. */
function asOfNow(observed: Observation): Observation {
  return {
    ...observed,
    written: new Map([...observed.written].map(([machine, parts]) => [machine, new Set(parts)])),
    heldAddresses: new Map(observed.heldAddresses),
  };
}
