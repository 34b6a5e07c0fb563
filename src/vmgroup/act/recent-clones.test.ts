import { describe, expect, test } from 'vitest';
import { aTask, aVCenter, bank, into, LOST, READY, shop, template } from '../../../test/support/builders/recent-tasks';
import type { RecentTask } from '../../vsphere/port';

describe('R7: which recent tasks hold a group up', () => {
  test.each<[string, Partial<RecentTask>, boolean]>([
    ['a clone that runs', {}, true],
    ['a clone that is queued', { state: 'queued' }, true],
    ['a clone as the simulator names it', { descriptionId: 'VirtualMachine.cloneVm' }, true],
    ['another task that runs', { descriptionId: 'VirtualMachine.powerOn' }, false],
    ['a clone that has failed', { state: 'error' }, false],
  ])('%s', async (_, rest, expected) => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [aTask(rest)];
    await clock.advance(0);
    expect([blocks(shop), blocks(bank)]).toEqual([expected, false]);
  });

  test('a clone of which vCenter does not tell the source is nobody’s', async () => {
    const { clock, told, blocks } = aVCenter();
    const { entity: _, ...task } = aTask();
    told.tasks = [task];
    await clock.advance(0);
    expect(blocks(shop)).toBe(false);
  });

  test('not a clone of this process: it is in flight, until it is released', async () => {
    const { clock, told, unclaimed, blocks } = aVCenter();
    const { ref } = aTask();
    unclaimed.claim(ref);
    expect([unclaimed.isClaimed(ref), unclaimed.isClaimed({ type: 'Task', value: 'other' })]).toEqual([true, false]);
    told.tasks = [aTask(), aTask({ ref: { type: 'Task', value: 'other' }, entity: template, state: 'error' })];
    await clock.advance(0);
    expect(blocks(shop)).toBe(false);
    unclaimed.release(ref);
    expect(unclaimed.isClaimed(ref)).toBe(false);
  });

  test('before the first read, and after each loss until the next one, nobody knows: every group waits', async () => {
    const { clock, becomes, blocks, unclaimed } = aVCenter();
    expect(blocks(shop)).toBe(true);
    await clock.advance(0);
    expect(blocks(shop)).toBe(false);
    await becomes(LOST);
    expect([blocks(shop), unclaimed.mayAdd('shop', () => 'shop')]).toEqual([true, true]);
    await becomes(READY);
    expect(blocks(shop)).toBe(false);
  });

  test('news that leave the connection ready forget nothing', async () => {
    const { clock, told, becomes, blocks } = aVCenter();
    await clock.advance(0);
    told.tasks = new Error('lost');
    await becomes(READY);
    expect(blocks(shop)).toBe(false);
  });
});

describe('R9: the folder that a clone goes to', () => {
  test('is asked for from a little before the task was queued', async () => {
    const { clock, told, asked } = aVCenter();
    told.tasks = [aTask({ queueTime: '2026-01-01T00:00:30Z' })];
    await clock.advance(0);
    expect(asked.targets).toEqual(['2026-01-01T00:00:25.000Z']);
  });

  test('is not asked for again once it is known', async () => {
    const { clock, told, asked, blocks } = aVCenter();
    told.tasks = [aTask()];
    await clock.advance(10_000);
    expect(asked.tasks.length).toBeGreaterThan(3);
    expect([asked.targets.length, blocks(shop)]).toEqual([1, true]);
  });

  test('is that of its own event chain, where vCenter tells one', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [aTask({ eventChainId: 7 })];
    told.targets = [into(bank, 6), into(shop, 7)];
    await clock.advance(0);
    expect([blocks(shop), blocks(bank)]).toEqual([true, false]);
  });

  test('may be each of them where it tells none', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [aTask()];
    told.targets = [into(bank, 6), into(shop, 7)];
    await clock.advance(0);
    expect([blocks(shop), blocks(bank)]).toEqual([true, true]);
  });

  test.each<[string, string | undefined, string | undefined, boolean]>([
    ['by our account', 'operator', 'operator', true],
    ['by another account', 'somebody', 'operator', false],
    ['by an account that vCenter does not tell', undefined, 'operator', true],
    ['while our own account is not known', 'somebody', undefined, true],
  ])('that vCenter does not tell: a clone %s', async (_, userName, own, expected) => {
    const { clock, told, blocks } = aVCenter();
    const { userName: __, ...task } = aTask();
    told.userName = own;
    told.tasks = [{ ...task, ...(userName !== undefined && { userName }) }];
    told.targets = [];
    await clock.advance(0);
    expect([blocks(shop), blocks(bank)]).toEqual([expected, expected]);
  });

  test('that vCenter tells: by whatever account, the group of the folder waits', async () => {
    const { clock, told, blocks } = aVCenter();
    told.tasks = [aTask({ userName: 'somebody' })];
    await clock.advance(0);
    expect([blocks(shop), blocks(bank)]).toEqual([true, false]);
  });

  test('without a time of the task is not known', async () => {
    const { clock, told, asked, blocks } = aVCenter();
    const { queueTime: _, ...task } = aTask();
    told.tasks = [task];
    await clock.advance(0);
    expect([asked.targets, blocks(bank)]).toEqual([[], true]);
  });
});
