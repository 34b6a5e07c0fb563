import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ApiRequestEnd, WorkQueue, WorkQueueObserver } from '../../kubernetes';

export interface ObservedLease {
  readonly name: string;
  readonly isLeader: boolean;
  /** Since the last successful renewal was sent. Absent while this process does not hold the Lease, or without election. */
  readonly renewedAgoMs?: number;
}

/** controller-runtime: ExponentialBuckets(10e-9, 10, 12). */
const QUEUE_SECONDS = Array.from({ length: 12 }, (_, power) => Number(`1e${power - 8}`));

/**
 * The metrics that controller-runtime and client-go give for any controller, with their names and labels. So dashboards
 * and alerts for other operators work for this one too.
 */
export class ControllerMetrics {
  readonly #labels: { readonly name: string; readonly controller: string };
  readonly #adds: Counter<'name' | 'controller'>;
  readonly #retries: Counter<'name' | 'controller'>;
  readonly #waited: Histogram<'name' | 'controller'>;
  readonly #worked: Histogram<'name' | 'controller'>;
  readonly #requests: Counter<'code' | 'method' | 'host'>;
  readonly #registry: Registry;

  constructor(registry: Registry, controller: string) {
    this.#registry = registry;
    this.#labels = { name: controller, controller };
    const queue = { labelNames: ['name', 'controller'] as const, registers: [registry] };
    this.#adds = new Counter({
      ...queue,
      name: 'workqueue_adds_total',
      help: 'Total number of adds handled by workqueue',
    });
    this.#retries = new Counter({
      ...queue,
      name: 'workqueue_retries_total',
      help: 'Total number of retries handled by workqueue',
    });
    this.#waited = new Histogram({
      ...queue,
      name: 'workqueue_queue_duration_seconds',
      help: 'How long in seconds an item stays in workqueue before being requested',
      buckets: QUEUE_SECONDS,
    });
    this.#worked = new Histogram({
      ...queue,
      name: 'workqueue_work_duration_seconds',
      help: 'How long in seconds processing an item from workqueue takes.',
      buckets: QUEUE_SECONDS,
    });
    this.#requests = new Counter({
      name: 'rest_client_requests_total',
      help: 'Number of HTTP requests, partitioned by status code, method, and host.',
      labelNames: ['code', 'method', 'host'] as const,
      registers: [registry],
    });
    // So that a rate over them begins at 0, not at the first event.
    for (const counter of [this.#adds, this.#retries]) counter.inc(this.#labels, 0);
  }

  /** For the queue of the controller. */
  get queueObserver(): WorkQueueObserver {
    return {
      added: () => this.#adds.inc(this.#labels),
      started: (waitedMs) => this.#waited.observe(this.#labels, waitedMs / 1000),
      finished: (workedMs) => this.#worked.observe(this.#labels, workedMs / 1000),
      retried: () => this.#retries.inc(this.#labels),
    };
  }

  requestEnded({ code, method, host }: ApiRequestEnd): void {
    this.#requests.inc({ code, method, host });
  }

  /** Gauges that are read when Prometheus asks. */
  observe(what: {
    readonly queue: WorkQueue;
    readonly workers: number;
    readonly leases: () => readonly ObservedLease[];
  }): void {
    const { queue, workers, leases } = what;
    const { controller } = this.#labels;
    const gauge = <L extends string>(
      name: string,
      help: string,
      labels: Readonly<Record<L, string>>,
      read: () => number,
    ) =>
      new Gauge({
        name,
        help,
        labelNames: Object.keys(labels) as L[],
        registers: [this.#registry],
        collect() {
          this.set(labels, read());
        },
      });
    const unfinished = () => queue.unfinishedMs;
    gauge('workqueue_depth', 'Current depth of workqueue', this.#labels, () => queue.length);
    gauge(
      'workqueue_unfinished_work_seconds',
      'How many seconds of work has been done that is in progress and has not been observed by work_duration. Large ' +
        'values indicate stuck threads. One can deduce the number of stuck threads by observing the rate at which this increases.',
      this.#labels,
      () => unfinished().reduce((sum, ms) => sum + ms, 0) / 1000,
    );
    gauge(
      'workqueue_longest_running_processor_seconds',
      'How many seconds has the longest running processor for workqueue been running.',
      this.#labels,
      () => Math.max(0, ...unfinished()) / 1000,
    );
    gauge(
      'controller_runtime_active_workers',
      'Number of currently used workers per controller',
      { controller },
      () => unfinished().length,
    );
    gauge(
      'controller_runtime_max_concurrent_reconciles',
      'Maximum number of concurrent reconciles per controller',
      { controller },
      () => workers,
    );
    new Gauge({
      name: 'leader_election_master_status',
      help: "Gauge of if the reporting system is master of the relevant lease, 0 indicates backup, 1 indicates master. 'name' is the string used to identify the lease. Please make sure to group by name.",
      labelNames: ['name'] as const,
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { name, isLeader } of leases()) this.set({ name }, isLeader ? 1 : 0);
      },
    });
    new Gauge({
      name: 'vm_operator_lease_age_seconds',
      help: 'Time since this process last renewed a Lease that it holds',
      labelNames: ['name'] as const,
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const { name, renewedAgoMs } of leases())
          if (renewedAgoMs !== undefined) this.set({ name }, renewedAgoMs / 1000);
      },
    });
  }
}
