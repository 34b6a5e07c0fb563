/** The whole operator on models of both servers. Everything in it follows from the seed. */
import type { LeaseTimings } from '../../src/kubernetes';
import { type Random, seededRandom } from '../../src/time/random';
import type { ManagedObjectReference } from '../../src/vsphere/port';
import { KubernetesModel } from '../fakes/kubernetes/kubernetes-model';
import {
  drawFaults,
  drawQuirks,
  type FaultWeights,
  type ModelMachine,
  oneOf,
  type Quirks,
  type VCenterModel,
} from '../fakes/vcenter';
import { VirtualClock } from '../support/time/virtual-clock';
import { type ApiNetwork, drawApiNetwork } from './api-network';
import type { CrashPlan } from './crash-points';
import { GroupUsers } from './group-users';
import { Homes } from './homes';
import { LEASES } from './lease-timings';
import { makeVCenter } from './make-vcenter';
import { OperatorProcess } from './operator-process';
import { OtherCluster } from './other-cluster';
import { LONGEST_STOP_MS } from './process-clock';
import { type ObservedWorld, ProcessObserver } from './process-observer';
import { ProcessSet } from './process-set';
import { Recoveries } from './recoveries';
import { Site } from './site';
import { GUEST_CANARY, GUEST_SECRET } from './spec';
import { Tally } from './tally';
import { someRules } from './tenant-rules';
import { hostOf, VCENTERS, VCenterAdministrator, type VCenterName } from './vcenter-administrator';
import type { OwnershipWatcher } from './watchers/ownership';
import { PaceWatcher } from './watchers/pace';
import { TenantRulesHistory } from './watchers/tenant-rules-history';
import type { WatchedWorld, Watcher } from './watchers/watcher';
import { watchersOfAll } from './watchers/watchers-of-all';

const HOMES = ['Only', 'Only', 'BySelector', 'ByReference'] as const;

/** A rule was broken, or the right end was not reached. */
export class SimulationFailure extends Error {
  override readonly name = 'SimulationFailure';
}

