/** What an operator tells of itself, and what the kernel tells of its process. */
import { readFile } from 'node:fs/promises';
import { EVENT_LOOP_LOOK_MS } from '../../../src/operator/telemetry/metrics';
import type { OperatorProcess } from '../../envtest/real-parts';

export interface OperatorFigures {
  readonly cpuMs: number;
  /** In MB of 1,000,000 bytes: now, at its highest, and the live and dead objects in V8's heap. */
  readonly residentMB: number;
  readonly peakMB: number;
  readonly heapMB: number;
  /** How late the event loop came since the last time that it was asked. */
  readonly eventLoopP99Ms: number;
  readonly eventLoopMaxMs: number;
  readonly collectionMs: number;
  readonly reconciles: number;
  readonly queued: number;
  /** Requests to the API server: all, and those that write. */
  readonly requests: number;
  readonly writes: number;
}

export async function figuresOf({ metricsUrl, processId }: OperatorProcess): Promise<OperatorFigures> {
  const text = await (await fetch(`${metricsUrl}/metrics`)).text();
  const one = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  const sum = (name: string, labels = '') =>
    [...text.matchAll(new RegExp(`^${name}\\{[^}]*${labels}[^}]*\\} (\\S+)$`, 'gm'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    );
  const status = await readFile(`/proc/${processId}/status`, 'utf8');
  const requests = sum('rest_client_requests_total');
  return {
    cpuMs: one('process_cpu_seconds_total') * 1000,
    residentMB: one('process_resident_memory_bytes') / 1e6,
    // VmHWM of proc(5), in KiB.
    peakMB: (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6,
    heapMB: one('nodejs_heap_size_used_bytes') / 1e6,
    eventLoopP99Ms: one('nodejs_eventloop_lag_p99_seconds') * 1000 - EVENT_LOOP_LOOK_MS,
    eventLoopMaxMs: one('nodejs_eventloop_lag_max_seconds') * 1000 - EVENT_LOOP_LOOK_MS,
    collectionMs: sum('nodejs_gc_duration_seconds_sum') * 1000,
    reconciles: sum('controller_runtime_reconcile_total'),
    queued: sum('workqueue_depth') + sum('controller_runtime_active_workers'),
    requests,
    writes: requests - sum('rest_client_requests_total', 'method="GET"'),
  };
}
