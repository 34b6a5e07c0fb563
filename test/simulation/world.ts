/** The whole operator on models of both servers. Everything in it follows from the seed. */
import type { LeaseTimings } from '../../src/kubernetes';
import { type Random, seededRandom } from '../../src/time/random';
import type { ManagedObjectReference } from '../../src/vsphere/port';
import { KubernetesModel } from '../fakes/kubernetes/kubernetes-model';
import {
  drawFaults,
  drawQuirks,
  type FaultWeights,
  LANDMARK,
  NO_FAULTS,
  oneOf,
  type Quirks,
  VCenterModel,
} from '../fakes/vcenter';
import { VirtualClock } from '../support/time/virtual-clock';
import { type ApiNetwork, drawApiNetwork, NO_API_FAULTS } from './api-network';
import type { CrashPlan } from './crash-points';
import { GroupUsers } from './group-users';
import { bootGuests } from './guests';
import { OperatorProcess } from './operator-process';
import { OtherCluster } from './other-cluster';
import { LONGEST_STOP_MS } from './process-clock';
import { type ObservedWorld, ProcessObserver } from './process-observer';
import { ProcessSet } from './process-set';
import { GUEST_CANARY, GUEST_SECRET, NAMESPACE } from './spec';
import { Tally } from './tally';
import { VCenterAdministrator } from './vcenter-administrator';
import { FencingWatcher } from './watchers/fencing';
import { KnownWorldWatcher } from './watchers/known-world';
import { OwnershipWatcher } from './watchers/ownership';
import { PaceWatcher } from './watchers/pace';
import { RolloutWatcher } from './watchers/rollout';
import { SecretWatcher } from './watchers/secrets';
import { SlotWatcher } from './watchers/slots';
import { StatusWatcher } from './watchers/status-truth';
import { WaitWatcher } from './watchers/waits';
import type { Watched, Watcher } from './watchers/watcher';

/** A rule was broken, or the right end was not reached. */
export class SimulationFailure extends Error {
  override readonly name = 'SimulationFailure';
}

const LEASES: readonly [LeaseTimings, ...LeaseTimings[]] = [
  { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 },
  { leaseDurationMs: 30_000, renewDeadlineMs: 20_000, retryPeriodMs: 5_000 },
  { leaseDurationMs: 30_000, renewDeadlineMs: 20_000, retryPeriodMs: 5_000 },
  { leaseDurationMs: 60_000, renewDeadlineMs: 40_000, retryPeriodMs: 10_000 },
];

export class SimulatedWorld implements Watched, ObservedWorld {
  readonly clock = new VirtualClock();
  readonly random: Random;
  readonly tally = new Tally();
  readonly quirks: Quirks;
  readonly vcenter: VCenterModel;
  readonly kubernetes: KubernetesModel;
  readonly users: GroupUsers;
  readonly apiNetwork: ApiNetwork;
  readonly maxConcurrentTasks: number;
  /** Planned crashes. */
  readonly crashPlans: CrashPlan[] = [];
  /** Names of the requests that have reached the API server. */
  readonly requests: string[] = [];
  /** Names of folders that stay, because they are not empty. */
  readonly foldersKept = new Set<string>();
  /** UIDs of groups that were deleted with force-orphan. Their machines stay. */
  readonly orphaned = new Set<string>();
  /** When etcd was last restored. */
  restoredAtMs = Number.NEGATIVE_INFINITY;
  readonly ownership: OwnershipWatcher;
  readonly pace: PaceWatcher;
  readonly #leaseTimings: LeaseTimings | undefined;
  readonly watchers: readonly Watcher[];
  /** One process, or two that elect a leader. */
  readonly processSet: ProcessSet;
  /** Who makes a VCenter object; undefined where the environment alone names the vCenter. */
  readonly administrator: VCenterAdministrator | undefined;
  /** Another cluster at the same vCenter, in some seeds. */
  readonly other: OtherCluster | undefined;
  readonly #trace: string[] | undefined;
  readonly #observer = new ProcessObserver(this);
  #serial = 0;
  #violation: string | undefined;

