/** Machines that a clone leaves behind without their customization (docs/vsphere.md#guest-customization). */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ModelFault } from '../../../test/fakes/vcenter/model-fault';
import type { TaskWork } from '../../../test/fakes/vcenter/tasks';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const MINUTE_MS = 60_000;
const SPEC = { guest: { customizationSpec: { name: 'linux' } } };
let world: ManagedWorld;

beforeEach(async () => {
  world = await ManagedWorld.with();
  // The machine is there, and then the clone fails.
  const { tasks } = world.vcenter;
  const start = tasks.start.bind(tasks);
  tasks.start = (work: TaskWork) => {
    if (work.kind !== 'Clone') return start(work);
    const finish = () => {
      work.finish();
      throw new ModelFault('UncustomizableGuest', { uncustomizableGuestOS: 'other' });
    };
    return start({ ...work, finish, undo: () => undefined });
  };
  world.start('first');
});
afterEach(() => world.end());

const states = () => world.machinesOf('web').map(({ powerState }) => powerState);

test('stay off, and the status tells', async () => {
  await world.create('web', 'default', SPEC);
  await world.clock.advance(10 * MINUTE_MS);
  expect(states()).toEqual(['poweredOff']);
  expect((await world.group('web')).status?.lastMessage).toContain('left behind without its customization');
});

test('stay off also when their group is powered off for a while', async () => {
  await world.create('web', 'default', SPEC);
  await world.clock.advance(10 * MINUTE_MS);
  await world.change('web', { powerState: 'PoweredOff' });
  await world.clock.advance(MINUTE_MS);
  await world.change('web', { powerState: 'PoweredOn' });
  await world.clock.advance(10 * MINUTE_MS);
  expect(states()).toEqual(['poweredOff']);
});

test('stay off also when their group was powered off as they were made', async () => {
  await world.create('web', 'default', { ...SPEC, powerState: 'PoweredOff' });
  await world.clock.advance(10 * MINUTE_MS);
  await world.change('web', { powerState: 'PoweredOn' });
  await world.clock.advance(10 * MINUTE_MS);
  expect(states()).toEqual(['poweredOff']);
});
