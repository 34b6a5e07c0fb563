/** R1 on real parts: two clusters share one vCenter and one account, and their groups have the same namespaces and names. */
import { expect, inject, test } from 'vitest';
import { Installation } from './installation';
import { addNamespace, addVCenter } from './vcenter-manifests';

const binaries = inject('binaries');
const GROUP = 'shop/web';
const SLOW_CLONE_MS = 3_000;

async function aCluster(here: Installation, clusterName: string) {
  await addNamespace(here, 'shop', 'east');
  await addVCenter(here, 'east', here.vcsim, { clusterName });
  const start = () =>
    here.operator({ flags: ['--vcenter-objects-only'], environment: { POD_NAMESPACE: here.facts.namespace } });
  const folderOf = async () => {
    const { status } = JSON.parse(await here.run('get', 'vg', 'web', '-n', 'shop', '-o', 'json'));
    return String(status?.folder?.path);
  };
  const untilReady = (replicas: number) => {
    const ready = `--for=jsonpath={.status.readyReplicas}=${replicas}`;
    return here.run('wait', ready, 'vg/web', '-n', 'shop', '--timeout=60s');
  };
  return { here, start, folderOf, untilReady };
}

test('R1: clusters with a name of their own never touch, hold up or adopt the machines of each other', async () => {
  const first = await Installation.start(binaries, { delaysMs: { CloneVm: SLOW_CLONE_MS } });
  const second = await Installation.on(first.vcsim, binaries);
  const blue = await aCluster(first, 'blue');
  const green = await aCluster(second, 'green');
  const [ofBlue] = await Promise.all([blue.start(), green.start()]);
  for (const { here } of [blue, green]) await here.applyIn('shop', 'web', { replicas: 2 });
  // Its clones run, and so do those of the other cluster, which a new process has never heard of.
  await first.until('clones run', async () => {
    const running = (await first.machines()).some(({ group }) => group === GROUP);
    return running || ofBlue.log.last(100).includes('"Clone"') ? [] : ['none'];
  });
  await ofBlue.kill();
  await blue.start();
  await Promise.all([blue.untilReady(2), green.untilReady(2)]);
  expect(await Promise.all([blue.folderOf(), green.folderOf()])).toEqual([
    '/vcqaDC/vm/vm-operator/blue/shop.web',
    '/vcqaDC/vm/vm-operator/green/shop.web',
  ]);
  const machines = (await first.machines()).filter(({ group }) => group === GROUP);
  expect(machines).toHaveLength(4);

  await first.run('annotate', 'vg/web', '-n', 'shop', 'vm.codeconnect.vmworld.com/adopt=Adopt');
  await first.run('delete', 'vg/web', '-n', 'shop', '--timeout=60s');
  const left = (await first.machines()).filter(({ group }) => group === GROUP);
  expect(left).toHaveLength(2);
  await second.run('scale', 'vg/web', '-n', 'shop', '--replicas=3');
  await green.untilReady(3);
  const ids = (await first.machines()).filter(({ group }) => group === GROUP).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(left.map(({ id }) => id)));
});
