/** One process of the operator on the models: the reconciler and all around it, wired as src/operator/operator.ts does. */
import { MARK_KEYS } from '../../../src/api/ownership';
import { groupKey, type VmGroup } from '../../../src/api/vm-group';
import { runReconcileLoop, WorkQueue } from '../../../src/kubernetes';
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import type { GroupEvent } from '../../../src/vmgroup/port';
import { VmGroupReconciler } from '../../../src/vmgroup/reconciler';
import { UnclaimedClones } from '../../../src/vmgroup/unclaimed-clones';
import { WakeIndex } from '../../../src/vmgroup/wake-index';
import { classifyFailure, type VCenterConnection } from '../../../src/vsphere';
import { type ApiWeather, GroupClient } from '../kubernetes/group-client';
import type { GroupServer } from '../kubernetes/group-server';
import type { VCenterModel } from '../vcenter';
import { MortalClock } from './mortal-clock';

export const CLUSTER_ID = 'c1u57e41-0000-4000-8000-000000000001';
const WORKERS = 8;
const RECONCILE_DEADLINE_MS = 60_000;

export interface ProcessSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly vcenter: VCenterModel;
  readonly groups: GroupServer;
  readonly weather: ApiWeather;
  readonly maxConcurrentTasks: number;
  readonly onEvent: (group: VmGroup, event: GroupEvent) => void;
  readonly onError: (error: unknown) => void;
}

export class OperatorProcess {
  readonly connection: VCenterConnection;
  readonly #clock: MortalClock;
  readonly #client: GroupClient;

  constructor(surroundings: ProcessSurroundings) {
    const { random, vcenter, groups, weather, maxConcurrentTasks, onEvent, onError } = surroundings;
    const clock = new MortalClock(surroundings.clock);
    const forever = new AbortController().signal;
    this.#clock = clock;
    const queue = new WorkQueue({ clock, name: 'vmgroup' });
    const client = new GroupClient(groups, weather, clock, random, (key) => queue.add(key));
    this.#client = client;
    const connection = vcenter.connect({ clock, watchedExtraConfigKeys: MARK_KEYS, maxConcurrentTasks });
    this.connection = connection;
    const wakeIndex = new WakeIndex(client);
    const wakeAll = () => {
      for (const group of client.list()) queue.add(groupKey(group));
    };
    const unclaimed = new UnclaimedClones(connection, clock, wakeAll);
    const reconciler = new VmGroupReconciler({
      groups: client,
      writer: client,
      queue,
      events: { record: onEvent },
      wakeIndex,
      clusterId: CLUSTER_ID,
      clock,
      random,
      select: () => ({ kind: 'Selected', vcenter: { name: '(env)', defaultFolder: 'vm-operator', connection } }),
      isUninstalling: async () => false,
      readSecret: async () => ({ kind: 'NotFound' }),
      unclaimed: () => unclaimed,
      classify: classifyFailure,
      mayMutate: () => true,
      dropWork: (uid) => connection.dispatcher.replaceWaiting(uid, []),
    });
    wakeAll();
    connection.onStatus(wakeAll);
    connection.onInventoryChange((change) => {
      for (const key of wakeIndex.concernedBy(change)) queue.add(key);
    });
    unclaimed.run(forever).catch(onError);
    connection.run(forever).catch(onError);
    runReconcileLoop(
      {
        queue,
        clock,
        workers: WORKERS,
        deadlineMs: RECONCILE_DEADLINE_MS,
        reconcile: (key, signal) => reconciler.reconcile(key, signal),
        onResult: ({ error }) => {
          if (error !== undefined) onError(error);
        },
      },
      forever,
    ).catch(onError);
  }

  /** kill -9. */
  kill(): void {
    this.#client.close();
    this.#clock.kill();
  }
}