  constructor(
    readonly seed: number,
    options: { readonly tracing?: boolean } = {},
  ) {
    this.#trace = options.tracing === true ? [] : undefined;
    this.random = seededRandom(seed);
    const { clock, random } = this;
    this.quirks = drawQuirks(random);
    const faults: FaultWeights = drawFaults(random);
    this.apiNetwork = drawApiNetwork(random);
    this.maxConcurrentTasks = oneOf([1, 4, 16, 64], random);
    this.#leaseTimings = random() < 0.35 ? oneOf(LEASES, random) : undefined;
    this.vcenter = new VCenterModel({ clock, random, quirks: this.quirks, faults, machines: 2 });
    this.kubernetes = new KubernetesModel(clock);
    this.users = new GroupUsers(this.kubernetes);
    this.ownership = new OwnershipWatcher(this);
    this.pace = new PaceWatcher(this);
    this.processSet = new ProcessSet({
      count: this.#leaseTimings === undefined ? 1 : 2,
      clock,
      random,
      make: () => this.#makeProcess(),
      say: (what) => this.say(what),
    });
    this.watchers = [
      this.ownership,
      this.pace,
      new SlotWatcher(this),
      new WaitWatcher(this),
      new StatusWatcher(this),
      new RolloutWatcher(this),
      new FencingWatcher(this),
      new SecretWatcher(this),
      new KnownWorldWatcher(this),
    ];
    this.#noteQuirks();
    this.vcenter.onFault((kind) => this.tally.meet('fault', `vCenter ${kind}`));
    this.vcenter.truth.onChange((ref, change) => this.#truthChanged(ref, change));
    this.users.onChange = () => {
      for (const watcher of this.watchers) watcher.groupsChanged?.();
    };
    clock.onStep = () => this.#stepped();
    bootGuests(this.vcenter, this.clock, this.random);
    const template = this.vcenter.truth.machine(LANDMARK.template);
    if (random() < 0.5) this.#addDatastore();
    template.cpuHotAdd = random() < 0.5;
    template.memoryHotAdd = random() < 0.5;
    template.coresPerSocket = random() < 0.3 ? 2 : 1;
    this.vcenter.compute.drsEnabled = random() < 0.8;
    if (random() < 0.7) this.users.createSecret(NAMESPACE, GUEST_SECRET.name, GUEST_SECRET.key, GUEST_CANARY);
    if (random() < 0.3) this.administrator = new VCenterAdministrator(this.kubernetes, this.users.onChange);
    if (random() < 0.5) this.administrator?.create();
    this.processSet.startAll();
    if (random() < 0.15) this.other = new OtherCluster(this);
    this.tally.meet('quirk', this.administrator === undefined ? 'environment only' : 'VCenter object');
    this.tally.meet('quirk', this.other === undefined ? 'one cluster' : 'two clusters');
  }

  get clusterId(): string {
    return this.users.clusterId;
  }

  get otherClusterId(): string | undefined {
    return this.other?.users.clusterId;
  }

  get isElected(): boolean {
    return this.#leaseTimings !== undefined;
  }

  get processes(): readonly OperatorProcess[] {
    return this.processSet.all;
  }

  /** Whether a process is down and will be started again. */
  get isProcessMissing(): boolean {
    return this.processSet.isOneMissing;
  }

  /** The process that leads. */
  get leader(): OperatorProcess | undefined {
    return this.processes.find(({ leads }) => leads);
  }

  get flightMs(): number {
    return this.vcenter.longestFlightMs + (this.processSet.hasStopped ? LONGEST_STOP_MS : 0);
  }

  /** How long a change of a machine may take to reach a process. */
  get newsAgeMs(): number {
    const { newsDelayMs, newsLagMs } = this.quirks;
    return newsDelayMs.to + newsLagMs.to;
  }

  get slackMs(): number {
    const { newsDelayMs, latencyMs } = this.quirks;
    return newsDelayMs.to + this.newsAgeMs + 4 * latencyMs.to + this.flightMs + 1_000;
  }

  get isTracing(): boolean {
    return this.#trace !== undefined;
  }

  get trace(): readonly string[] {
    return this.#trace ?? [];
  }

  /** Adds a line to the story, if it is traced. */
  say(what: string): void {
    this.#trace?.push(`${(this.clock.monotonicMs() / 1000).toFixed(3).padStart(10)} ${what}`);
  }

  fail(why: string): never {
    this.say(`FAILED ${why}`);
    throw new SimulationFailure(why);
  }

  violated(what: string): void {
    this.say(`VIOLATION ${what}`);
    this.#violation ??= what;
  }

  /** Rejects with a SimulationFailure as soon as a rule is broken. */
  advance(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  /** For names that must not repeat. */
  nextNumber(): number {
    this.#serial += 1;
    return this.#serial;
  }

  /** Somebody is about to remove what is theirs: that is no violation. */
  forget(ref: ManagedObjectReference): void {
    this.ownership.forget(ref);
    this.other?.ownership.forget(ref);
  }

  crash(process: OperatorProcess, where: string): void {
    this.processSet.crash(process, where);
  }

  stopForAWhile(process: OperatorProcess, ms: number): void {
    this.processSet.stopForAWhile(process, ms);
  }

  /** From now on there are no faults. */
  endFaults(): void {
    this.say('STEP faults have ended');
    this.vcenter.setFaults(NO_FAULTS);
    this.vcenter.goUp();
    this.vcenter.tasks.hangNone();
    this.vcenter.deny([]);
    this.vcenter.permissions.showAll();
    this.administrator?.select('All');
    this.apiNetwork.faults = NO_API_FAULTS;
    this.kubernetes.down = false;
    this.crashPlans.length = 0;
    for (const process of this.processes) process.api.reconnect();
  }

  /** With several datastores, each has a limit of its own in the lane of clones. */
  #addDatastore(): void {
    const { truth } = this.vcenter;
    truth.addEntity('Datastore', truth.nextId('datastore'), 'datastore-2', truth.entity(LANDMARK.datastore).parent);
    this.tally.meet('quirk', 'two datastores');
  }

  #makeProcess(): OperatorProcess {
    const name = `operator-${this.nextNumber()}`;
    this.say(`${name} starts`);
    const { clock, random, vcenter, kubernetes, apiNetwork, maxConcurrentTasks } = this;
    return new OperatorProcess({
      ...{ name, clock, random, vcenter, kubernetes, apiNetwork, maxConcurrentTasks },
      leaseTimings: this.#leaseTimings,
      crashPlans: this.crashPlans,
      logLevel: this.isTracing ? 'debug' : 'info',
      defaultFolder: 'vm-operator',
      watch: this.#observer,
    });
  }

