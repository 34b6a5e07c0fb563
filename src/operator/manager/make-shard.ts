/** A shard with all that it needs of its process. */
import type { ApiServer } from '../../kubernetes';
import type { Clock } from '../../time/clock';
import type { Random } from '../../time/random';
import type { DecisionRecorder } from '../../vmgroup/model/decision';
import type { Measures } from '../../vmgroup/model/measures';
import type { GroupQueue } from '../../vmgroup/model/port';
import type { Flags } from '../settings/flags';
import type { Logger } from '../telemetry/logger';
import { readCrdDeletion } from './cluster';
import { countedElsewhere } from './counted-elsewhere';
import { type GroupApi, groupStore } from './group-api';
import { leadershipOf } from './leadership';
import type { LeaseTurns } from './lease-turns';
import { isProbedElsewhere } from './probed-elsewhere';
import { secretReader } from './secret-reader';
import { Shard } from './shard';
import type { ShardSet } from './shard-set';
import type { Stores } from './stores';

export interface ShardSurroundings {
  readonly clusterId: string;
  readonly shards: ShardSet;
  readonly stores: Stores;
  readonly api: GroupApi;
  readonly queue: GroupQueue;
  readonly measures?: Measures;
  readonly decisions?: DecisionRecorder;
  /** Of the process, in all its Leases. */
  readonly identity: string;
  readonly turns: LeaseTurns;
  readonly server: ApiServer;
  readonly namespace: string;
  readonly flags: Pick<Flags, 'watchNamespaces' | 'leaderElect' | 'leaseTimings'>;
  onLost(error: unknown): void;
  onChange(): void;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

export function makeShard(name: string, surroundings: ShardSurroundings): Shard {
  const { clusterId, shards, stores, api, server, flags } = surroundings;
  const { groups } = stores;
  const shard: Shard = new Shard({
    ...surroundings,
    name,
    isElected: flags.leaderElect,
    leaseDurationMs: flags.leaseTimings.leaseDurationMs,
    leadership: leadershipOf({
      ...surroundings,
      ...{ vcenter: name, news: stores.leases },
      onResumed: () => shard.wakeAll(),
    }),
    cluster: {
      id: clusterId,
      groups: groupStore(groups, (group) => shards.ownerOf(group) === shard),
      writer: api,
      events: api,
      readCrdDeletion: (signal) => readCrdDeletion(server, signal),
      readSecret: secretReader(server),
      readSpec: (group, signal) => api.readSpec(group, signal),
    },
    select: (group, connected) => shards.select(group, connected),
    limits: () => shards.limitsOf(name),
    elsewhere: countedElsewhere(name, stores),
    isProbedElsewhere: () => isProbedElsewhere(name, stores.world.vcenters),
    relist: (signal) => stores.listAgain(signal),
    unowned: {
      groups: {
        // The groups of a namespace that may not be read may be there.
        get synced() {
          return groups.complete;
        },
        hasUid: groupStore(groups).hasUid,
        byFolderName: groupStore(groups).byFolderName,
      },
      watchNamespaces: flags.watchNamespaces,
    },
  });
  return shard;
}
