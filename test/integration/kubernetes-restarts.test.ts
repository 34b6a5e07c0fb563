import { expect, inject, onTestFinished, test } from 'vitest';
import { sleep, systemClock } from '../../src/time/clock';
import { seededRandom } from '../../src/time/random';
import { restartable } from '../envtest/proxies/api-server-restart';
import { adminRequest } from '../envtest/real-parts';
import { Installation } from './installation';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const SEED = 20;
const RESTARTS = 20;
const GROUPS = ['web', 'db', 'cache'] as const;
// Long enough that a slow start of the API server on a busy machine does not cost the Lease, which is not tested here.
const FLAGS = ['--leader-elect', '--leader-elect-lease-duration=90s', '--leader-elect-renew-deadline=60s'];

test(`R7: with an API server that is killed ${RESTARTS} times while groups scale, exactly the right machines exist`, async ({
  annotate,
}) => {
  const here = await Installation.start(binaries, { delaysMs: { CloneVm: 300, PowerOn: 100, PowerOff: 100 } });
  here.restartsApiServer();
  const apiServer = await restartable(here.server);
  onTestFinished(() => apiServer.close());
  const operator = await here.operator({ flags: FLAGS, environment: { POD_NAMESPACE: here.facts.namespace } });
  const random = seededRandom(SEED);
  const draw = (most: number) => Math.floor(random() * (most + 1));
  const wanted = new Map<string, number>(GROUPS.map((name) => [name, 2]));
  for (const name of GROUPS) await here.apply(name, { replicas: 2 });

  const caughtUpMs: number[] = [];
  for (let restart = 1; restart <= RESTARTS; restart += 1) {
    await sleep(systemClock, draw(1_200), forever);
    await apiServer.kill();
    await sleep(systemClock, draw(2_000), forever);
    await apiServer.start();
    const readyMs = systemClock.monotonicMs();
    const generations = new Map<string, number>();
    for (const name of GROUPS) {
      const replicas = draw(5);
      wanted.set(name, replicas);
      generations.set(name, await scale(here, name, replicas));
    }
    await here.until('the operator has read the new specs', async () => {
      const behind: string[] = [];
      for (const [name, generation] of generations)
        if ((await here.group(name))?.status?.observedGeneration !== generation) behind.push(name);
      return behind;
    });
    caughtUpMs.push(systemClock.monotonicMs() - readyMs);
  }

  await annotate(`caught up after ready, seed ${SEED}: ${caughtUpMs.map((ms) => `${Math.round(ms)} ms`).join(', ')}`);
  for (const [name, replicas] of wanted) await untilComplete(here, name, replicas);
  await sleep(systemClock, 2_000, forever);
  const counts = new Map<string, number>();
  for (const name of GROUPS) counts.set(name, (await here.machinesOf(name)).length);
  expect(counts).toEqual(wanted);
  const machines = (await here.machines()).filter(({ group }) => group !== undefined);
  expect(new Set(machines.map(({ instanceUuid }) => instanceUuid)).size).toBe(machines.length);
  expect(await operator.stop()).toBe('exit code 0');
}, 600_000);

async function scale(here: Installation, name: string, replicas: number): Promise<number> {
  const route = `/apis/vm.codeconnect.vmworld.com/v1alpha1/namespaces/default/vmgroups/${name}`;
  for (;;) {
    // Shortly after its start the server may refuse requests or break connections.
    const answer = await adminRequest(here.server, 'PATCH', route, { spec: { replicas } }, forever).catch(
      () => undefined,
    );
    if (answer?.status === 200)
      return (JSON.parse(answer.body) as { metadata: { generation: number } }).metadata.generation;
    await sleep(systemClock, 20, forever);
  }
}

/** Waits for exactly this number of machines, all powered on. */
async function untilComplete(here: Installation, name: string, replicas: number): Promise<void> {
  await here.until(`${name} has its ${replicas} machines`, async () => {
    const machines = await here.machinesOf(name);
    const on = machines.filter(({ powerState }) => powerState === 'poweredOn').length;
    return machines.length === replicas && on === replicas ? [] : [`${machines.length} machines, ${on} on`];
  });
}