  #truthChanged(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void {
    if (this.isTracing) {
      const machine = this.vcenter.machines.find((candidate) => candidate.ref.value === ref.value);
      const task = this.vcenter.tasks.all().find((candidate) => candidate.ref.value === ref.value);
      const about = machine
        ? `${machine.name} ${machine.powerState}`
        : task && `${task.descriptionId} of ${task.entity.value}: ${task.state} ${task.fault?.xsiType ?? ''}`;
      this.say(`  vcenter: ${ref.value} ${change} ${about ?? ''}`);
    }
    for (const watcher of [...this.watchers, ...(this.other?.watchers ?? [])]) watcher.truthChanged?.(ref, change);
  }

  #stepped(): void {
    for (const watcher of this.watchers) watcher.stepped?.();
    if (this.#violation !== undefined) throw new SimulationFailure(this.#violation);
  }

  #noteQuirks(): void {
    const { nameReserved, cloneVisible, cloneGhosts, newsOrder, folderRemoval, folderLost } = this.quirks;
    const named = { nameReserved, cloneVisible, cloneGhosts, newsOrder, folderRemoval, folderLost };
    for (const [name, value] of Object.entries(named)) this.tally.meet('quirk', `${name} ${value}`);
    this.tally.meet('quirk', this.isElected ? 'two processes' : 'one process');
    this.say(
      `drawn: ${JSON.stringify({ quirks: this.quirks, apiNetwork: this.apiNetwork, lease: this.#leaseTimings })}`,
    );
    this.say(`drawn: at most ${this.maxConcurrentTasks} clones at once`);
  }
}
