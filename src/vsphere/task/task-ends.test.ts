import { beforeEach, describe, expect, test } from 'vitest';
import { InventoryStreamWorld, ref, update, VM2 } from '../../../test/support/inventory-stream-world';
import type { WorkOutcome } from '../port';
import type { AnyValue, DataObject } from '../vim25/describe';
import { VsphereError } from '../vim25/vsphere-error';

const TASK = ref('Task', 'task-1');

let world: InventoryStreamWorld;
let ends: WorkOutcome[];

const info = (state: string, more: Record<string, AnyValue> = {}): DataObject => ({
  xsiType: 'TaskInfo',
  key: 'k',
  task: TASK,
  descriptionId: 'd',
  state,
  ...more,
});

beforeEach(async () => {
  world = new InventoryStreamWorld();
  ends = [];
  void world.start();
  await world.answer([]);
  world.tasks.follow(TASK, { onEnd: (outcome) => ends.push(outcome) });
});

describe('tasks that are followed', () => {
  test('are put into the list view together, and end through the stream', async () => {
    const other = ref('Task', 'task-2');
    world.tasks.follow(other, { onEnd: () => undefined });
    await world.clock.advance(100);
    expect(world.callsOf('ModifyListView').map(({ parameters }) => parameters.add)).toEqual([[TASK, other]]);
    await world.answer([update('enter', TASK, { info: info('running', { progress: 40 }) })]);
    expect([ends, world.tasks.progressPercent(TASK)]).toEqual([[], 40]);
    await world.answer([update('modify', TASK, { info: info('success', { result: VM2 }) })]);
    await world.answer([update('enter', TASK, { info: info('success', { result: VM2 }) })]);
    expect(ends).toEqual([{ kind: 'Succeeded', result: VM2 }]);
  });

  test('end Failed with the fault, and a task that timed out ends Unknown', async () => {
    const error = { xsiType: '', fault: { xsiType: 'NoDiskSpace', datastore: 'ds' } };
    await world.answer([update('enter', TASK, { info: info('error', { error }) })]);
    expect(ends).toMatchObject([
      { kind: 'Failed', failure: { code: 'NoDiskSpace', message: 'the datastore ds is full' } },
    ]);
    world.tasks.follow(TASK, { onEnd: (outcome) => ends.push(outcome) });
    const timedOut = { xsiType: '', fault: { xsiType: 'Timedout' } };
    await world.answer([update('enter', TASK, { info: info('error', { error: timedOut }) })]);
    expect(ends[1]).toMatchObject({ kind: 'Unknown', failure: { code: 'Timedout' } });
  });

  test('are read live after a minute without news, and end Unknown when vCenter no longer knows them', async () => {
    world.objects.set('task-1', { xsiType: '', info: info('running') });
    await world.clock.advance(80_000);
    expect(ends).toEqual([]);
    world.objects.delete('task-1');
    await world.clock.advance(80_000);
    expect(ends).toMatchObject([{ kind: 'Unknown', failure: { code: 'TaskLost' } }]);
  });

  test('are put into the next list view after the stream was lost', async () => {
    await world.clock.advance(100);
    await world.failWait(new VsphereError('ConnectionLost', 'cut', 'Unknown'));
    void world.start();
    await world.answer([]);
    await world.clock.advance(1);
    expect(world.callsOf('ModifyListView')).toHaveLength(2);
  });

  test('tell that vCenter has not begun with them yet, and that it has now', async () => {
    const queued: boolean[] = [];
    world.tasks.follow(TASK, { onEnd: () => undefined, onQueued: (isQueued) => queued.push(isQueued) });
    await world.answer([update('enter', TASK, { info: info('queued') })]);
    await world.answer([update('modify', TASK, { info: info('running') })]);
    expect(queued).toEqual([true, false]);
  });

  test('that fail without an error have an end that nobody knows', async () => {
    await world.answer([update('enter', TASK, { info: info('error') })]);
    expect(ends).toEqual([
      {
        kind: 'Unknown',
        failure: expect.objectContaining({ code: 'TaskLost', message: 'the task failed without an error' }),
      },
    ]);
  });

  test('R14: are told nothing by what is no TaskInfo, nor by a task that nobody follows', async () => {
    await world.answer([update('enter', TASK, { info: { ...info('success'), xsiType: 'Event' } })]);
    await world.answer([update('enter', ref('Task', 'other'), { info: info('success') })]);
    expect([ends, world.tasks.progressPercent(ref('Task', 'other'))]).toEqual([[], undefined]);
  });

  test('are asked for by themselves, by the name of the work that vCenter logs, once a minute', async () => {
    const reads = () => world.callsOf('RetrievePropertiesEx').filter((call) => JSON.stringify(call).includes('task-'));
    await world.clock.advance(40_000);
    const other = ref('Task', 'task-2');
    world.tasks.follow(other, { onEnd: () => undefined });
    for (const task of [TASK, other]) world.objects.set(task.value, { xsiType: '', info: info('running') });
    await world.clock.advance(59_000 - 40_000);
    expect(reads()).toHaveLength(0);
    await world.clock.advance(1_000);
    expect(reads()).toHaveLength(1);
    expect(JSON.stringify(reads()[0])).not.toContain('task-2');
    await world.clock.advance(45_000);
    expect(reads()).toHaveLength(2);
    expect(JSON.stringify(reads()[1])).toContain('task-2');
    await world.clock.advance(15_000);
    expect(reads()).toHaveLength(3);
  });

  test('that end while they are read live end so', async () => {
    world.objects.set('task-1', { xsiType: '', info: info('success', { result: VM2 }) });
    await world.clock.advance(60_000);
    expect(ends).toEqual([{ kind: 'Succeeded', result: VM2 }]);
  });

  test('that vCenter knows no more are told by their reference', async () => {
    await world.clock.advance(60_000);
    expect(ends).toMatchObject([
      {
        kind: 'Unknown',
        failure: { message: 'vCenter no longer knows the Task:task-1; whether it took effect is unknown' },
      },
    ]);
  });

  test('are not asked for while there is no stream', async () => {
    await world.clock.advance(100);
    await world.failWait(new VsphereError('ConnectionLost', 'cut', 'Unknown'));
    const { length } = world.callsOf('RetrievePropertiesEx');
    await world.clock.advance(200_000);
    expect(world.callsOf('RetrievePropertiesEx')).toHaveLength(length);
    expect(world.clock.pending).toBe(0);
  });

  test('leave no timer when all have ended', async () => {
    await world.clock.advance(100);
    await world.answer([update('enter', TASK, { info: info('success') })]);
    expect(ends).toHaveLength(1);
    expect(world.clock.pending).toBe(0);
  });
});
