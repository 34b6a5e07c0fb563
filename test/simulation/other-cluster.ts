/**
 * Another cluster with an operator of its own: the same vCenter, account, template, namespace and names of groups, but
 * another cluster id and another default folder (VC_FOLDER). Neither operator may touch, or wait for, what is the other's.
 */

import type { Random } from '../../src/time/random';
import { KubernetesModel } from '../fakes/kubernetes/kubernetes-model';
import { oneOf, type VCenterModel } from '../fakes/vcenter';
import type { VirtualClock } from '../support/time/virtual-clock';
import { NO_API_FAULTS } from './api-network';
import { differencesOfGroup } from './group-differences';
import { GroupUsers } from './group-users';
import { OperatorProcess } from './operator-process';
import type { RuleSite } from './rule-differences';
import { aSpec, GUEST_CANARY, GUEST_SECRET, NAMES, NAMESPACE } from './spec';
import { OwnershipWatcher } from './watchers/ownership';
import { SlotWatcher } from './watchers/slots';
import { ownerOf, type Watcher } from './watchers/watcher';

/** Its objects have UIDs that begin so. */
const UID_PREFIX = '0000000b';

/** What both clusters share, and where stories are told. */
interface SharedWorld {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly vcenter: VCenterModel;
  readonly clusterId: string;
  readonly maxConcurrentTasks: number;
  readonly newsAgeMs: number;
  readonly slackMs: number;
  readonly flightMs: number;
  nextNumber(): number;
  say(what: string): void;
  violated(what: string): void;
}

export class OtherCluster {
  readonly users: GroupUsers;
  /** The rules for its own process and machines. */
  readonly watchers: readonly Watcher[];
  readonly ownership: OwnershipWatcher;
  readonly #kubernetes: KubernetesModel;
  #process: OperatorProcess;

  constructor(private readonly world: SharedWorld) {
    this.#kubernetes = new KubernetesModel(world.clock, UID_PREFIX);
    this.users = new GroupUsers(this.#kubernetes);
    const { clock, vcenter, newsAgeMs, slackMs, flightMs } = world;
    const watched = {
      ...{ clock, vcenter, vcenters: [vcenter], users: this.users, clusterId: this.users.clusterId, processes: [] },
      otherClusterId: world.clusterId,
      ...{ newsAgeMs, slackMs, flightMs, restoredAtMs: Number.NEGATIVE_INFINITY },
      violated: (what: string) => world.violated(`${what} (in the other cluster)`),
    };
    this.ownership = new OwnershipWatcher(watched);
    this.watchers = [this.ownership, new SlotWatcher(watched)];
    this.users.createSecret(NAMESPACE, GUEST_SECRET.name, GUEST_SECRET.key, GUEST_CANARY);
    this.#process = this.#start();
    for (const name of NAMES.slice(0, 2))
      this.users.create(NAMESPACE, name, { ...aSpec(world.random), deletionPolicy: 'Delete' });
  }

  /** Whose DRS rules it is responsible for. */
  get ruleSite(): RuleSite {
    return { clusterId: this.users.clusterId, groups: this.users.list(), zonesOf: () => [], mayBeLeft: () => false };
  }

  /** Scales a group, or restarts the operator. */
  disturb(): string {
    const { random } = this.world;
    const group = oneOf([undefined, ...this.users.list()], random);
    if (group === undefined) {
      this.#process.kill();
      this.#process = this.#start();
      return 'the operator of the other cluster restarts';
    }
    const replicas = Math.floor(random() * 6);
    this.users.changeSpec(group, { replicas });
    return `${group.metadata.name} of the other cluster scaled to ${replicas}`;
  }

  endDisturbances(): void {
    for (const group of this.users.list()) {
      const { powerOff } = group.spec;
      if (powerOff?.mode === 'Soft') this.users.changeSpec(group, { powerOff: { ...powerOff, mode: 'TrySoft' } });
    }
  }

  deleteAll(): void {
    for (const group of this.users.list()) this.users.delete(group);
  }

  get differences(): readonly string[] {
    const { vcenter } = this.world;
    const uids = new Set(this.users.list().map(({ metadata }) => metadata.uid));
    const machines = vcenter.machines.filter((machine) => ownerOf(machine)?.cluster === this.users.clusterId);
    const left = machines.filter((machine) => !uids.has(ownerOf(machine)?.groupUid ?? ''));
    const isReady = this.#process.connectionTo(vcenter)?.status.kind === 'Ready';
    return [
      ...(isReady ? [] : ['its operator is not connected to vCenter']),
      ...this.users.list().flatMap((group) =>
        differencesOfGroup(
          group,
          machines.filter((machine) => ownerOf(machine)?.groupUid === group.metadata.uid),
        ),
      ),
      ...left.map(({ name }) => `${name} belongs to a group that is gone`),
    ].map((difference) => `other cluster: ${difference}`);
  }

  #start(): OperatorProcess {
    const { clock, random, vcenter, maxConcurrentTasks } = this.world;
    const name = `other-operator-${this.world.nextNumber()}`;
    const process = new OperatorProcess({
      ...{ name, clock, random, maxConcurrentTasks },
      reach: () => vcenter,
      kubernetes: this.#kubernetes,
      apiNetwork: { latencyMs: { from: 1, to: 5 }, watchDelayMs: { from: 1, to: 5 }, faults: NO_API_FAULTS },
      leaseTimings: undefined,
      crashPlans: [],
      logLevel: 'info',
      defaultFolder: 'vm-operator-b',
      watch: {
        callLeaves: (_, call) => {
          if (call.method !== 'WaitForUpdatesEx')
            this.world.say(`  ${name} ${call.method} ${call.self.value} ${call.operationId}`);
        },
        callArrives: (sender, call, { lease }) => {
          for (const watcher of this.watchers) watcher.callArrives?.(sender, call, lease);
        },
        requestArrives: () => {},
        hears: () => {},
        apiFault: () => {},
        crashes: () => {},
        reconciled: () => {},
        logged: (_, line) => this.world.say(`  ${name} ${line}`),
        decided: () => {},
        exited: (sender, error) => {
          if (!sender.clock.isDead) this.world.violated(`the operator of the other cluster ended with ${error}`);
        },
      },
    });
    process.start();
    return process;
  }
}
