import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import {
  type CallEnd,
  callEndChannel,
  inventoryReadChannel,
  sessionExpiredChannel,
  unreadableValueChannel,
} from '../../vsphere';
import { VsphereMetrics } from './vsphere-metrics';

const end = (rest: Partial<CallEnd> = {}): CallEnd => ({
  server: 'vc:443',
  method: 'CloneVM_Task',
  operationId: 'op',
  durationMs: 40,
  requestBytes: 100,
  responseBytes: 200,
  ...rest,
});

test('calls are counted by method and code, with their time and bytes', async () => {
  const registry = new Registry();
  const metrics = new VsphereMetrics(registry);
  callEndChannel.publish(end());
  callEndChannel.publish(end({ code: 'DuplicateName' }));
  sessionExpiredChannel.publish({ server: 'vc:443' });
  unreadableValueChannel.publish({ server: 'vc:443' });
  inventoryReadChannel.publish({ server: 'vc:443' });
  metrics.stop();
  callEndChannel.publish(end());
  const text = await registry.metrics();
  expect(text).toContain('vsphere_calls_total{method="CloneVM_Task",code="OK"} 1');
  expect(text).toContain('vsphere_calls_total{method="CloneVM_Task",code="DuplicateName"} 1');
  expect(text).toContain('vsphere_call_duration_seconds_bucket{le="0.05",method="CloneVM_Task"} 2');
  expect(text).toContain('vsphere_sent_bytes_total 200');
  expect(text).toContain('vsphere_received_bytes_total 400');
  expect(text).toContain('vsphere_sessions_expired_total 1');
  expect(text).toContain('vsphere_unreadable_values_total 1');
  expect(text).toContain('vsphere_inventory_reads_total 1');
});

test('a server that invents fault types does not create time series without limit', async () => {
  const registry = new Registry();
  const metrics = new VsphereMetrics(registry);
  callEndChannel.publish(end({ code: 'with "quotes"\n' }));
  for (let number = 0; number < 1_000; number += 1) callEndChannel.publish(end({ code: `Made${number}` }));
  metrics.stop();
  const series = (await registry.metrics()).split('\n').filter((line) => line.startsWith('vsphere_calls_total{'));
  expect(series).toHaveLength(201);
  expect(series.some((line) => line.includes('code="Other"'))).toBe(true);
});
