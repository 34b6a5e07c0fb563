/** The whole operator on models of both servers: everything in it follows from the seed. */
import { groupFolderName } from '../../src/api/identity';
import type { LeaseTimings, ReconcileEnd } from '../../src/kubernetes';
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
  type SeenCall,
  VCenterModel,
  withinMagnitudes,
} from '../fakes/vcenter';
import { VirtualClock } from '../support/time/virtual-clock';
import type { ApiCall } from './api-connection';
import { type ApiFaults, type ApiWeather, drawWeather, NO_API_FAULTS } from './api-weather';
import { type CrashPlan, crashRow } from './crash-points';
import { GroupUsers } from './group-users';
import { bootGuests } from './guests';
import { type CrashPlace, OperatorProcess, type ProcessWatch } from './operator-process';
import { LONGEST_STOP_MS } from './process-clock';
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

export class SimulatedWorld implements Watched {
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
  /** One, or two that stand for election. A place is empty while its process is down. */
  readonly #entities: (OperatorProcess | undefined)[];
  readonly #leaseTimings: LeaseTimings | undefined;
  readonly #watchers: readonly Watcher[];
  readonly #trace: string[] | undefined;
  #stood = false;
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
    this.#watchers = [
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
      for (const watcher of this.#watchers) watcher.groupsChanged?.();
    };
    clock.onStep = () => this.#stepped();
    bootGuests(this.vcenter, this.clock, this.random);
    const template = this.vcenter.truth.machine(LANDMARK.template);
    template.cpuHotAdd = random() < 0.5;
    template.memoryHotAdd = random() < 0.5;
    template.coresPerSocket = random() < 0.3 ? 2 : 1;
    this.vcenter.compute.drsEnabled = random() < 0.8;
    if (random() < 0.7) this.users.createSecret(NAMESPACE, GUEST_SECRET.name, GUEST_SECRET.key, GUEST_CANARY);
    this.#entities = this.#leaseTimings === undefined ? [undefined] : [undefined, undefined];
    for (const place of this.#entities.keys()) this.#start(place);
  }

  get clusterId(): string {
    return this.users.clusterId;
  }

  get isElected(): boolean {
    return this.#leaseTimings !== undefined;
  }

  get processes(): readonly OperatorProcess[] {
    return this.#entities.filter((process) => process !== undefined);
  }

  /** One is down and will be started again. */
  get isProcessMissing(): boolean {
    return this.#entities.includes(undefined);
  }

  /** The process that acts, or would if it could. */
  get leader(): OperatorProcess | undefined {
    return this.processes.find(({ leads }) => leads);
  }