export class SimulatedWorld implements WatchedWorld, ObservedWorld {
  readonly clock = new VirtualClock();
  readonly recoveries = new Recoveries(this.clock);
  readonly random: Random;
  readonly tally = new Tally();
  readonly quirks: Quirks;
  /** The second one is there in some stories with VCenter objects. */
  readonly sites: readonly [Site, ...Site[]];
  readonly vcenters: readonly VCenterModel[];
  readonly homes: Homes;
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
  /** DRS rules of which an event has told that they stay. */
  readonly rulesKept = new Set<string>();
  /** When etcd was last restored. */
  restoredAtMs = Number.NEGATIVE_INFINITY;
  readonly pace: PaceWatcher;
  readonly #leaseTimings: LeaseTimings | undefined;
  readonly watchers: readonly Watcher[];
  readonly #shared: readonly Watcher[];
  readonly #watchersAt = new Map<VCenterModel, readonly Watcher[]>();
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
    options: { readonly tracing?: boolean; readonly watcher?: Watcher } = {},
  ) {
    this.#trace = options.tracing === true ? [] : undefined;
    this.random = seededRandom(seed);
    const { clock, random } = this;
    this.quirks = drawQuirks(random);
    const faults: FaultWeights = drawFaults(random);
    this.apiNetwork = drawApiNetwork(random);
    this.maxConcurrentTasks = oneOf([0, 1, 4, 16, 64], random);
    this.#leaseTimings = random() < 0.35 ? oneOf(LEASES, random) : undefined;
    const hasObjects = random() < 0.3;
    this.homes = new Homes(hasObjects ? oneOf(HOMES, random) : 'Only', random);
    const names = this.homes.kind === 'Only' ? (['main'] as const) : VCENTERS;
    this.kubernetes = new KubernetesModel(clock);
    this.users = new GroupUsers(this.kubernetes);
    if (hasObjects) {
      const selectorOf = (name: VCenterName) => this.homes.selectorOf(name);
      this.administrator = new VCenterAdministrator(this.kubernetes, () => this.users.onChange(), names, selectorOf);
    }
    const rules = new TenantRulesHistory(this);
    const draw = { clock, random, quirks: this.quirks, faults, tally: this.tally, hasHostGroups: hasObjects };
    const site = (name: VCenterName) => new Site(this, name, makeVCenter(name, draw), rules);
    this.sites = [site('main'), ...names.slice(1).map(site)];
    this.vcenters = this.sites.map(({ vcenter }) => vcenter);
    this.pace = new PaceWatcher(this);
    this.processSet = new ProcessSet({
      count: this.#leaseTimings === undefined ? 1 : 2,
      ...{ clock, random, recoveries: this.recoveries },
      make: () => this.#makeProcess(),
      say: (what) => this.say(what),
    });
    this.#shared = [
      this.pace,
      ...watchersOfAll(this),
      rules,
      ...(options.watcher === undefined ? [] : [options.watcher]),
    ];
    this.watchers = [...this.#shared, ...this.sites.flatMap(({ watchers }) => watchers)];
    for (const { vcenter, watchers } of this.sites) this.#watchersAt.set(vcenter, [...this.#shared, ...watchers]);
    this.#noteQuirks();
    for (const site of this.sites) site.vcenter.truth.onChange((ref, change) => this.#truthChanged(site, ref, change));
    this.users.onChange = () => {
      for (const watcher of this.watchers) watcher.groupsChanged?.();
    };
    clock.onStep = () => this.#stepped();
    this.homes.furnish(this.kubernetes);
    if (random() < 0.7) this.createSecrets();
    // Groups of two namespaces on one vCenter could not be told apart later.
    if (this.homes.kind !== 'Only' || random() < 0.5) this.administrator?.create(someRules(random));
    this.processSet.startAll();
    if (random() < 0.15) this.other = new OtherCluster(this);
    this.tally.meet('quirk', this.administrator === undefined ? 'environment only' : 'VCenter object');
    this.tally.meet('quirk', `homes ${this.homes.kind}`);
    this.tally.meet('quirk', this.other === undefined ? 'one cluster' : 'two clusters');
  }

  get clusterId(): string {
    return this.users.clusterId;
  }

  get otherClusterId(): string | undefined {
    return this.other?.users.clusterId;
  }

  /** The first one: of the environment, of the other cluster, and of what people do by hand. */
  get vcenter(): VCenterModel {
    return this.sites[0].vcenter;
  }

  /** Of all vCenters. */
  get machines(): readonly ModelMachine[] {
    return this.vcenters.flatMap(({ machines }) => machines);
  }

  get ownership(): OwnershipWatcher {
    return this.sites[0].ownership;
  }

  watchersAt(vcenter: VCenterModel): readonly Watcher[] {
    return this.#watchersAt.get(vcenter) ?? this.#shared;
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

  /** Secrets with guest data, where there are none. */
  createSecrets(): void {
    for (const namespace of this.homes.namespaces)
      this.users.createSecret(namespace, GUEST_SECRET.name, GUEST_SECRET.key, GUEST_CANARY);
  }

  #makeProcess(): OperatorProcess {
    const name = `operator-${this.nextNumber()}`;
    this.say(`${name} starts`);
    const { clock, random, kubernetes, apiNetwork, maxConcurrentTasks } = this;
    return new OperatorProcess({
      ...{ name, clock, random, kubernetes, apiNetwork, maxConcurrentTasks },
      reach: (host) => (this.sites.find((site) => hostOf(site.name) === host) ?? this.sites[0]).vcenter,
      leaseTimings: this.#leaseTimings,
      crashPlans: this.crashPlans,
      logLevel: this.isTracing ? 'debug' : 'info',
      defaultFolder: 'vm-operator',
      watch: this.#observer,
    });
  }

  #truthChanged(site: Site, ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void {
    if (this.isTracing) this.say(site.tellOf(ref, change));
    for (const watcher of this.watchersAt(site.vcenter)) watcher.truthChanged?.(ref, change);
    if (site === this.sites[0]) for (const watcher of this.other?.watchers ?? []) watcher.truthChanged?.(ref, change);
  }

  #stepped(): void {
    for (const watcher of this.watchers) watcher.stepped?.();
    if (this.#violation !== undefined) throw new SimulationFailure(this.#violation);
  }

  #noteQuirks(): void {
    for (const [name, value] of Object.entries(this.quirks))
      if (typeof value === 'string') this.tally.meet('quirk', `${name} ${value}`);
    this.tally.meet('quirk', this.isElected ? 'two processes' : 'one process');
    this.say(
      `drawn: ${JSON.stringify({ quirks: this.quirks, apiNetwork: this.apiNetwork, lease: this.#leaseTimings })}`,
    );
    this.say(`drawn: --max-concurrent-tasks ${this.maxConcurrentTasks}`);
  }
}
