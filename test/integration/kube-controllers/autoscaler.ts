/** The example of an autoscaler, under the controller that it is for. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { runTypeScriptExample } from '../../support/example-app';
import type { Span } from '../installation';
import { serveExternalMetric } from './external-metrics';
import type { ControlledCluster } from './world';

const where = ['-n', 'shop'];

export function testAutoscaler(cluster: () => ControlledCluster, span: Span): void {
  test('the autoscaler of the example sets replicas by the metric, up and down, and an apply does not fight with it', async () => {
    const world = cluster();
    const { here } = world;
    const metric = await serveExternalMetric(here, span);
    await world.served('shop');
    const objects = (await runTypeScriptExample('autoscaler')).get('shop') ?? [];
    const manifest = path.join(here.server.folder, 'autoscaler.yaml');
    await writeFile(manifest, objects.map((object) => stringify(object)).join('---\n'));
    const read = async (kind: string) => JSON.parse(await here.run('get', kind, 'workers', '-o', 'json', ...where));
    const untilAutoscaler = (type: string, reason: string) =>
      here.until(`the autoscaler says ${type} ${reason}`, async () => {
        const conditions: readonly { type: string; reason: string }[] = (await read('hpa')).status?.conditions ?? [];
        const isTold = conditions.some((told) => told.type === type && told.reason === reason);
        return isTold ? [] : [JSON.stringify(conditions)];
      });
    const untilMachines = async (count: number) => {
      await here.run('wait', `--for=jsonpath={.spec.replicas}=${count}`, 'vg/workers', '--timeout=60s', ...where);
      const ready = `--for=jsonpath={.status.readyReplicas}=${count}`;
      await here.run('wait', ready, 'vg/workers', '--timeout=60s', ...where);
      // A machine that goes is powered off first: until it is destroyed it exists, and is not ready any more.
      await here.until(`the group has ${count} machines`, async () => {
        const machines = await world.machinesOf('shop/workers');
        return machines.length === count ? [] : machines.map(({ name, powerState }) => `${name} is ${powerState}`);
      });
    };

    await here.run('apply', '-f', manifest);
    await untilMachines(1);
    // 30 orders per machine.
    metric.value = 85;
    await untilMachines(3);
    expect(metric.asked[0]).toContain('/namespaces/shop/rabbitmq_queue_messages_ready?labelSelector=queue%3Dorders');

    // An apply of the same manifest, by any way, leaves the group as it is.
    const { generation } = (await read('vg')).metadata;
    for (const options of [[], ['--server-side', '--force-conflicts']])
      await here.run('apply', ...options, '-f', manifest);
    expect((await read('vg')).metadata.generation).toBe(generation);

    // The example waits for 15 minutes before a machine is removed. That of the last 5 minutes may go at once then.
    metric.value = 10;
    await untilAutoscaler('AbleToScale', 'ScaleDownStabilized');
    expect((await read('vg')).spec.replicas).toBe(3);
    const scaleDown = { stabilizationWindowSeconds: 0 };
    const patch = JSON.stringify({ spec: { behavior: { scaleDown } } });
    await here.run('patch', 'hpa', 'workers', '--type=merge', '-p', patch, ...where);
    await untilMachines(1);
  });
}
