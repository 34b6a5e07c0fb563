/** A ResourceQuota on the number of groups in a namespace. */
import { expect, test } from 'vitest';
import { applyObject } from '../vcenter-manifests';
import type { ControlledCluster } from './world';

const COUNT = 'count/vmgroups.vm.codeconnect.vmworld.com';

export function testQuota(cluster: () => ControlledCluster): void {
  test('a ResourceQuota refuses one group too many in words, and those that are there go on', async () => {
    const world = cluster();
    const { here } = world;
    await world.served('counted');
    const used = (count: number) =>
      here.until(`${count} groups are used`, async () => {
        const { status } = JSON.parse(
          await here.run('get', 'resourcequota', 'vm-groups', '-n', 'counted', '-o', 'json'),
        );
        return status?.used?.[COUNT] === String(count) ? [] : [JSON.stringify(status)];
      });
    const allow = (count: number) =>
      applyObject(here, {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'vm-groups', namespace: 'counted' },
        spec: { hard: { [COUNT]: String(count) } },
      });
    await here.applyIn('counted', 'early', {});
    await allow(2);
    await used(1);
    await here.applyIn('counted', 'web', {});
    await expect(here.applyIn('counted', 'db', {})).rejects.toThrow(
      `vmgroups.vm.codeconnect.vmworld.com "db" is forbidden: exceeded quota: vm-groups, requested: ${COUNT}=1, used: ${COUNT}=2, limited: ${COUNT}=2`,
    );
    await world.untilReady('counted', 'early', 'web');
    // Less than there is: nothing is removed.
    await allow(1);
    await here.run('scale', 'vg/web', '--replicas=2', '-n', 'counted');
    await here.run('wait', '--for=jsonpath={.status.readyReplicas}=2', 'vg/web', '-n', 'counted', '--timeout=60s');
    await here.applyIn('counted', 'web', { replicas: 1 });
    await here.run('delete', 'vg', 'early', 'web', '-n', 'counted', '--timeout=60s');
    await used(0);
    await here.applyIn('counted', 'db', {});
    await world.untilReady('counted', 'db');
  });
}
