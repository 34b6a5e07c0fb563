import { Registry } from 'prom-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workSentChannel } from '../../vsphere';
import { PromiseMetrics } from './promise-metrics';

let registry: Registry;
let metrics: PromiseMetrics;
beforeEach(() => {
  registry = new Registry();
  metrics = new PromiseMetrics(registry);
});
afterEach(() => metrics.stop());

const series = async () =>
  (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

test('what was measured is told in seconds', async () => {
  metrics.specReady('Created', 42_000);
  metrics.driftRepaired('Gone', 1_500);
  metrics.operationEnded({ operation: 'Clone', outcome: 'Failed', tookMs: 4_000, faultClass: 'Capacity' });
  workSentChannel.publish({ lane: 'Clone', waitedMs: 250 });
  expect(await series()).toEqual(
    expect.arrayContaining([
      'vm_operator_spec_to_ready_seconds_bucket{le="30",change="Created"} 0',
      'vm_operator_spec_to_ready_seconds_bucket{le="60",change="Created"} 1',
      'vm_operator_spec_to_ready_seconds_sum{change="Created"} 42',
      'vm_operator_drift_to_repair_seconds_sum{drift="Gone"} 1.5',
      'vsphere_work_wait_seconds_sum{lane="clone"} 0.25',
      'vm_operator_operation_duration_seconds_sum{operation="Clone",outcome="Failed"} 4',
      'vm_operator_operation_faults_total{operation="Clone",class="Capacity"} 1',
    ]),
  );
});

test('an operation without a known begin has no time, and one without a fault is no fault', async () => {
  metrics.operationEnded({ operation: 'Clone', outcome: 'Unknown', tookMs: undefined, faultClass: 'Retryable' });
  metrics.operationEnded({ operation: 'PowerOn', outcome: 'Succeeded', tookMs: 1_000, faultClass: undefined });
  const told = await series();
  expect(told.filter((line) => /operation_duration_seconds_count/.test(line))).toEqual([
    'vm_operator_operation_duration_seconds_count{operation="PowerOn",outcome="Succeeded"} 1',
  ]);
  expect(told.filter((line) => /faults_total/.test(line))).toEqual([
    'vm_operator_operation_faults_total{operation="Clone",class="Retryable"} 1',
  ]);
});

test('a rate over a wait begins at 0, before the first one has ended', async () => {
  const counts = (await series()).filter((line) => line.includes('_count'));
  expect(counts).toHaveLength(7);
  for (const line of counts) expect(line).toMatch(/ 0$/);
});

test('an object that was stopped hears no more', async () => {
  metrics.stop();
  workSentChannel.publish({ lane: 'Other', waitedMs: 1_000 });
  expect(await series()).toContain('vsphere_work_wait_seconds_count{lane="other"} 0');
});
