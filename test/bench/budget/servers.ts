/** Five kinds of vCenter, by what limits their clones. */
import type { CloneServer } from '../../support/builders/clone-server';

export const SERVERS: readonly CloneServer[] = [
  { name: 'nothing limits it', seconds: 60, speed: () => 1 },
  {
    name: 'three hosts of eight slots, a third of them taken by others for an hour',
    seconds: 60,
    slots: (seconds) => (seconds < 3_600 ? 16 : 24),
    speed: () => 1,
  },
  {
    name: 'two datastores, one ten times as fast; copies share what each brings',
    seconds: 90,
    datastores: 2,
    // 30 s are the same however many there are, the rest is shared from 4, or from 40, on.
    speed: (running, datastore) => 90 / (30 + 60 * Math.max(1, running / (datastore === 0 ? 4 : 40))),
  },
  {
    name: 'one datastore that does less, the more are under way at once',
    seconds: 60,
    speed: (running) => 1 / (1 + (running / 12) ** 2),
  },
  { name: 'more than 40 are refused', seconds: 60, refusesBeyond: 40, speed: () => 1 },
];
