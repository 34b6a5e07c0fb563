/** One process of the operator: the real manager between connections to the models. */
import { DISK_COUNT_KEY, MARK_KEYS } from '../../src/api/ownership';
import type { LeaseTimings, ReconcileEnd } from '../../src/kubernetes';
import { leaseNameOf } from '../../src/operator/manager/leadership';
import { Manager } from '../../src/operator/manager/manager';
import { Logger } from '../../src/operator/telemetry/logger';
import type { Clock } from '../../src/time/clock';
import type { Random } from '../../src/time/random';
import { IMPLICIT_VCENTER } from '../../src/vcenter/selection';
import type { Decision } from '../../src/vmgroup/model/decision';
import { DEFAULT_TENANT_POLICY } from '../../src/vmgroup/model/tenant-policy';
import { RefusedLogins, type VCenterConnection } from '../../src/vsphere';
import type { KubernetesModel } from '../fakes/kubernetes/kubernetes-model';
import type { CallWatch, SeenCall, VCenterModel } from '../fakes/vcenter';
import { type ApiCall, ApiConnection } from './api-connection';
import type { ApiFaults, ApiNetwork } from './api-network';
import type { CrashPlan, Moment } from './crash-points';
import { ProcessClock } from './process-clock';
import { BY_HAND } from './spec';
import { FIRST_HOST, OPERATOR_NAMESPACE } from './vcenter-administrator';

/** A step of a call, a wake, or an event of a watch. */
export type CrashPlace = { readonly call: string; readonly moment: Moment } | 'wake' | 'watch event';

/** Where calls of a process go to, and the Lease by which it may make changes there. */
export interface CallPath {
  readonly vcenter: VCenterModel;
  readonly lease: string;
}

/** Is called for everything that a process does. */
export interface ProcessWatch {
  callLeaves(process: OperatorProcess, call: SeenCall, path: CallPath): void;
  callArrives(process: OperatorProcess, call: SeenCall, path: CallPath): void;
  requestArrives(process: OperatorProcess, call: ApiCall): void;
  /** An event of a watch has reached the process. */
  hears(process: OperatorProcess, event: unknown): void;
  apiFault(kind: keyof ApiFaults): void;
  /** A planned crash happens now. */
  crashes(process: OperatorProcess, where: CrashPlace, plan: CrashPlan): void;
  reconciled(process: OperatorProcess, result: ReconcileEnd): void;
  logged(process: OperatorProcess, line: string): void;
  decided(process: OperatorProcess, decision: Decision): void;
  /** The process has ended by itself: after SIGTERM, or because it has lost the Lease. */
  exited(process: OperatorProcess, error: unknown): void;
}

export interface ProcessSurroundings {
  readonly name: string;
  readonly clock: Clock;
  readonly random: Random;
  /** The vCenter at an address. */
  reach(host: string): VCenterModel;
  readonly kubernetes: KubernetesModel;
  readonly apiNetwork: ApiNetwork;
  readonly maxConcurrentTasks: number;
  /** Undefined: no election. */
  readonly leaseTimings: LeaseTimings | undefined;
  /** Planned crashes. A crash that happens is removed. */
  readonly crashPlans: CrashPlan[];
  readonly logLevel: 'debug' | 'info';
  /** VC_FOLDER. */
  readonly defaultFolder: string;
  readonly watch: ProcessWatch;
}

/** Groups may take over machines that people made, also without VCenter objects. */
const TENANTS = { ...DEFAULT_TENANT_POLICY, adoptableMachines: [`/vcqaDC/vm/${BY_HAND}/*`] };

export class OperatorProcess {
  readonly name: string;
  readonly clock: ProcessClock;
  readonly api: ApiConnection;
  readonly isElected: boolean;
  /** Its identity in the Lease, once it has tried to take it. */
  identity = '';
  /** Number of reconciles that run now. */
  reconciling = 0;
  /** Number of reconciles that have begun. */
  reconciles = 0;
  readonly #connections = new Map<VCenterModel, VCenterConnection>();
  readonly #watch: ProcessWatch;
  readonly #crashPlans: CrashPlan[];
  readonly #manager: Manager;
  readonly #stop = new AbortController();

