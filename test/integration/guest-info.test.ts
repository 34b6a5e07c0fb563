/** spec.readiness.guestInfo, on a real API server and the vCenter simulator. */
import { beforeAll, expect, inject, test } from 'vitest';
import { buildIfDue } from './command';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';

const binaries = inject('binaries');
beforeAll(buildIfDue);

test('a replica is ready when its guest has set each value, and after a restart of the operator it still is', async () => {
  const here = await Installation.start(binaries);
  const changes = new MachineChanges(here);
  const operator = await here.operator();
  const readiness = {
    guestInfo: [
      { key: 'ready', value: 'true' },
      { key: 'role', value: 'db' },
    ],
  };
  await here.apply('web', { replicas: 2, readiness });
  const ready = async () => {
    const { status = {} } = JSON.parse(await here.run('get', 'vg', 'web', '-o', 'json'));
    const { message = '' } = status.conditions?.find(({ type }: { type: string }) => type === 'Ready') ?? {};
    return { count: status.readyReplicas ?? 0, message };
  };
  const until = (what: string, count: number, words = '') =>
    here.until(what, async () => {
      const told = await ready();
      return told.count === count && told.message.includes(words) ? [] : [JSON.stringify(told)];
    });
  await until('both wait for their guests', 0, 'guestinfo.ready is not yet "true"');
  const ids = (await here.machinesOf('web')).map(({ id }) => id);
  const [first = '', second = ''] = ids;
  await changes.setExtraConfig(first, { 'guestinfo.ready': 'true' });
  await until('one waits for its other key', 0, 'guestinfo.role is not yet "db"');
  await changes.setExtraConfig(first, { 'guestinfo.role': 'db' });
  await until('the first is ready', 1);
  await changes.setExtraConfig(second, { 'guestinfo.ready': 'true', 'guestinfo.role': 'db' });
  await until('both are ready', 2, '2 of 2 replicas ready');

  await operator.stop();
  await changes.setExtraConfig(second, { 'guestinfo.ready': 'hunter2' });
  await here.operator();
  await until('the second takes it back', 1, 'guestinfo.ready is not yet "true"');
  expect((await ready()).message).not.toContain('hunter2');
  expect((await here.machinesOf('web')).map(({ id }) => id)).toEqual(ids);
});
