import { expect, inject, onTestFinished, test } from 'vitest';
import type { VmGroupStatus } from '../../src/api/vm-group';
import { sleep, systemClock } from '../../src/time/clock';
import { startVCenterProxy, type VCenterProxy } from '../envtest/proxies/vcenter-proxy';
import { Installation } from './installation';

const binaries = inject('binaries');
/** In the simulator every task has this user name, and the operator recognizes its own clones by the user name. */
const ACCOUNT = { user: 'vcsim', password: 'only-for-the-simulator' };
const DELAYS_MS = { CloneVm: 200 };

/** All real parts, with the proxy between operator and vCenter. The test reads vCenter without the proxy. */
async function start(): Promise<{ readonly here: Installation; readonly proxy: VCenterProxy }> {
  const here = await Installation.start(binaries, { ...ACCOUNT, delaysMs: DELAYS_MS });
  const proxy = await startVCenterProxy(here.vcsim);
  onTestFinished(() => proxy.stop());
  await here.operator({ vcsim: proxy.vcsim });
  return { here, proxy };
}

/** Expects exactly this number of machines with different UUIDs, now and 1 s later. */
async function expectExactly(here: Installation, name: string, replicas: number): Promise<void> {
  await here.untilRunning(name, replicas);
  await sleep(systemClock, 1_000, AbortSignal.timeout(10_000));
  const machines = await here.machinesOf(name);
  expect(machines).toHaveLength(replicas);
  expect(new Set(machines.map(({ instanceUuid }) => instanceUuid)).size).toBe(replicas);
}

async function expectNothingLeft(here: Installation, name: string): Promise<void> {
  await here.run('delete', 'vg', name, '--timeout=60s');
  expect((await here.machines()).map((machine) => machine.name)).toEqual(['vm-operator-template']);
  expect(await here.folder(`default.${name}`)).toBeUndefined();
}

const count = (proxy: VCenterProxy, method: string) => proxy.calls.filter((call) => call.method === method).length;

test('R2: a clone whose answer is lost makes exactly one machine, and is not sent again', async () => {
  const { here, proxy } = await start();
  proxy.add({ methods: ['CloneVM_Task'], times: 1, failure: { kind: 'ResetAfter' } });
  await here.apply('web', { replicas: 1 });
  await expectExactly(here, 'web', 1);
  expect(count(proxy, 'CloneVM_Task')).toBe(1);
  await expectNothingLeft(here, 'web');
});

test('R2: a clone whose request is lost is searched for, and then sent again', async () => {
  const { here, proxy } = await start();
  proxy.add({ methods: ['CloneVM_Task'], times: 1, failure: { kind: 'ResetBefore' } });
  await here.apply('web', { replicas: 1 });
  await expectExactly(here, 'web', 1);
  expect(count(proxy, 'CloneVM_Task')).toBe(2);
  expect(count(proxy, 'FindAllByUuid')).toBeGreaterThan(0);
});

test('six replicas start while every fifth call is lost, before or after vCenter has done it', async () => {
  const { here, proxy } = await start();
  // Without the calls of the stream: each loss there costs a new connection with a backoff, and has its own test.
  const methods = [
    'CreateFolder',
    'CloneVM_Task',
    'PowerOnVM_Task',
    'ModifyListView',
    'RetrievePropertiesEx',
    'FindAllByUuid',
  ];
  proxy.add({ methods, every: 10, failure: { kind: 'ResetBefore' } });
  proxy.add({ methods, every: 10, after: 5, failure: { kind: 'ResetAfter' } });
  await here.apply('web', { replicas: 6 });
  await expectExactly(here, 'web', 6);
  expect(proxy.calls.filter(({ failure }) => failure !== undefined).length).toBeGreaterThan(1);
  await expectNothingLeft(here, 'web');
});

test('a session that ends during the work costs one login', async () => {
  const { here, proxy } = await start();
  proxy.add({ methods: ['CloneVM_Task'], after: 2, times: 1, failure: { kind: 'ExpireSession' } });
  await here.apply('web', { replicas: 4 });
  await expectExactly(here, 'web', 4);
  expect(count(proxy, 'Login')).toBe(2);
});

test('the operator waits while vCenter answers with status 503 for five seconds', async () => {
  const { here, proxy } = await start();
  await here.apply('web', { replicas: 1 });
  await here.untilRunning('web', 1);
  const html = '<html><body>503 Service Unavailable (Failed to connect to endpoint)</body></html>';
  proxy.add({ failure: { kind: 'Status', status: 503, html } });
  proxy.breakConnections();
  await here.run('scale', 'vg', 'web', '--replicas=3');
  await sleep(systemClock, 5_000, AbortSignal.timeout(10_000));
  expect(await here.machinesOf('web')).toHaveLength(1);
  proxy.clear();
  await expectExactly(here, 'web', 3);
});

test('answers that are slow, late or cut off cost time only', async () => {
  const { here, proxy } = await start();
  proxy.add({ methods: ['WaitForUpdatesEx'], failure: { kind: 'SlowBody', pieces: 10, pauseMs: 20 } });
  proxy.add({ methods: ['PowerOnVM_Task'], failure: { kind: 'Latency', ms: 500 } });
  proxy.add({ methods: ['CloneVM_Task'], after: 1, times: 1, failure: { kind: 'Truncate' } });
  await here.apply('web', { replicas: 4 });
  await expectExactly(here, 'web', 4);
  expect(count(proxy, 'CloneVM_Task')).toBe(4);
});

test('R8: a missing resource is a fault with class and next try, and the fault is dropped when there is room', async () => {
  const { here, proxy } = await start();
  const fault = {
    type: 'InsufficientMemoryResourcesFault',
    fieldsXml: '<unreserved>1024</unreserved><requested>4096</requested>',
    text: 'The host has not enough memory.',
  };
  const makeRoom = proxy.add({ methods: ['CloneVM_Task'], failure: { kind: 'TaskFault', fault } });
  await here.apply('web', { replicas: 2 });
  const faults = async () => {
    const status = (await here.group('web'))?.status as VmGroupStatus | undefined;
    return status?.replicas?.flatMap((replica) => replica.fault ?? []) ?? [];
  };
  await here.until('the status has both faults', async () => ((await faults()).length === 2 ? [] : ['not yet']));
  for (const shown of await faults()) {
    expect(shown).toMatchObject({ class: 'Capacity', reason: 'InsufficientMemoryResourcesFault' });
    expect(shown.message).toContain('not enough memory');
    expect(Date.parse(shown.retryAt ?? '')).toBeGreaterThan(systemClock.wallMs() - 5_000);
  }
  expect(await here.machinesOf('web')).toHaveLength(0);
  makeRoom();
  await here.run('annotate', 'vg', 'web', 'vm.codeconnect.vmworld.com/retry=there-is-room');
  await expectExactly(here, 'web', 2);
  expect(await faults()).toEqual([]);
});
