/** The whole operator on models of both servers: everything in it follows from the seed. */
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
import { type ApiWeather, drawWeather, NO_API_FAULTS } from './api-weather';
import type { CrashPlan } from './crash-points';
import { GroupUsers } from './group-users';
import { bootGuests } from './guests';
import { OperatorProcess } from './operator-process';
import { LONGEST_STOP_MS } from './process-clock';
import { type ObservedWorld, ProcessObserver } from './process-observer';
import { ProcessSet } from './process-set';
import { GUEST_CANARY, GUEST_SECRET, NAMESPACE } from './spec';
import { Tally } from './tally';
import { FencingWatcher } from './watchers/fencing';
import { KnownWorldWatcher } from './watchers/known-world';
import { OwnershipWatcher } from './watchers/ownership';
import { PaceWatcher } from './watchers/pace';
import { SecretWatcher } from './watchers/secrets';
import { SlotWatcher } from './watchers/slots';
import { StatusWatcher } from './watchers/status-truth';
import { WaitWatcher } from './watchers/waits';
import type { Watched, Watcher } from './watchers/watcher';

/** A rule was broken, or an end not reached. */
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
  readonly weather: ApiWeather;
  readonly maxConcurrentTasks: number;
  /** Crashes that are to come. */
  readonly crashPlans: CrashPlan[] = [];
  /** Requests that have reached the API server: what they were about. */
  readonly requests: string[] = [];
  /** Folders that stay for what is in them and not ours. */
  readonly foldersKept = new Set<string>();
  /** UIDs of groups that were deleted with force-orphan: their machines stay, for people to deal with. */
  readonly orphaned = new Set<string>();
  readonly ownership: OwnershipWatcher;
  readonly pace: PaceWatcher;
  readonly #leaseTimings: LeaseTimings | undefined;
  readonly watchers: readonly Watcher[];
  /** One process, or two that elect a leader. */
  readonly processSet: ProcessSet;
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
    this.weather = drawWeather(random);
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
      new FencingWatcher(this),
      new SecretWatcher(this),
      new KnownWorldWatcher(this),
    ];
    this.#tellQuirks();
    this.vcenter.onFault((kind) => this.tally.meet('fault', `vCenter ${kind}`));
    this.vcenter.truth.onChange((ref, change) => this.#truthChanged(ref, change));
    this.users.onChange = () => {
      for (const watcher of this.watchers) watcher.groupsChanged?.();
    };
    clock.onStep = () => this.#stepped();
    bootGuests(this.vcenter, this.clock, this.random);
    const template = this.vcenter.truth.machine(LANDMARK.template);
    template.cpuHotAdd = random() < 0.5;
    template.memoryHotAdd = random() < 0.5;
    if (random() < 0.7) this.users.createSecret(NAMESPACE, GUEST_SECRET.name, GUEST_SECRET.key, GUEST_CANARY);
    this.processSet.startAll();
  }

  get clusterId(): string {
    return this.users.clusterId;
  }

  get isElected(): boolean {
    return this.#leaseTimings !== undefined;
  }

  get processes(): readonly OperatorProcess[] {
    return this.processSet.all;
  }

  /** One is down and will be started again. */
  get isProcessMissing(): boolean {
    return this.processSet.isOneMissing;
  }

  /** The process that acts, or would if it could. */
  get leader(): OperatorProcess | undefined {
    return this.processes.find(({ leads }) => leads);
  }

  get flightMs(): number {
    return this.vcenter.longestFlightMs + (this.processSet.hasStopped ? LONGEST_STOP_MS : 0);
  }

  /** How old news of a machine may be when it comes. */
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

  /** Adds a line to the story, if it is told. */
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

  crash(process: OperatorProcess, where: string): void {
    this.processSet.crash(process, where);
  }

  stopForAWhile(process: OperatorProcess, ms: number): void {
    this.processSet.stopForAWhile(process, ms);
  }

  /** No more faults from here on. */
  heal(): void {
    this.say('HEALED: no more faults');
    this.vcenter.setFaults(NO_FAULTS);
    this.vcenter.goUp();
    this.vcenter.tasks.hangs = () => false;
    this.weather.faults = NO_API_FAULTS;
    this.kubernetes.down = false;
    this.crashPlans.length = 0;
    for (const process of this.processes) process.api.heal();
  }

  #makeProcess(): OperatorProcess {
    const name = `operator-${this.nextNumber()}`;
    this.say(`${name} starts`);
    const { clock, random, vcenter, kubernetes, weather, maxConcurrentTasks } = this;
    return new OperatorProcess({
      ...{ name, clock, random, vcenter, kubernetes, weather, maxConcurrentTasks },
      leaseTimings: this.#leaseTimings,
      crashPlans: this.crashPlans,
      logLevel: this.isTracing ? 'debug' : 'info',
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
    for (const watcher of this.watchers) watcher.truthChanged?.(ref, change);
  }

  #stepped(): void {
    for (const watcher of this.watchers) watcher.stepped?.();
    if (this.#violation !== undefined) throw new SimulationFailure(this.#violation);
  }

  #tellQuirks(): void {
    const { nameReserved, cloneVisible, newsOrder, folderRemoval, folderLost } = this.quirks;
    for (const [name, value] of Object.entries({ nameReserved, cloneVisible, newsOrder, folderRemoval, folderLost }))
      this.tally.meet('quirk', `${name} ${value}`);
    this.tally.meet('quirk', this.isElected ? 'two processes' : 'one process');
    this.say(`drawn: ${JSON.stringify({ quirks: this.quirks, weather: this.weather, lease: this.#leaseTimings })}`);
    this.say(`drawn: ${this.maxConcurrentTasks} tasks at once`);
  }
}
