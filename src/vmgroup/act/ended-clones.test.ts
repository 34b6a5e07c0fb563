import { describe, expect, test } from 'vitest';
import { aTask, aVCenter, bank, into, LOST, MACHINE, READY, shop } from '../../../test/support/builders/recent-tasks';
import type { LiveVirtualMachine, ManagedObjectReference, RecentTask } from '../../vsphere/port';

describe('R7: a clone that has ended', () => {
  const done = aTask({ state: 'success', result: MACHINE.ref });

  test.each<[string, LiveVirtualMachine | undefined, boolean]>([
    ['and whose machine carries marks, which the inventory does not show', MACHINE, true],
    ['and whose machine carries none: a person has kept it', { ...MACHINE, extraConfig: {} }, false],
    ['and whose machine cannot be read: it may be a group’s', { ...MACHINE, extraConfig: {}, unreadable: true }, true],
    ['and whose machine is gone', undefined, false],
  ])('%s', async (_, machine, expected) => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [done];
    told.machine = machine;
    await clock.advance(0);
    expect([blocks(shop), blocks(bank)]).toEqual([expected, false]);
  });

  test('without a machine holds nobody up', async () => {
    const { clock, told, blocks } = aVCenter();
    const { result: _, ...task } = done;
    told.tasks = [task];
    told.machine = MACHINE;
    await clock.advance(0);
    expect(blocks(shop)).toBe(false);
  });

  test.each<[string, Partial<RecentTask>, readonly string[]]>([
    ['was destroyed since, as a task tells, is not looked for', {}, []],
    ['somebody failed to destroy is looked for', { state: 'error' }, ['vm-9']],
    ['was switched off since is looked for', { descriptionId: 'VirtualMachine.powerOff' }, ['vm-9']],
    ['is not the one that was destroyed is looked for', { entity: { ...MACHINE.ref, value: 'vm-8' } }, ['vm-9']],
    [
      'has the id of a folder that was destroyed is looked for',
      { entity: { ...MACHINE.ref, type: 'Folder' } },
      ['vm-9'],
    ],
  ])('and whose machine %s', async (_, end, looked) => {
    const { clock, told, asked, blocks } = aVCenter();
    const destroy = { descriptionId: 'VirtualMachine.destroy', entity: MACHINE.ref, state: 'success' } as const;
    told.tasks = [done, aTask({ ...destroy, ref: { type: 'Task', value: 'task-2' }, ...end })];
    told.machine = MACHINE;
    await clock.advance(0);
    expect([asked.machines, blocks(shop)]).toEqual([looked, looked.length > 0]);
  });

  test('with a failure holds nobody up, whatever its result', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [{ ...done, state: 'error' }];
    told.machine = MACHINE;
    await clock.advance(0);
    expect(blocks(shop)).toBe(false);
  });

  test('into a place where the account may not look still holds its group up', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [done];
    told.machine = Object.assign(new Error('no'), { code: 'NoPermission' });
    await clock.advance(0);
    expect([blocks(shop), blocks(bank)]).toEqual([true, false]);
  });

  test('by another account into a place that nobody knows holds nobody up', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [{ ...done, userName: 'somebody' }];
    told.targets = [];
    told.machine = Object.assign(new Error('no'), { code: 'NoPermission' });
    await clock.advance(0);
    expect([blocks(shop), blocks(bank)]).toEqual([false, false]);
  });

  test('and of which the look fails: nobody knows, and it is read again', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [done];
    told.machine = Object.assign(new Error('lost'), { code: 'ConnectionLost' });
    await clock.advance(0);
    expect([blocks(shop), blocks(bank)]).toEqual([true, true]);
    told.machine = MACHINE;
    await clock.advance(2_000);
    expect([blocks(shop), blocks(bank)]).toEqual([true, false]);
  });

  test('and that vCenter forgets while it runs still holds its group up for ten seconds', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [aTask()];
    await clock.advance(0);
    told.tasks = [];
    await clock.advance(2_000);
    expect(blocks(shop)).toBe(true);
    await clock.advance(9_999);
    expect(blocks(shop)).toBe(true);
    await clock.advance(1);
    expect(blocks(shop)).toBe(false);
  });

  test('and that vCenter forgets beside other tasks still holds its group up', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [aTask()];
    await clock.advance(0);
    told.tasks = [aTask({ ref: { type: 'Task', value: 'other' }, descriptionId: 'VirtualMachine.powerOn' })];
    await clock.advance(2_000);
    expect(blocks(shop)).toBe(true);
  });

  test('and that vCenter still remembers does not count as forgotten', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [aTask()];
    await clock.advance(0);
    told.tasks = [aTask({ state: 'error' })];
    await clock.advance(2_000);
    expect(blocks(shop)).toBe(false);
  });
});

