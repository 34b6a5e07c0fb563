/** Failure domains on real parts: three clusters of the simulator, which shows in which pool a machine is. */
import { beforeAll, expect, inject, test } from 'vitest';
import { buildIfDue } from './command';
import { Installation } from './installation';
import { addNamespace, addVCenter } from './vcenter-manifests';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);

beforeAll(buildIfDue);

const domain = (name: string, cluster: string) => ({ name, cluster: `/vcqaDC/host/${cluster}` });
const EAST = domain('east', 'DC0_C0');
const WEST = domain('west', 'DC0_C1');
const NORTH = domain('north', 'DC0_C2');

interface Told {
  readonly moRef?: string;
  readonly failureDomain?: string;
}

/** The failure domains that the status tells, and the number of machines and of pools behind each. */
async function spreadOf(here: Installation): Promise<readonly string[]> {
  const { status } = JSON.parse(await here.run('get', 'vg', 'web', '-n', 'shop', '-o', 'json'));
  const replicas: readonly Told[] = status?.replicas ?? [];
  const seen = await Promise.all(
    replicas.map(async ({ moRef = '', failureDomain = 'none' }) => {
      const pool = await here.vcenter
        .property('VirtualMachine', moRef, 'resourcePool', within())
        .catch(() => undefined);
      return { failureDomain, pool: pool?.text ?? 'no pool' };
    }),
  );
  return [...Map.groupBy(seen, ({ failureDomain }) => failureDomain)]
    .map(([name, members]) => `${members.length} in ${name}, ${new Set(members.map(({ pool }) => pool)).size} pool`)
    .sort();
}

async function untilSpread(here: Installation, ...wanted: readonly string[]): Promise<void> {
  await here.until(`web is ${wanted.join('; ')}`, async () => {
    const group = await here.group('web');
    const spread = await spreadOf(here);
    const isRunning = group?.status?.phase === 'RUNNING' && spread.join() === wanted.join();
    return isRunning ? [] : [`${group?.status?.phase} ${group?.status?.lastMessage}: ${spread.join('; ')}`];
  });
}

test('a group is spread over the clusters of its VCenter, also across kill -9, and leaves one that is taken out', async () => {
  const here = await Installation.start(binaries, { clusters: 3, delaysMs: { CloneVm: 500 } });
  await addNamespace(here, 'shop', 'lab');
  await addVCenter(here, 'lab', here.vcsim, { failureDomains: [EAST, WEST] });
  const options = { flags: ['--vcenter-objects-only'], environment: { POD_NAMESPACE: here.facts.namespace } };
  const operator = await here.operator(options);
  await here.applyIn('shop', 'web', { replicas: 4 });
  await untilSpread(here, '2 in east, 1 pool', '2 in west, 1 pool');

  await here.run('scale', 'vg/web', '-n', 'shop', '--replicas=8');
  await here.until('a clone is under way', async () => {
    const { length } = await here.machines();
    return length > 5 ? [] : [`${length} machines`];
  });
  await operator.kill();
  await here.operator(options);
  await untilSpread(here, '4 in east, 1 pool', '4 in west, 1 pool');

  await here.run('scale', 'vg/web', '-n', 'shop', '--replicas=4');
  await untilSpread(here, '2 in east, 1 pool', '2 in west, 1 pool');

  await addVCenter(here, 'lab', here.vcsim, { failureDomains: [EAST, NORTH] });
  await untilSpread(here, '2 in east, 1 pool', '2 in north, 1 pool');
  expect((await here.machines()).filter(({ group }) => group === 'shop/web')).toHaveLength(4);
});
