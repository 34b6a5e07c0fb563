import type { GroupKey } from '../../api/vm-group';
import { type Clock, sleep } from '../../time/clock';
import {
  type Amount,
  excessOf,
  growth,
  isNothing,
  type Limits,
  minus,
  NOTHING_USED,
  overrunOf,
  plus,
  type Usage,
} from '../model/limits';
import { type HeldPlaces, type Place, slotPlace } from '../model/place';
import type { Holder, Quota } from '../model/quota';
import { PREDECESSOR_REQUEST_MS } from './group-memory';
import { GroupPlaces } from './group-places';
import type { MachineUsage, UsageChange } from './machine-usage';

export interface VCenterQuotaOptions {
  readonly usage: MachineUsage;
  /** As they are now. After a change of them all groups of the vCenter have to be reconciled. */
  readonly limits: () => Limits;
  /** Puts a group into the work queue. */
  readonly wake: (key: GroupKey) => void;
  readonly clock: Clock;
  /** Aborted when it is of no use any more. */
  readonly signal: AbortSignal;
}

/** How long the machine of a clone that has ended may still appear. */
const APPEARS_MS = 60_000;

/** The place that a group which waited is offered. */
const OFFER = 'offer';

/**
 * Who holds which room in the limits of one vCenter: machines with our marks, and the places of work that was sent and does
 * not show yet (R15). In memory only. Make one when the process begins to lead for the vCenter.
 *
 * A group that waits for room is offered it when there is some, and woken. Namespaces take turns in that, and so do the
 * groups of each. A group that waits for much is not waited for: else one large wish would stop all others.
 */
export class VCenterQuota implements Quota {
  readonly #options: VCenterQuotaOptions;
  readonly #groups = new Map<string, GroupPlaces>();
  /** The groups of each namespace, both in the order of their turns. */
  readonly #turns = new Map<string, Set<GroupPlaces>>();
  /** Groups that hold a place. */
  readonly #holding = new Set<GroupPlaces>();
  readonly #waiting = new Set<GroupPlaces>();
  /** What was used when a group did not take what it was offered. It is offered again when less is used. */
  readonly #declined = new WeakMap<GroupPlaces, Usage>();
  /** Where more is used than the limits allow: a namespace, or the whole vCenter (undefined). */
  readonly #overrun = new Set<string | undefined>();
  #firstLookMs: number | undefined;

