import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { deadline, sleep, systemClock } from '../../src/time/clock';
import { openTcpGate, type TcpGate, targetOf } from '../envtest/proxies/tcp-gate';
import { type RecordedVCenter, recordVCenter } from '../envtest/proxies/vcenter-recorder';
import { adminRequest, type OperatorProcess, serviceAccountKubeconfig } from '../envtest/real-parts';
import { Installation } from './installation';

const binaries = inject('binaries');
const forever = new AbortController().signal;
// In the simulator every task has this user name, and the operators recognize their clones by the user name.
const SLOW = {
  user: 'vcsim',
  password: 'only-for-the-simulator',
  delaysMs: { CloneVm: 1000, PowerOn: 300, PowerOff: 300 },
};
const LEASE_MS = 6_000;
const RETRY_MS = 1_000;
const FLAGS = [
  '--leader-elect',
  `--leader-elect-lease-duration=${LEASE_MS}ms`,
  '--leader-elect-renew-deadline=4s',
  `--leader-elect-retry-period=${RETRY_MS}ms`,
];
/** The lease duration, one retry with jitter, and 1.5 s for a machine with two busy cores. */
const TAKE_OVER_MS = LEASE_MS + 2.2 * RETRY_MS + 1_500;

/** An operator that reaches both servers through its own proxies. */
interface Rival {
  readonly name: string;
  readonly operator: OperatorProcess;
  readonly apiServer: TcpGate;
  readonly vcenter: RecordedVCenter;
}

async function aRival(here: Installation, name: string): Promise<Rival> {
  const { namespace, serviceAccount } = here.facts;
  const apiServer = await openTcpGate(targetOf(here.server.url));
  onTestFinished(() => apiServer.close());
  const vcenter = await recordVCenter(here.vcsim, here.server.folder, name);
  onTestFinished(() => vcenter.close());
  const own = await serviceAccountKubeconfig(here.server, { namespace, name: serviceAccount }, forever);
  const kubeconfig = path.join(here.server.folder, `kubeconfig-${name}`);
  await writeFile(kubeconfig, (await readFile(own, 'utf8')).replace(here.server.url, `https://${apiServer.host}`));
  const environment = { POD_NAMESPACE: namespace };
  const operator = await here.operator({ kubeconfig, vcsim: vcenter.vcsim, flags: FLAGS, environment });
  return { name, operator, apiServer, vcenter };
}

interface Lease {
  readonly spec: { readonly holderIdentity: string; readonly acquireTime: string; readonly leaseTransitions: number };
}

async function leaseOf(here: Installation): Promise<Lease['spec']> {
  const lease = await storedLease(here);
  if (lease === undefined) throw new Error('there is no Lease');
  return lease;
}

/** Undefined while nobody has made it. */
async function storedLease(here: Installation): Promise<Lease['spec'] | undefined> {
  const route = `/apis/coordination.k8s.io/v1/namespaces/${here.facts.namespace}/leases/codeconnect-vm-operator`;
  const { status, body } = await adminRequest(here.server, 'GET', route, undefined, forever);
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`the Lease cannot be read: HTTP ${status}`);
  return (JSON.parse(body) as Lease).spec;
}

/** Two operators. The first one leads and is making machines. */
async function aBusyPair(replicas: number) {
  const here = await Installation.start(binaries, SLOW);
  const first = await aRival(here, 'first');
  await here.until('the first leads', async () => ((await storedLease(here))?.holderIdentity ? [] : ['no holder']));
  const second = await aRival(here, 'second');
  await here.apply('web', { replicas });
  await here.until('the first works', async () => (clones(first) >= 2 ? [] : [`${clones(first)} clones`]));
  expect(second.vcenter.mutations).toEqual([]);
  const before = await leaseOf(here);
  /** Resolves with the time at which the second took the Lease. */
  const takenOver = async () => {
    await here.until('the second leads', async () => {
      const now = await leaseOf(here);
      return now.holderIdentity !== before.holderIdentity && now.holderIdentity !== '' ? [] : [now.holderIdentity];
    });
    return Date.parse((await leaseOf(here)).acquireTime);
  };
  return { here, first, second, takenOver };
}

