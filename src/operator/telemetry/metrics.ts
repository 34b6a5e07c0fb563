import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ReconcileEnd } from '../../kubernetes';
import { type ConnectedVCenter, observeConnections } from './connection-metrics';
import { ControllerMetrics } from './controller-metrics';
import { type ObservedGroups, observeGroups } from './group-metrics';
import { PromiseMetrics } from './promise-metrics';
import { observeUsage, type UsageOfVCenter } from './usage-metrics';
import { VERSION } from './version';
import { VsphereMetrics } from './vsphere-metrics';

/** Buckets of controller-runtime's controller_runtime_reconcile_time_seconds. */
const RECONCILE_SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2,
  2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60,
];

const CONTROLLER = 'vmgroup';

/**
 * The event loop is looked at so often, in milliseconds. perf_hooks tells the time between two looks, so that the gauges
 * nodejs_eventloop_lag_* of an idle process read this much.
 */
export const EVENT_LOOP_LOOK_MS = 10;

/** A vCenter, as far as metrics tell of it. */
export interface ObservedVCenter extends UsageOfVCenter, ConnectedVCenter {
  /** Machines with our marks and no group; undefined while their number is not known. */
  readonly unownedCount: number | undefined;
}

export interface Observed {
  readonly groups: ObservedGroups;
  readonly vcenters: () => Iterable<ObservedVCenter>;
  readonly nowMs: () => number;
}

/** The process's metrics: controller-runtime's names where it has one, `vsphere_*` for what concerns vCenter. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #reconciles = new Counter({
    name: 'controller_runtime_reconcile_total',
    help: 'Total number of reconciliations per controller',
    labelNames: ['controller', 'result'] as const,
    registers: [this.#registry],
  });
  readonly #errors = new Counter({
    name: 'controller_runtime_reconcile_errors_total',
    help: 'Total number of reconciliation errors per controller',
    labelNames: ['controller'] as const,
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: 'controller_runtime_reconcile_time_seconds',
    help: 'Length of time per reconciliation per controller',
    labelNames: ['controller'] as const,
    buckets: RECONCILE_SECONDS,
    registers: [this.#registry],
  });

  /** Metrics of the queue, the requests to the API server and the lease. */
  readonly controller = new ControllerMetrics(this.#registry, CONTROLLER);

  /** Metrics of the calls to vCenter. */
  readonly vsphere = new VsphereMetrics(this.#registry);

  /** How long people wait for what the operator promises. */
  readonly promises = new PromiseMetrics(this.#registry);

  constructor() {
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: EVENT_LOOP_LOOK_MS });
    new Gauge({
      name: 'vm_operator_build_info',
      help: 'Always 1: version of the operator and of Node.js',
      labelNames: ['version', 'node'] as const,
      registers: [this.#registry],
    }).set({ version: VERSION, node: process.versions.node }, 1);
  }

  reconciled(end: ReconcileEnd): void {
    const outcome = end.result?.requeueAfterMs !== undefined ? 'requeue_after' : end.result ? 'success' : 'error';
    this.#reconciles.inc({ controller: CONTROLLER, result: outcome });
    this.#seconds.observe({ controller: CONTROLLER }, end.durationMs / 1000);
    if (outcome === 'error') this.#errors.inc({ controller: CONTROLLER });
  }

  /** Gauges that are read when Prometheus asks. `nowMs`: the monotonic time. */
  observe({ groups, vcenters, nowMs }: Observed): void {
    observeGroups(this.#registry, groups);
    observeConnections(this.#registry, vcenters, nowMs);
    observeUsage(this.#registry, vcenters);
    new Gauge({
      name: 'vm_operator_unowned_machines',
      help: 'Machines with marks of this cluster whose VmGroup does not exist; they are never touched',
      labelNames: ['vcenter'] as const,
      registers: [this.#registry],
      collect() {
        this.reset();
        // Not known while the inventory or the groups are not complete.
        for (const { name, unownedCount } of vcenters())
          if (unownedCount !== undefined) this.set({ vcenter: name }, unownedCount);
      },
    });
  }

  /** Unsubscribes from the channels of the process, which outlive this object. */
  stop(): void {
    this.vsphere.stop();
    this.promises.stop();
  }

  async text(): Promise<{ readonly contentType: string; readonly body: string }> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}
