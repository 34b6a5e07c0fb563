/** What is measured of the groups as the API server tells of them, by the process that reconciles them. */
import type { VmGroup } from '../../api/vm-group';
import type { Change, Reflector } from '../../kubernetes';
import type { Clock } from '../../time/clock';
import { type Measures, NOT_MEASURED } from '../../vmgroup/model/measures';
import type { Shard } from './shard';
import { SpecsUnderWay } from './specs-under-way';

export interface MeasuredGroupsOptions {
  readonly groups: Pick<Reflector<VmGroup>, 'store' | 'synced'>;
  readonly ownerOf: (group: VmGroup) => Pick<Shard, 'name' | 'leads'> | undefined;
  readonly clock: Clock;
  /** Default: nothing is measured. */
  readonly measures?: Pick<Measures, 'specReady'>;
}

export class MeasuredGroups {
  readonly #specs = new SpecsUnderWay();

  constructor(private readonly options: MeasuredGroupsOptions) {}

  /** Every process sees all changes. The one that leads the group tells how long it took. */
  changed(change: Change<VmGroup>): void {
    const { measures = NOT_MEASURED, groups, clock } = this.options;
    const ready = this.#specs.changed(change, groups.synced, clock.monotonicMs());
    if (ready !== undefined && this.#leads(change.after)) measures.specReady(ready.change, ready.afterMs);
  }

  /** The groups that this process reconciles, and the name of the vCenter that each belongs to. */
  *led(): Iterable<{ readonly vcenter: string; readonly group: VmGroup }> {
    const { groups, ownerOf } = this.options;
    for (const group of groups.store.list()) {
      const owner = ownerOf(group);
      if (owner?.leads) yield { vcenter: owner.name, group };
    }
  }

  /** How long, of those groups, the one has waited so far that waits longest to be ready for its last spec. */
  get longestSpecMs(): number {
    const { groups, clock } = this.options;
    return this.#specs.longestMs(clock.monotonicMs(), (key) => this.#leads(groups.store.get(key)));
  }

  #leads(group: VmGroup | undefined): boolean {
    return group !== undefined && this.options.ownerOf(group)?.leads === true;
  }
}
