import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { WorkQueue } from '../../kubernetes';
import { ControllerMetrics } from './controller-metrics';

test("reports the queue, the requests and the lease under controller-runtime's names", async () => {
  const clock = new VirtualClock();
  const registry = new Registry();
  const metrics = new ControllerMetrics(registry, 'vmgroup');
  const queue = new WorkQueue({ clock, name: 'vmgroup', observer: metrics.queueObserver });
  metrics.observe({ queue, workers: 8, leases: () => [{ name: 'the-lease', isLeader: true }] });
  metrics.requestEnded({ method: 'PATCH', host: '10.0.0.1:443', code: '409' });
  queue.add('a');
  queue.add('b');
  await clock.advance(2_000);
  await queue.get(new AbortController().signal);
  await clock.advance(3_000);
  queue.addRateLimited('c');
  const text = await registry.metrics();
  const labels = '{name="vmgroup",controller="vmgroup"}';
  for (const line of [
    `workqueue_depth${labels} 1`,
    `workqueue_adds_total${labels} 2`,
    `workqueue_retries_total${labels} 1`,
    `workqueue_unfinished_work_seconds${labels} 3`,
    `workqueue_longest_running_processor_seconds${labels} 3`,
    `workqueue_queue_duration_seconds_sum${labels} 2`,
    'workqueue_queue_duration_seconds_bucket{le="1e-8",name="vmgroup",controller="vmgroup"} 0',
    'workqueue_queue_duration_seconds_bucket{le="1000",name="vmgroup",controller="vmgroup"} 1',
    'rest_client_requests_total{code="409",method="PATCH",host="10.0.0.1:443"} 1',
    'controller_runtime_active_workers{controller="vmgroup"} 1',
    'controller_runtime_max_concurrent_reconciles{controller="vmgroup"} 8',
    'leader_election_master_status{name="the-lease"} 1',
  ])
    expect(text.split('\n')).toContain(line);
  queue.done('a');
  expect(await registry.metrics()).toContain(`workqueue_work_duration_seconds_sum${labels} 3`);
});
