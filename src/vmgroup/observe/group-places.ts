import type { ManagedObjectReference } from '../../vsphere/port';
import { type Amount, growth, isNothing, NOTHING_USED, plus } from '../model/limits';
import { type HeldPlaces, machinePlace, type Place } from '../model/place';
import type { Holder } from '../model/quota';

/**
 * - Spent: work in flight, or a machine that exists and cannot be seen.
 * - Pledged: a machine goes off for its size or for its successor.
 * - Free: for a step of the plan that is not sent yet. Of a machine that is gone, or offered to a group that waited.
 */
type State = 'Spent' | 'Pledged' | 'Free';

/** What a machine uses now. */
export type UsedBy = (machine: ManagedObjectReference) => Amount;

/** The places that one group holds in the limits of a vCenter, and what it waits for. */
export class GroupPlaces {
  waitsFor: Amount | undefined;
  /** It exists no more: what it holds is only what is still in flight. */
  isForgotten = false;
  readonly #held = new Map<string, { readonly place: Place; readonly state: State }>();
  /** What the steps of the last plan take as they are sent. */
  #asked: readonly Place[] = [];
  #successors: ReadonlyMap<string, string> = new Map();

  constructor(
    readonly holder: Holder,
    private readonly usedBy: UsedBy,
  ) {}

  get isEmpty(): boolean {
    return this.#held.size === 0;
  }

  has(key: string): boolean {
    return this.#held.has(key);
  }

  /** The place as it was taken last. */
  get(key: string): Place | undefined {
    return this.#held.get(key)?.place;
  }

  /** What the place adds to what its machine uses already. */
  need({ key, target, machine }: Place): Amount {
    if (machine !== undefined) return growth(this.usedBy(machine), target);
    const former = this.#held.get(this.formerOf(key) ?? '');
    return former === undefined ? target : growth(this.need(former.place), target);
  }

  /** The held place of the machine that must be gone before this step makes another one. */
  formerOf(key: string): string | undefined {
    const former = this.#successors.get(key);
    return former !== undefined && this.#held.has(former) ? former : undefined;
  }

  /** What all places of the group add. */
  get all(): Amount {
    return this.#sum(() => true);
  }

  /** What these places add. */
  of(keys: ReadonlySet<string>): Amount {
    return this.#sum((key) => keys.has(key));
  }

  /** What is not free for a step; but for these places, which are taken anew. */
  bound(...but: readonly (string | undefined)[]): Amount {
    return this.#sum((key, state) => state !== 'Free' && !but.includes(key));
  }

  /** What the steps of the last plan will add. */
  get asked(): Amount {
    return this.#toTake.map((place) => this.need(place)).reduce(plus, NOTHING_USED);
  }

  get #toTake(): readonly Place[] {
    const isTaken = ({ key }: Place) => (this.#held.get(key)?.state ?? 'Free') !== 'Free';
    return this.#asked.filter((place) => !isTaken(place) && !isNothing(this.need(place)));
  }

  /** A step is sent. It takes what is free first. */
  take(place: Place): void {
    let missing = this.need(place);
    this.#held.delete(this.formerOf(place.key) ?? '');
    const isNew = !this.#held.has(place.key);
    for (const [key, { place: free, state }] of this.#held) {
      if (!isNew || isNothing(missing)) break;
      if (state !== 'Free') continue;
      missing = growth(this.need(free), missing);
      this.#held.delete(key);
    }
    this.#held.set(place.key, { place, state: place.isPledge === true ? 'Pledged' : 'Spent' });
  }

  /** Holds a place for a step that may come. */
  hold(place: Place): void {
    if (!this.#held.has(place.key)) this.#held.set(place.key, { place, state: 'Free' });
  }

  /** A machine of the group is gone: its place is held until the group has looked. */
  holdOf(machine: ManagedObjectReference, target: Amount): void {
    this.hold({ key: machinePlace(machine), machine, target });
  }

  drop(key: string): void {
    this.#held.delete(key);
  }

  /**
   * Keeps what the last plan needs: of what is free, one place for each step that is not sent yet. Returns whether anything
   * else was held.
   */
  planned({ spent, unseen, successors, pledged, asked, waitsFor }: HeldPlaces): boolean {
    this.#asked = asked;
    this.#successors = successors;
    this.waitsFor = waitsFor;
    for (const place of unseen) this.hold(place);
    let steps = this.#toTake.length;
    const before = this.#held.size;
    for (const [key, { place }] of this.#held)
      if (spent.has(key)) this.#held.set(key, { place, state: 'Spent' });
      else if (pledged.has(key)) this.#held.set(key, { place, state: 'Pledged' });
      else if (steps > 0) {
        steps -= 1;
        this.#held.set(key, { place, state: 'Free' });
      } else this.#held.delete(key);
    return this.#held.size < before;
  }

  /** Only what is in flight stays, until it ends. */
  forget(): void {
    this.isForgotten = true;
    this.#asked = [];
    this.waitsFor = undefined;
    for (const [key, { place, state }] of this.#held)
      if (state !== 'Spent' || place.machine !== undefined) this.#held.delete(key);
  }

  #sum(counts: (key: string, state: State) => boolean): Amount {
    let sum = NOTHING_USED;
    for (const [key, { place, state }] of this.#held) if (counts(key, state)) sum = plus(sum, this.need(place));
    return sum;
  }
}