  constructor(surroundings: ProcessSurroundings) {
    const { name, random, kubernetes, apiNetwork, maxConcurrentTasks, leaseTimings, watch } = surroundings;
    this.name = name;
    this.#watch = watch;
    this.#crashPlans = surroundings.crashPlans;
    this.isElected = leaseTimings !== undefined;
    const clock = new ProcessClock(surroundings.clock, () => this.#mayWake());
    this.clock = clock;
    const logger = new Logger({
      level: surroundings.logLevel,
      format: 'text',
      clock,
      write: (line) => watch.logged(this, line),
    });
    this.api = new ApiConnection({
      model: kubernetes,
      apiNetwork,
      world: surroundings.clock,
      clock,
      random,
      watch: {
        leaves: (call) => this.#passes(call.name, 'before'),
        arrives: (call) => this.#requestArrives(call),
        served: (call) => this.#passes(call.name, 'during'),
        answered: (call) => this.#passes(call.name, 'after'),
        eventComes: (event) => this.#eventComes(event),
        onFault: (kind) => watch.apiFault(kind),
      },
    });
    const refusedLogins = new RefusedLogins(clock, random);
    const connect = (name: string, host: string): VCenterConnection => {
      const vcenter = surroundings.reach(host);
      const connection = vcenter.connect({
        ...{ clock, refusedLogins },
        server: { host, port: 443 },
        watchedExtraConfigKeys: MARK_KEYS,
        liveExtraConfigKeys: [DISK_COUNT_KEY],
        maxConcurrentTasks,
        log: logger.named('vsphere'),
        watch: this.#callWatch({ vcenter, lease: leaseNameOf(name) }),
      });
      this.#connections.set(vcenter, connection);
      return connection;
    };
    this.#manager = new Manager({
      flags: {
        watchNamespaces: [],
        leaderElect: this.isElected,
        leaseTimings: leaseTimings ?? { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 },
        tenants: TENANTS,
      },
      server: this.api,
      connectImplicit: () => ({
        name: IMPLICIT_VCENTER,
        defaultFolder: surroundings.defaultFolder,
        tenants: TENANTS,
        connection: connect(IMPLICIT_VCENTER, FIRST_HOST),
      }),
      connectObject: ({ metadata, spec }) => connect(metadata.name, spec.endpoint.host),
      namespace: OPERATOR_NAMESPACE,
      instance: name,
      clock,
      random,
      logger,
      queueObserver: {
        started: () => {
          this.reconciling += 1;
          this.reconciles += 1;
        },
        finished: () => {
          this.reconciling -= 1;
        },
      },
      decisions: { decided: (decision) => watch.decided(this, decision) },
      onReconciled: (result) => watch.reconciled(this, result),
    });
  }

  start(): void {
    this.#manager.run(this.#stop.signal).then(
      () => this.#watch.exited(this, undefined),
      (error: unknown) => this.#watch.exited(this, error),
    );
  }

  /** The last connection to this vCenter that was made. */
  connectionTo(vcenter: VCenterModel): VCenterConnection | undefined {
    return this.#connections.get(vcenter);
  }

  get leads(): boolean {
    return !this.clock.isDead && [...this.#manager.shards].some(({ leadership }) => leadership.isLeader);
  }

  /** kill -9. */
  kill(): void {
    this.clock.kill();
    this.api.close();
  }

  /** SIGTERM: it shuts down in order. */
  stop(): void {
    this.#stop.abort(new Error('SIGTERM'));
  }

  #callWatch(path: CallPath): CallWatch {
    return {
      leaves: (call) => {
        if (!this.#passes(call.method, 'before')) return false;
        this.#watch.callLeaves(this, call, path);
        return true;
      },
      arrives: (call) => this.#watch.callArrives(this, call, path),
      served: (call) => this.#passes(call.method, 'during'),
      answered: (call) => this.#passes(call.method, 'after'),
    };
  }

  #requestArrives(call: ApiCall): void {
    if (call.name === 'POST lease' || call.name === 'PUT lease') {
      const body = call.request.body as { spec?: { holderIdentity?: string } };
      if (body.spec?.holderIdentity) this.identity = body.spec.holderIdentity;
    }
    this.#watch.requestArrives(this, call);
  }

  /** False if a planned crash happens here. */
  #passes(call: string, moment: Moment): boolean {
    if (this.clock.isDead) return false;
    return this.#survives((plan) => plan.kind === 'Call' && plan.call === call && plan.moment === moment, {
      call,
      moment,
    });
  }

  #mayWake(): boolean {
    return this.#survives(({ kind }) => kind === 'Wake', 'wake');
  }

  #eventComes(event: unknown): boolean {
    if (this.clock.isDead || !this.#survives(({ kind }) => kind === 'WatchEvent', 'watch event')) return false;
    this.#watch.hears(this, event);
    return true;
  }

  #survives(isMeant: (plan: CrashPlan) => boolean, where: CrashPlace): boolean {
    if (this.#crashPlans.length === 0) return true;
    const plan = this.#crashPlans.find(isMeant);
    if (plan === undefined) return true;
    plan.left -= 1;
    if (plan.left >= 0) return true;
    this.#crashPlans.splice(this.#crashPlans.indexOf(plan), 1);
    this.#watch.crashes(this, where, plan);
    return false;
  }
}
