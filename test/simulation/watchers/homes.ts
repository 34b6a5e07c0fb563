import type { WatchedWorld, Watcher } from './watcher';
import { ownerOf } from './watcher';

/** R2: a group never has machines on two vCenters: there each slot could be filled twice. */
export class HomeWatcher implements Watcher {
  /** By group UID: the number of its vCenter. */
  readonly #homes = new Map<string, number>();

  constructor(private readonly watched: WatchedWorld) {}

  truthChanged(): void {
    const { vcenters, clusterId } = this.watched;
    if (vcenters.length < 2) return;
    for (const [index, { truth }] of vcenters.entries())
      for (const machine of truth.machines.values()) {
        const owner = ownerOf(machine);
        if (owner?.cluster !== clusterId) continue;
        const home = this.#homes.get(owner.groupUid) ?? index;
        this.#homes.set(owner.groupUid, home);
        if (home !== index)
          this.watched.violated(`R2: ${machine.name} of ${owner.group} is not on the vCenter where its group lives`);
      }
  }
}