function clones(rival: Rival): number {
  return rival.vcenter.mutations.filter(({ method }) => method === 'CloneVM_Task').length;
}

/** R6: no change of the first operator arrives after the second has taken the Lease. */
function expectNeverTwoWriters(first: Rival, second: Rival, acquiredMs: number): void {
  const late = first.vcenter.mutations.filter(({ wallMs }) => wallMs >= acquiredMs);
  expect(late, `changes of the first after ${new Date(acquiredMs).toISOString()}`).toEqual([]);
  const early = second.vcenter.mutations.filter(({ wallMs }) => wallMs < acquiredMs);
  expect(early, `changes of the second before ${new Date(acquiredMs).toISOString()}`).toEqual([]);
}

/** Expects exactly these machines, now and 2 s later, when running tasks have ended. */
async function expectExactly(here: Installation, replicas: number): Promise<void> {
  await here.untilRunning('web', replicas);
  await sleep(systemClock, 2_000, forever);
  const machines = await here.machinesOf('web');
  expect(new Set(machines.map(({ instanceUuid }) => instanceUuid)).size).toBe(replicas);
  expect(machines).toHaveLength(replicas);
}

async function endOf({ operator }: Rival): Promise<string> {
  const limit = deadline(systemClock, 20_000, forever, () => new Error('the operator did not end'));
  try {
    return await Promise.race([
      operator.ended,
      new Promise<never>((_, reject) => limit.signal.addEventListener('abort', () => reject(limit.signal.reason))),
    ]);
  } finally {
    limit.done();
  }
}

test('R6, R7: a killed leader is replaced in time, and its running tasks are taken over', async ({ annotate }) => {
  const { here, first, second, takenOver } = await aBusyPair(8);
  const killedMs = systemClock.wallMs();
  await first.operator.kill();
  const acquiredMs = await takenOver();
  await annotate(`taken over ${acquiredMs - killedMs} ms after SIGKILL`);
  expect(acquiredMs - killedMs).toBeLessThan(TAKE_OVER_MS);
  await expectExactly(here, 8);
  expectNeverTwoWriters(first, second, acquiredMs);
});

test.each([0, 400, 1_300])(
  'R6: a leader that is stopped for longer than its Lease, after %i ms of work, changes nothing later and exits',
  async (afterMs) => {
    const { here, first, second, takenOver } = await aBusyPair(20);
    await sleep(systemClock, afterMs, forever);
    process.kill(first.operator.processId, 'SIGSTOP');
    await here.run('scale', 'vg', 'web', '--replicas=24');
    const acquiredMs = await takenOver();
    await here.until('the second works', async () => (clones(second) > 0 ? [] : ['not yet']));
    process.kill(first.operator.processId, 'SIGCONT');
    expect(await endOf(first)).toBe('exit code 1');
    expect(first.operator.log.all().join('\n')).toContain('another process may lead now: exiting');
    await expectExactly(here, 24);
    expectNeverTwoWriters(first, second, acquiredMs);
  },
);

test.each(['Refuse', 'Hang'] as const)(
  'R6: a leader without its API server (%s) stops before another one begins, although vCenter still answers it',
  async (mode) => {
    const { here, first, second, takenOver } = await aBusyPair(20);
    first.apiServer.set(mode);
    const acquiredMs = await takenOver();
    expect(await endOf(first)).toBe('exit code 1');
    expect(first.operator.log.all().join('\n')).toMatch(/LeadershipLost.*could not be renewed/);
    await expectExactly(here, 20);
    expectNeverTwoWriters(first, second, acquiredMs);
  },
);

test('after SIGTERM of a leader another one takes over within one retry', async ({ annotate }) => {
  const { here, first, second, takenOver } = await aBusyPair(8);
  const toldMs = systemClock.wallMs();
  expect(await first.operator.stop()).toBe('exit code 0');
  const stoppedMs = systemClock.wallMs();
  const acquiredMs = await takenOver();
  await annotate(`stopped in ${stoppedMs - toldMs} ms, taken over ${acquiredMs - toldMs} ms after SIGTERM`);
  expect(acquiredMs - stoppedMs).toBeLessThan(2.2 * RETRY_MS + 1_500);
  await expectExactly(here, 8);
  expectNeverTwoWriters(first, second, acquiredMs);
});
