import { expect, inject, test } from 'vitest';
import { sleep, systemClock } from '../../src/time/clock';
import { Installation } from './installation';

const binaries = inject('binaries');
// In the simulator every task has this user name, and the operator recognizes its own clones by the user name.
const account = { user: 'vcsim', password: 'only-for-the-simulator' };

test.each([150, 700, 1300])(
  'R2, R7: kill -9 %i ms after the start of slow clones, and a restart, leave no duplicate',
  async (afterMs) => {
    const here = await Installation.start(binaries, { ...account, delaysMs: { CloneVm: 1000, PowerOn: 300 } });
    const first = await here.operator();
    await here.apply('web', { replicas: 6 });
    await here.until('the first clones run', async () => {
      const replicas = JSON.stringify(await here.group('web')).match(/"operation":"Clone"/g) ?? [];
      return replicas.length > 0 ? [] : ['none'];
    });
    await sleep(systemClock, afterMs, AbortSignal.timeout(10_000));
    await first.kill();
    await here.operator();
    await here.untilRunning('web', 6);
    // A duplicate would appear later, when the clones of the first process end.
    await sleep(systemClock, 2_000, AbortSignal.timeout(10_000));
    const machines = await here.machinesOf('web');
    expect(machines).toHaveLength(6);
    expect(new Set(machines.map(({ name }) => name)).size).toBe(6);
    expect(new Set(machines.map(({ instanceUuid }) => instanceUuid)).size).toBe(6);
    await here.run('delete', 'vg', 'web', '--timeout=60s');
    expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
  },
);

test('R7: a group that is deleted while its clones run leaves nothing behind', async () => {
  const here = await Installation.start(binaries, { ...account, delaysMs: { CloneVm: 1000 } });
  await here.operator();
  await here.apply('web', { replicas: 4 });
  await here.until('clones run', async () =>
    JSON.stringify(await here.group('web')).includes('"operation":"Clone"') ? [] : ['none'],
  );
  await here.run('delete', 'vg', 'web', '--timeout=60s');
  await sleep(systemClock, 1_500, AbortSignal.timeout(10_000));
  expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
  expect(await here.folder('default.web')).toBeUndefined();
});

test('without vCenter the status and /readyz say so, the operator keeps running, and groups wait', async () => {
  const here = await Installation.start(binaries);
  const operator = await here.unreadyOperator({ environment: { VC_HOST: '127.0.0.1:9' } });
  await here.apply('web', {});
  await here.until('the status says that vCenter is unreachable', async () => {
    const status = JSON.stringify((await here.group('web'))?.status ?? {});
    return status.includes('"reason":"Unreachable"') ? [] : [status];
  });
  expect(operator.log.last(200)).toMatch(/127\.0\.0\.1:9/);
  const answer = await fetch(`${operator.probesUrl}/readyz`);
  expect([answer.status, (await answer.text()).split('\n')[1]]).toEqual([503, expect.stringContaining('[-]vcenter')]);
  expect((await fetch(`${operator.probesUrl}/readyz?exclude=vcenter`)).status).toBe(200);
  expect((await fetch(`${operator.probesUrl}/healthz`)).status).toBe(200);
  await operator.stop();
  await here.operator();
  await here.untilRunning('web', 1);
});
