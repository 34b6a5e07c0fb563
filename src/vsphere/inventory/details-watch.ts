/**
 * Watches the details of the machines with marks, through a list view. Guests change often, and in a large vCenter few
 * machines have marks. It is a filter of the stream's collector, so that one wait covers everything.
 */
import type { Clock } from '../../time/clock';
import type { CallContext, InventoryChange, ManagedObjectReference } from '../port';
import { ListView } from '../property/list-view';
import { type AnswerObject, propertiesOf } from '../property/object-properties';
import { retrieveProperties } from '../property/property-reader';
import type { Extent } from '../property/property-value';
import type { UnreadValues } from '../property/unread-values';
import type { Log } from '../session/log';
import type { Session } from '../session/session';
import type { ObjectUpdate, PropertyFilterSpec } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';
import { detailsFilter } from './filter-specs';
import type { InventoryStore } from './inventory';
import { CREATE_DATE_PATH, DETAILS_PATHS, detailsExpectations } from './machine-details';
import { isMarked } from './machine-record';

/** Many clones at once get their marks one by one. */
const GATHER_MS = 250;
/** A machine without marks may be watched a little longer: it costs some updates only. */
const REMOVALS_WAIT_MS = 5_000;

export interface DetailsWatchOptions {
  readonly session: Session;
  readonly store: InventoryStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly unread: UnreadValues;
  readonly emit: (changes: readonly InventoryChange[]) => void;
  /** Called if a read fails: details are then missing, and the stream starts over. */
  readonly onFailure: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** The filter with the paths that vCenter has accepted. */
interface DetailsFilter {
  readonly ref: ManagedObjectReference;
  readonly spec: PropertyFilterSpec;
}

export class DetailsWatch {
  readonly #options: DetailsWatchOptions;
  readonly #filter: DetailsFilter;
  readonly #members: ListView;
  /** Whether a read of all details is due. */
  #reads = false;

  private constructor(options: DetailsWatchOptions, view: ManagedObjectReference, filter: DetailsFilter) {
    const { session, store, clock, log, signal } = options;
    this.#options = options;
    this.#filter = filter;
    this.#members = new ListView({
      session,
      view,
      operationId: 'vmop-details',
      gatherMs: GATHER_MS,
      removalsWaitMs: REMOVALS_WAIT_MS,
      clock,
      log,
      onRemoved: (refs) => {
        for (const ref of refs) store.forgetDetails(ref);
      },
      signal,
    });
    for (const machine of store.virtualMachines())
      if (isMarked(machine)) this.#members.add(machine.ref);
      else store.forgetDetails(machine.ref);
  }

  /** Creates the filter in a collector. `view` is an empty list view. */
  static async make(
    options: DetailsWatchOptions,
    collector: ManagedObjectReference,
    view: ManagedObjectReference,
  ): Promise<DetailsWatch> {
    const call = { operationId: 'vmop-details', signal: options.signal };
    const make = async (paths: readonly string[]): Promise<DetailsFilter> => {
      const spec = detailsFilter(view, paths);
      return {
        spec,
        ref: await options.session.invoke('CreateFilter', collector, { spec, partialUpdates: false }, call),
      };
    };
    try {
      return new DetailsWatch(options, view, await make(DETAILS_PATHS));
    } catch (error) {
      // The one path that vSphere before 6.7 does not know.
      if (VsphereError.from(error).code !== 'InvalidProperty') throw error;
      return new DetailsWatch(options, view, await make(DETAILS_PATHS.filter((path) => path !== CREATE_DATE_PATH)));
    }
  }

  get filter(): ManagedObjectReference {
    return this.#filter.ref;
  }

  /** Whether an update comes from this filter. */
  isFrom(filter: ManagedObjectReference): boolean {
    return filter.value === this.#filter.ref.value;
  }

  /** Adds machines that got marks to the list view, and removes machines that lost them. */
  note(changes: readonly InventoryChange[]): void {
    for (const change of changes) {
      if (change.kind !== 'VirtualMachine') continue;
      const { before, after } = change;
      if (after === undefined) before && this.#members.remove(before.ref, true);
      else if (isMarked(after)) {
        if (this.#members.add(after.ref) && before === undefined) this.#readSoon();
      } else this.#members.remove(after.ref);
    }
  }

  /** For machines that were out of sight, and of which the filter told before they were in the inventory again. */
  #readSoon(): void {
    if (this.#reads) return;
    this.#reads = true;
    const { clock, signal, onFailure } = this.#options;
    clock.setTimer(GATHER_MS, () => {
      this.#reads = false;
      if (signal.aborted) return;
      this.fill({ operationId: 'vmop-details', signal }).catch((error) => {
        if (!signal.aborted) onFailure(error);
      });
    });
  }

  /**
   * Applies an update of the filter. A `leave` needs nothing: the details are forgotten when the list view was edited,
   * or with the machine, by the filter of the machines.
   */
  apply(update: ObjectUpdate): InventoryChange | undefined {
    if (update.kind === 'leave') return undefined;
    return this.#applyObject(update, update.kind === 'enter' ? 'Whole' : 'Changes');
  }

  #applyObject(object: AnswerObject, extent: Extent): InventoryChange | undefined {
    const { store, unread } = this.#options;
    return store.applyDetails(object.obj, propertiesOf(object, detailsExpectations, unread), extent);
  }

  /** Reads the details of all members, at the end of a sync, so that nothing is planned without them. */
  async fill(call: CallContext): Promise<void> {
    const { session, emit } = this.#options;
    await this.#members.edit();
    if (this.#members.isEmpty) return;
    const changes: InventoryChange[] = [];
    for (const object of await retrieveProperties(session, this.#filter.spec, call)) {
      const change = this.#applyObject(object, 'Whole');
      if (change !== undefined) changes.push(change);
    }
    emit(changes);
  }
}
