import { Counter, Histogram, type Registry } from 'prom-client';
import type { Drift, Measures, OperationEnd, SpecChange } from '../../vmgroup/model/measures';
import { type Lane, type WorkSent, workSentChannel } from '../../vsphere';

/** From a change that needs no machine to the rollout of a large group. */
const READY_SECONDS = [1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200];
/** From a power-on to a new clone that waits for room. */
const REPAIR_SECONDS = [0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600];
/** From a free lane to hundreds of clones ahead. */
const WAIT_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
/** From a folder to a full clone over a slow network. */
const OPERATION_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];

const CHANGES: readonly SpecChange[] = ['Created', 'Changed'];
const DRIFTS: readonly Drift[] = ['PoweredOff', 'Gone', 'Resized'];
const LANES: readonly Lane[] = ['Clone', 'Other'];

/**
 * How long people wait for what the operator promises. No label names a group or a machine: the number of series does not
 * depend on them.
 */
export class PromiseMetrics implements Measures {
  readonly #ready: Histogram<'change'>;
  readonly #repaired: Histogram<'drift'>;
  readonly #waited: Histogram<'lane'>;
  readonly #operations: Histogram<'operation' | 'outcome'>;
  readonly #faults: Counter<'operation' | 'class'>;
  readonly #onSent = (message: unknown) => {
    const { lane, waitedMs } = message as WorkSent;
    this.#waited.observe({ lane: lane.toLowerCase() }, waitedMs / 1000);
  };

  constructor(registry: Registry) {
    const registers = [registry];
    this.#ready = new Histogram({
      name: 'vm_operator_spec_to_ready_seconds',
      help: 'Time from when this process saw a new VmGroup or spec until the status said Ready, by change (Created, Changed)',
      labelNames: ['change'] as const,
      buckets: READY_SECONDS,
      registers,
    });
    this.#repaired = new Histogram({
      name: 'vm_operator_drift_to_repair_seconds',
      help: 'Time from when a replica changed behind our back until it was right again, by drift (PoweredOff, Gone, Resized)',
      labelNames: ['drift'] as const,
      buckets: REPAIR_SECONDS,
      registers,
    });
    this.#waited = new Histogram({
      name: 'vsphere_work_wait_seconds',
      help: 'Time that a step waited for its turn before it was sent to vCenter, by lane (clone, other)',
      labelNames: ['lane'] as const,
      buckets: WAIT_SECONDS,
      registers,
    });
    this.#operations = new Histogram({
      name: 'vm_operator_operation_duration_seconds',
      help: 'Time of each operation in vCenter with its task, by outcome (Succeeded, Failed, Unknown)',
      labelNames: ['operation', 'outcome'] as const,
      buckets: OPERATION_SECONDS,
      registers,
    });
    this.#faults = new Counter({
      name: 'vm_operator_operation_faults_total',
      help: 'Operations in vCenter that ended with a fault, also one that ended the task, by class (Retryable, Capacity, NeedsUser)',
      labelNames: ['operation', 'class'] as const,
      registers,
    });
    // So that a rate over them begins at 0, not at the first event.
    for (const change of CHANGES) this.#ready.zero({ change });
    for (const drift of DRIFTS) this.#repaired.zero({ drift });
    for (const lane of LANES) this.#waited.zero({ lane: lane.toLowerCase() });
    workSentChannel.subscribe(this.#onSent);
  }

  operationEnded({ operation, outcome, tookMs, faultClass }: OperationEnd): void {
    if (tookMs !== undefined) this.#operations.observe({ operation, outcome }, tookMs / 1000);
    if (faultClass !== undefined) this.#faults.inc({ operation, class: faultClass });
  }

  driftRepaired(drift: Drift, afterMs: number): void {
    this.#repaired.observe({ drift }, afterMs / 1000);
  }

  specReady(change: SpecChange, afterMs: number): void {
    this.#ready.observe({ change }, afterMs / 1000);
  }

  /** Unsubscribes: the channel belongs to the process and outlives this object. */
  stop(): void {
    workSentChannel.unsubscribe(this.#onSent);
  }
}
