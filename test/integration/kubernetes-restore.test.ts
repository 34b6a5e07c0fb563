import { expect, inject, onTestFinished, test } from 'vitest';
import { sleep, systemClock } from '../../src/time/clock';
import { restorable } from '../envtest/proxies/etcd-restore';
import { getAhead } from './get-ahead';
import { Installation } from './installation';

const binaries = inject('binaries');
const forever = new AbortController().signal;
/** Within so long an operator has to act on what etcd holds now. */
const KNOWN_MS = 30_000;

/**
 * Two operators, of which one leads. At the snapshot there are `web` with one machine and `doomed`. Since then `web` was
 * scaled, `doomed` was deleted and `late` was created.
 */
async function aHistory() {
  const here = await Installation.start(binaries);
  here.restartsApiServer();
  const etcd = await restorable(here.server);
  onTestFinished(() => etcd.close());
  const options = { flags: ['--leader-elect'], environment: { POD_NAMESPACE: here.facts.namespace } };
  const operators = [await here.operator(options), await here.operator(options)];
  await here.apply('web', { replicas: 1 });
  await here.apply('doomed', { replicas: 1 });
  await here.untilRunning('web', 1);
  await here.untilRunning('doomed', 1);
  const restore = await etcd.snapshot();
  await here.run('scale', 'vg', 'web', '--replicas=2');
  await here.apply('late', { replicas: 1 });
  await here.run('delete', 'vg', 'doomed');
  await here.untilRunning('web', 2);
  await here.untilRunning('late', 1);
  await here.untilGone('doomed');
  return { here, etcd, restore, operators };
}

/** Waits until the group has that many machines, all on, and checks that it took no longer than promised. */
async function soonHas(here: Installation, name: string, machines: number): Promise<void> {
  const startMs = systemClock.monotonicMs();
  await here.until(
    `${name} has ${machines} machines`,
    async () => {
      const found = (await here.machinesOf(name)).filter(({ powerState }) => powerState === 'poweredOn');
      return found.length === machines ? [] : [`${found.length} on`];
    },
    KNOWN_MS,
  );
  expect(systemClock.monotonicMs() - startMs).toBeLessThan(KNOWN_MS);
}

/** Powers off the machine of a group by hand. Returns a check that nobody has touched it since. */
async function powerOffByHand(here: Installation, name: string): Promise<() => Promise<void>> {
  const [machine] = await here.machinesOf(name);
  if (machine === undefined) throw new Error(`${name} has no machine`);
  await here.vcenter.powerOff(machine.id, forever);
  return async () => {
    expect(await here.machinesOf(name)).toEqual([{ ...machine, powerState: 'poweredOff' }]);
  };
}

test('R13: operators follow an API server that is restarted with a restored etcd, and leave machines of unknown groups alone', async () => {
  const { here, restore, operators } = await aHistory();
  await restore('Restarted');
  await soonHas(here, 'web', 1);
  await soonHas(here, 'doomed', 1);
  const isUntouched = await powerOffByHand(here, 'late');
  await here.apply('fresh', { replicas: 1 });
  await soonHas(here, 'fresh', 1);
  await here.run('scale', 'vg', 'web', '--replicas=3');
  await soonHas(here, 'web', 3);
  await here.run('delete', 'vg', 'fresh');
  await here.untilGone('fresh');
  // The standby takes no stale groups along: it makes the same of all when it leads.
  for (const operator of operators.slice(0, 1)) await operator.kill();
  await here.run('scale', 'vg', 'web', '--replicas=2');
  await here.untilRunning('web', 2);
  await isUntouched();
});

test('R13: operators of an API server that kept running while etcd was restored act on what etcd holds', async () => {
  const { here, etcd, restore } = await aHistory();
  await getAhead(here);
  await restore('Kept');
  // Seen, though the server lists two replicas and sends no event.
  await soonHas(here, 'web', 1);
  const isUntouched = await powerOffByHand(here, 'late');
  await here.run('patch', 'vg', 'web', '--type=merge', '-p', '{"spec":{"replicas":3}}');
  await soonHas(here, 'web', 3);
  await sleep(systemClock, 5_000, forever);
  await isUntouched();
  // What that server does not list is known once it was restarted.
  await etcd.apiServer.kill();
  await etcd.apiServer.start();
  await soonHas(here, 'doomed', 1);
  await here.untilRunning('web', 3);
  await isUntouched();
});