describe('reads of the recent tasks', () => {
  test('are told apart in the logs of vCenter, and end with the process', async () => {
    const { clock, asked, stop, ended, listeners } = aVCenter();
    await clock.advance(0);
    expect(asked.tasks[0]?.operationId).toBe('vmop-recent-tasks');
    stop.abort();
    await ended;
    expect(listeners.size).toBe(0);
  });

  test('are repeated every two seconds while such clones run, and each is told', async () => {
    const { clock, told, asked, changes } = aVCenter();
    told.tasks = [aTask()];
    await clock.advance(4_000);
    expect([asked.tasks.length, changes()]).toEqual([3, 3]);
  });

  test('R4: are not repeated while none run, until the next connect', async () => {
    const { clock, asked, becomes } = aVCenter();
    await clock.advance(60_000);
    expect(asked.tasks.length).toBe(1);
    await becomes(LOST);
    await becomes(READY);
    expect(asked.tasks.length).toBe(2);
  });

  test('that fail are repeated after two seconds', async () => {
    const { clock, told, asked, blocks } = aVCenter();
    told.tasks = new Error('lost');
    await clock.advance(2_000);
    expect(asked.tasks.length).toBe(2);
    expect(blocks(shop)).toBe(true);
  });
});

describe('R15: clones that may still add to a namespace', () => {
  const shopAlone = (target: { readonly folder: ManagedObjectReference }) =>
    target.folder.value === shop.value ? 'shop' : undefined;

  test('one of several folders of a clone is enough', async () => {
    const { clock, told, unclaimed } = aVCenter();
    told.tasks = [aTask()];
    told.targets = [into(bank, 6), into(shop, 7)];
    await clock.advance(0);
    expect([unclaimed.mayAdd('shop', shopAlone), unclaimed.mayAdd('bank', shopAlone)]).toEqual([true, false]);
  });

  const task = (value: string, eventChainId: number) => aTask({ ref: { type: 'Task', value }, eventChainId });

  test.each([
    [5_000, true],
    [5_001, false],
  ])(
    'one that is first seen %i ms after the first read: %s, for a later one is somebody else’s',
    async (ms, expected) => {
      const { clock, told, becomes, unclaimed } = aVCenter(LOST);
      told.targets = [into(shop, 2)];
      await clock.advance(60_000);
      await becomes(READY);
      await clock.advance(ms);
      told.tasks = [task('late', 2)];
      await becomes(READY);
      expect(unclaimed.mayAdd('shop', shopAlone)).toBe(expected);
    },
  );

  test('a task that vCenter forgot and that comes again is another one, such as after a restore', async () => {
    const { clock, told, becomes, unclaimed } = aVCenter();
    told.tasks = [task('again', 2)];
    told.targets = [into(shop, 2)];
    await clock.advance(0);
    told.tasks = [];
    await clock.advance(20_000);
    expect(unclaimed.mayAdd('shop', shopAlone)).toBe(false);
    told.tasks = [task('again', 2)];
    await becomes(READY);
    expect(unclaimed.mayAdd('shop', shopAlone)).toBe(false);
  });
});