  constructor(options: VCenterQuotaOptions) {
    this.#options = options;
    options.usage.onChange((change) => this.#usageChanged(change));
  }

  present(namespace: string): Usage {
    const { usage } = this.#options;
    return { namespace: usage.ofNamespace(namespace), total: usage.total };
  }

  used({ uid, namespace }: Holder, spent: ReadonlySet<string>, unseen: readonly Place[] = []): Usage {
    const own = this.#groups.get(uid);
    const used = this.#used(namespace, (group) => (group === own ? group.of(spent) : group.all));
    // A machine that went out of sight while its clone was in flight is not held yet.
    const more = unseen.filter(({ key }) => own?.has(key) !== true).map((place) => this.#needOf(place));
    const unheld = more.reduce(plus, NOTHING_USED);
    return { namespace: plus(used.namespace, unheld), total: plus(used.total, unheld) };
  }

  #needOf({ machine, target }: Place): Amount {
    return machine === undefined ? target : growth(this.#options.usage.ofMachine(machine), target);
  }

  reserve(holder: Holder, place: Place, isUncertain: boolean): boolean {
    const group = this.#groupOf(holder);
    const isMore = !isNothing(group.need(place));
    // Where less is allowed by now, a machine that is gone is not made again, though its place is still held.
    if (isMore || group.formerOf(place.key) !== undefined) {
      if ((isMore && isUncertain) || !this.#fits(group, place)) return false;
      this.#hadTurn(group);
    }
    group.take(place);
    this.#holding.add(group);
    return true;
  }

  planned(holder: Holder, held: HeldPlaces): void {
    const group = this.#groupOf(holder);
    const wasOffered = group.has(OFFER);
    const hasRoomLeft = group.planned(held);
    this.#tidy(group);
    if (held.waitsFor === undefined) this.#declined.delete(group);
    else if (wasOffered && !group.has(OFFER)) this.#declined.set(group, this.#usedBeside(group));
    this.#watchOverrun(holder.namespace);
    if (hasRoomLeft) this.#offer();
  }

  ended({ uid }: Holder, place: string, mayAppear: boolean): void {
    const group = this.#groups.get(uid);
    if (group?.isForgotten !== true) return;
    if (!mayAppear) this.#release(group, place);
    else if (group.has(place)) this.#releaseLater(group, place);
  }

  #release(group: GroupPlaces, place: string): void {
    group.drop(place);
    this.#tidy(group);
    this.#offer();
  }

  /** The end of a task may be told before its machine is. */
  #releaseLater(group: GroupPlaces, key: string): void {
    const { clock, signal } = this.#options;
    const place = group.get(key);
    sleep(clock, APPEARS_MS, signal).then(
      () => {
        // Not if it was taken again meanwhile.
        if (group.isForgotten && group.get(key) === place) this.#release(group, key);
      },
      () => {},
    );
  }

  forget({ uid, namespace }: Holder): void {
    const group = this.#groups.get(uid);
    if (group === undefined) return;
    group.forget();
    const others = this.#turns.get(namespace);
    others?.delete(group);
    if (others?.size === 0) this.#turns.delete(namespace);
    this.#tidy(group);
    this.#offer();
  }

  quietUntilMs(nowMs: number): number {
    this.#firstLookMs ??= nowMs;
    return this.#firstLookMs + PREDECESSOR_REQUEST_MS;
  }

  #groupOf(holder: Holder): GroupPlaces {
    const known = this.#groups.get(holder.uid);
    if (known?.isForgotten === false) return known;
    const group = known ?? new GroupPlaces(holder, (machine) => this.#options.usage.ofMachine(machine));
    group.isForgotten = false;
    this.#groups.set(holder.uid, group);
    const own = this.#turns.get(holder.namespace) ?? new Set();
    this.#turns.set(holder.namespace, own.add(group));
    return group;
  }

  #tidy(group: GroupPlaces): void {
    if (group.isEmpty) this.#holding.delete(group);
    else this.#holding.add(group);
    if (group.waitsFor === undefined) this.#waiting.delete(group);
    else this.#waiting.add(group);
    if (group.isForgotten && group.isEmpty) this.#groups.delete(group.holder.uid);
  }

