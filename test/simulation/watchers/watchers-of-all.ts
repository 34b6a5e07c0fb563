import { DecisionWatcher } from './decisions';
import { FencingWatcher } from './fencing';
import { HomeWatcher } from './homes';
import { SecretWatcher } from './secrets';
import { StatusWatcher } from './status-truth';
import { WaitWatcher } from './waits';
import type { WatchedWorld, Watcher } from './watcher';

/** Of rules that are kept for all vCenters together. */
export function watchersOfAll(watched: WatchedWorld): readonly Watcher[] {
  return [
    new WaitWatcher(watched),
    new StatusWatcher(watched),
    new FencingWatcher(watched),
    new SecretWatcher(watched),
    new DecisionWatcher(watched),
    new HomeWatcher(watched),
  ];
}
