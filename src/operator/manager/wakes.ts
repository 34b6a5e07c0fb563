/** Which groups and VCenters a change that the API server tells puts into the work queues. */
import { groupKey, type VmGroup } from '../../api/vm-group';
import type { Change, WorkQueue } from '../../kubernetes';
import { IMPLICIT_VCENTER } from '../../vcenter/selection';
import type { GroupApi } from './group-api';
import type { MeasuredGroups } from './measured-groups';
import type { ShardSet } from './shard-set';
import { labelsChanged, rulesChanged, type Stores } from './stores';

const GATHER_MS = 1_000;

export interface WakesOptions {
  readonly stores: Pick<Stores, 'groups' | 'vcenters' | 'namespaces' | 'onReread'>;
  readonly api: Pick<GroupApi, 'predicate'>;
  readonly measured: Pick<MeasuredGroups, 'changed'>;
  readonly groupQueue: Pick<WorkQueue, 'add'>;
  readonly vcenterQueue: Pick<WorkQueue, 'add' | 'addAfter'>;
}

export class Wakes {
  constructor(private readonly options: WakesOptions) {}

  /** Who looks after the base admits all VCenters, and the one that serves a VCenter looks after that one. */
  wakeVCenters(shard: string): void {
    const { stores, vcenterQueue } = this.options;
    if (shard !== IMPLICIT_VCENTER) vcenterQueue.add(shard);
    else for (const { metadata } of stores.vcenters.store.list()) vcenterQueue.add(metadata.name);
  }

  /** Requests what each change from now on concerns. Call it once. */
  follow(shards: Pick<ShardSet, 'ownerOf' | 'leaveImplicit'>, signal: AbortSignal): void {
    const { stores, api, measured, groupQueue, vcenterQueue } = this.options;
    const { groups, vcenters, namespaces } = stores;
    groups.onChange((change) => {
      // A group that is gone is forgotten, whoever leads.
      const leads = change.after === undefined || shards.ownerOf(change.after)?.leads === true;
      if (leads && api.predicate(change)) groupQueue.add(change.key);
      this.#wakeUsed(change);
      measured.changed(change);
    });
    const wake = (isMeant: (group: VmGroup) => boolean) => {
      for (const group of groups.store.list())
        if (isMeant(group) && shards.ownerOf(group)?.leads) groupQueue.add(groupKey(group));
    };
    vcenters.onChange((change) => {
      if (!rulesChanged(change)) return;
      // At once: from now on the vCenter of an object may be the same.
      if (change.after !== undefined) shards.leaveImplicit();
      vcenterQueue.add(change.key);
      wake(() => true);
    });
    namespaces.onChange((change) => {
      if (namespaces.synced && labelsChanged(change)) wake(({ metadata }) => metadata.namespace === change.key);
    });
    stores.onReread(() => wake(() => true));
    namespaces.whenSynced(signal).then(
      () => wake(() => true),
      () => {},
    );
  }

  /** A VCenter counts the groups that live on it, and goes with the last one. Many may come or go at once. */
  #wakeUsed({ before, after }: Change<VmGroup>): void {
    const names = [before, after].map((group) => group?.status?.vcenter?.name);
    if (before !== undefined && after !== undefined && names[0] === names[1]) return;
    for (const name of names) if (name !== undefined) this.options.vcenterQueue.addAfter(name, GATHER_MS);
  }
}