  #used(namespace: string, share: (group: GroupPlaces) => Amount): Usage {
    let { namespace: own, total } = this.present(namespace);
    for (const group of this.#holding) {
      const amount = share(group);
      total = plus(total, amount);
      if (group.holder.namespace === namespace) own = plus(own, amount);
    }
    return { namespace: own, total };
  }

  /** What is used but for the steps that a group may still take. */
  #usedBeside(group: GroupPlaces): Usage {
    return this.#used(group.holder.namespace, (other) => (other === group ? other.bound() : other.all));
  }

  #fits(group: GroupPlaces, place: Place): boolean {
    const limits = this.#options.limits();
    if (place.anySize !== true && excessOf(limits.perVM, NOTHING_USED, place.target) !== undefined) return false;
    const former = group.formerOf(place.key);
    const used = this.#used(group.holder.namespace, (other) =>
      other === group ? other.bound(place.key, former) : other.all,
    );
    return fitsInto(limits, used, former === undefined ? group.need(place) : place.target);
  }

  /** Whoever had a turn is the last of its namespace, and its namespace is the last. */
  #hadTurn(group: GroupPlaces): void {
    const { namespace } = group.holder;
    const own = this.#turns.get(namespace);
    if (own?.delete(group) !== true) return;
    this.#turns.delete(namespace);
    this.#turns.set(namespace, own.add(group));
  }

  #usageChanged({ before, after }: UsageChange): void {
    const group = before && this.#groups.get(before.groupUid);
    // R1: that it is not shown proves nothing. Its group looks, and says whether it is gone.
    if (before !== undefined && after === undefined && group?.isForgotten === false) {
      group.holdOf(before.ref, before.amount);
      this.#tidy(group);
    }
    // A clone has arrived: it counts by itself.
    const arrived = after && this.#groups.get(after.groupUid);
    if (arrived !== undefined && after !== undefined) {
      arrived.drop(slotPlace(after.slot));
      this.#tidy(arrived);
    }
    for (const namespace of new Set([before?.namespace, after?.namespace]))
      if (namespace !== undefined) this.#watchOverrun(namespace);
    if (before !== undefined && !isNothing(growth(after?.amount ?? NOTHING_USED, before.amount))) this.#offer();
  }

  /** All groups of a namespace say in their status whether too much is used. */
  #watchOverrun(namespace: string): void {
    const { perNamespace, total } = this.#options.limits();
    const present = this.present(namespace);
    if (this.#turnedOver(namespace, overrunOf(perNamespace, present.namespace) !== undefined))
      for (const { holder } of this.#turns.get(namespace) ?? []) this.#options.wake(holder.key);
    if (this.#turnedOver(undefined, overrunOf(total, present.total) !== undefined))
      for (const groups of this.#turns.values()) for (const { holder } of groups) this.#options.wake(holder.key);
  }

  #turnedOver(where: string | undefined, isOver: boolean): boolean {
    if (this.#overrun.has(where) === isOver) return false;
    if (isOver) this.#overrun.add(where);
    else this.#overrun.delete(where);
    return true;
  }

  /** Gives room to those who wait for it, in turn, and wakes them. Each holds what it is offered until its next plan. */
  #offer(): void {
    if (this.#waiting.size === 0) return;
    const limits = this.#options.limits();
    const sums = this.#sums();
    for (const group of this.#waitingInTurn()) {
      const { waitsFor, holder } = group;
      if (waitsFor === undefined || group.has(OFFER)) continue;
      const free = minus(group.all, group.bound());
      const used = { namespace: minus(sums.of(holder.namespace), free), total: minus(sums.total, free) };
      const declined = this.#declined.get(group);
      if (declined !== undefined && !isLess(used, declined)) continue;
      const { asked } = group;
      const later = { namespace: plus(used.namespace, asked), total: plus(used.total, asked) };
      if (!fitsInto(limits, later, waitsFor)) continue;
      group.hold({ key: OFFER, target: waitsFor });
      sums.add(holder.namespace, waitsFor);
      this.#holding.add(group);
      this.#hadTurn(group);
      this.#options.wake(holder.key);
    }
  }

  /** All that is used and held. Made once for many groups. */
  #sums() {
    const { usage } = this.#options;
    const held = new Map<string, Amount>();
    const sums = {
      total: usage.total,
      of: (namespace: string) => plus(usage.ofNamespace(namespace), held.get(namespace) ?? NOTHING_USED),
      add: (namespace: string, amount: Amount) => {
        held.set(namespace, plus(held.get(namespace) ?? NOTHING_USED, amount));
        sums.total = plus(sums.total, amount);
      },
    };
    for (const group of this.#holding) sums.add(group.holder.namespace, group.all);
    return sums;
  }

  /** The first of each namespace, then the second of each. */
  *#waitingInTurn(): Iterable<GroupPlaces> {
    const queues = [...this.#turns.values()].map((groups) => [...groups].filter((group) => this.#waiting.has(group)));
    const longest = Math.max(0, ...queues.map(({ length }) => length));
    for (let place = 0; place < longest; place += 1)
      for (const queue of queues) {
        const group = queue[place];
        if (group !== undefined) yield group;
      }
  }
}

function fitsInto({ perNamespace, total }: Limits, used: Usage, need: Amount): boolean {
  return excessOf(perNamespace, used.namespace, need) === undefined && excessOf(total, used.total, need) === undefined;
}

/** Whether less of anything is used than before. */
function isLess(now: Usage, before: Usage): boolean {
  const isBelow = (a: Amount, b: Amount) => a.vms < b.vms || a.cpu < b.cpu || a.memoryMiB < b.memoryMiB;
  return isBelow(now.namespace, before.namespace) || isBelow(now.total, before.total);
}
