import type { ManagedObjectReference } from '../port';
import type { Log } from '../session/log';
import type { Session } from '../session/session';
import { VsphereError } from '../vim25/vsphere-error';

export interface OwnFiltersOptions {
  readonly session: Session;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * The filters of a collector that we know. A CreateFilter whose answer was lost is sent again, and vCenter then has two:
 * what the other one tells must not be heard, since details from it would look like all that there is of a machine.
 */
export class OwnFilters {
  readonly #own: ReadonlySet<string>;
  readonly #beingDestroyed = new Set<string>();
  readonly #options: OwnFiltersOptions;

  /** `isOther`: whether a filter is one of those that come and go, besides `own`. */
  constructor(
    own: readonly ManagedObjectReference[],
    private readonly isOther: (filter: ManagedObjectReference) => boolean,
    options: OwnFiltersOptions,
  ) {
    this.#own = new Set(own.map(({ value }) => value));
    this.#options = options;
  }

  /** Whether a filter is ours. One that is not is destroyed, and tried again with its next news if that fails. */
  has(filter: ManagedObjectReference): boolean {
    if (this.#own.has(filter.value) || this.isOther(filter)) return true;
    if (!this.#beingDestroyed.has(filter.value)) void this.#destroy(filter);
    return false;
  }

  async #destroy(filter: ManagedObjectReference): Promise<void> {
    const { session, log, signal } = this.#options;
    this.#beingDestroyed.add(filter.value);
    try {
      await session.invoke('DestroyPropertyFilter', filter, {}, { operationId: 'vmop-inventory', signal });
      log.debug?.('a filter was destroyed: it was made by a call whose answer was lost', { filter: filter.value });
    } catch (error) {
      this.#beingDestroyed.delete(filter.value);
      if (signal.aborted) return;
      log.info('a filter was not destroyed; what it tells is ignored', { code: VsphereError.from(error).code });
    }
  }
}