  get flightMs(): number {
    return this.vcenter.longestFlightMs + (this.#stood ? LONGEST_STOP_MS : 0);
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

  // --- what happens to processes ---

  /** For names that must not repeat. */
  nextNumber(): number {
    this.#serial += 1;
    return this.#serial;
  }

  /** kill -9; another one starts in its place after a while. */
  crash(process: OperatorProcess, where: string): void {
    if (process.clock.isDead) return;
    this.say(`CRASH of ${process.name}: ${where}`);
    this.#end(process);
  }

  stopForAWhile(process: OperatorProcess, ms: number): void {
    this.#stood = true;
    process.clock.stop();
    this.clock.setTimer(ms, () => {
      if (process.clock.isDead) return;
      this.say(`  ${process.name} goes on`);
      process.clock.goOn(this.random);
    });
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

  #end(process: OperatorProcess): void {
    process.kill();
    const place = this.#entities.indexOf(process);
    if (place < 0) return;
    this.#entities[place] = undefined;
    // A kubelet takes a moment, and backs off.
    const downMs = withinMagnitudes({ from: 100, to: this.random() < 0.5 ? 200 : 120_000 }, this.random);
    this.clock.setTimer(downMs, () => this.#start(place));
  }

  #start(place: number): void {
    const name = `operator-${this.nextNumber()}`;
    this.say(`${name} starts`);
    const { clock, random, vcenter, kubernetes, weather, maxConcurrentTasks } = this;
    const process = new OperatorProcess({
      ...{ name, clock, random, vcenter, kubernetes, weather, maxConcurrentTasks },
      leaseTimings: this.#leaseTimings,
      crashPlans: this.crashPlans,
      logLevel: this.#trace === undefined ? 'info' : 'debug',
      watch: this.#processWatch,
    });
    this.#entities[place] = process;
    process.start();
  }

  readonly #processWatch: ProcessWatch = {
    callLeaves: (process, call) => this.#callLeaves(process, call),
    callArrives: (process, call) => {
      for (const watcher of this.#watchers) watcher.callArrives?.(process, call);
    },
    requestArrives: (process, call) => this.#requestArrives(process, call),
    apiFault: (kind: keyof ApiFaults) => this.tally.meet('fault', `API server ${kind}`),
    crashes: (process, where) => this.#crashes(process, where),
    reconciled: (process, result) => this.#reconciled(process, result),
    logged: (process, line) => {
      this.say(`  ${process.name} ${line}`);
      for (const watcher of this.#watchers) watcher.logged?.(process, line);
    },
    exited: (process, error) => {
      if (process.clock.isDead) return;
      this.say(`${process.name} has ended${error === undefined ? '' : `: ${error}`}`);
      const isLeaseLost = error instanceof Error && error.name === 'LeadershipLost';
      if (error !== undefined && !isLeaseLost) this.violated(`the operator ended with ${error}`);
      this.#end(process);
    },
  };

  #callLeaves(process: OperatorProcess, call: SeenCall): void {
    const { fate, method, operationId } = call;
    if (this.#trace !== undefined && method !== 'WaitForUpdatesEx')
      this.say(`  ${process.name} ${method} ${call.self.value} ${operationId} ${fate}`);
    if (fate !== 'Arrives') this.tally.meet('fault', FATE_ROWS[fate]);
    const action = ACTION.exec(operationId)?.[1];
    if (action !== undefined) this.tally.meet('action', action);
    for (const watcher of this.#watchers) watcher.callLeaves?.(process, call);
  }

  #requestArrives(process: OperatorProcess, call: ApiCall): void {
    const { name, request } = call;
    this.requests.push(name);
    if (name === 'PATCH finalizers') {
      const { metadata } = request.body as { metadata?: { finalizers?: readonly string[] } };
      const isRemoval = !metadata?.finalizers?.length;
      this.tally.meet('action', isRemoval ? 'RemoveFinalizer' : 'AddFinalizer');
      if (isRemoval) this.#noteFolder(request.path);
    }
    if (name === 'POST event') this.#event(request.body);
    if (this.#trace !== undefined && request.method !== 'GET' && !name.endsWith('lease'))
      this.say(`  ${process.name} ${name} ${request.path.split('/').slice(-2).join('/')} ${toldOf(request.body)}`);
    for (const watcher of this.#watchers) watcher.requestArrives?.(process, call);
  }

  /** A folder with something in it stays when its group goes. */
  #noteFolder(path: string): void {
    const [, namespace = '', group = ''] = /\/namespaces\/([^/]+)\/vmgroups\/([^/]+)/.exec(path) ?? [];
    const name = groupFolderName(namespace, group);
    for (const place of this.vcenter.truth.entities.values())
      if (place.name === name && this.vcenter.truth.children(place.ref).length > 0) this.foldersKept.add(name);
  }

  #event(body: unknown): void {
    const { reason, regarding } = body as { reason?: string; regarding?: { namespace: string; name: string } };
    if (reason === 'FolderKept' && regarding !== undefined)
      this.foldersKept.add(groupFolderName(regarding.namespace, regarding.name));
  }

  #crashes(process: OperatorProcess, where: CrashPlace): void {
    const row = typeof where === 'string' ? where : crashRow(where.call, where.moment);
    this.tally.meet('crash', row);
    this.crash(process, row);
  }

  /** A lost write is part of the story; anything that is no ApiError is a bug. */
  #reconciled(process: OperatorProcess, { key, error }: ReconcileEnd): void {
    if (error === undefined || (error instanceof Error && EXPECTED_ERRORS.has(error.name))) return;
    this.violated(`${process.name}: the reconcile of ${key} threw ${error}`);
  }

  #truthChanged(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void {
    if (this.#trace !== undefined) {
      const machine = this.vcenter.machines.find((candidate) => candidate.ref.value === ref.value);
      const task = this.vcenter.tasks.all().find((candidate) => candidate.ref.value === ref.value);
      const about = machine
        ? `${machine.name} ${machine.powerState}`
        : task && `${task.descriptionId} of ${task.entity.value}: ${task.state} ${task.fault?.xsiType ?? ''}`;
      this.say(`  vcenter: ${ref.value} ${change} ${about ?? ''}`);
    }
    for (const watcher of this.#watchers) watcher.truthChanged?.(ref, change);
  }

  #stepped(): void {
    for (const watcher of this.#watchers) watcher.stepped?.();
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

const ACTION =
  /^vmop-.*-(CreateFolder|Clone|Reconfigure|PowerOn|PowerOff|Shutdown|Destroy|ReleaseMarks|DestroyFolder|Settle)-/;

/** Errors of a reconcile that mean trouble with the API server. */
const EXPECTED_ERRORS: ReadonlySet<string> = new Set(['ApiError', 'ReconcileTimeout']);

const FATE_ROWS = {
  RequestLost: 'vCenter requestLost',
  ReplyLost: 'vCenter replyLost',
  RequestLate: 'vCenter requestLate',
  Unavailable: 'vCenter unavailable',
  Down: 'vCenter down',
  Hangs: 'vCenter hangs',
} as const;

/** What a write says, short. */
function toldOf(body: unknown): string {
  const { status, metadata, reason, note } = body as {
    status?: { phase?: string; lastMessage?: string; observedGeneration?: number };
    metadata?: { finalizers?: readonly string[] };
    reason?: string;
    note?: string;
  };
  if (status !== undefined) return `${status.phase} (${status.observedGeneration}) ${status.lastMessage}`;
  if (reason !== undefined) return `${reason}: ${note}`;
  return `finalizers ${metadata?.finalizers?.join(',') ?? ''}`;
}
