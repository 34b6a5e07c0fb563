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
  world.tasks.follow(TASK, (outcome) => ends.push(outcome));
});

describe('tasks that are followed', () => {
  test('are put into the list view together, and end through the stream', async () => {
    const other = ref('Task', 'task-2');
    world.tasks.follow(other, () => undefined);
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
    world.tasks.follow(TASK, (outcome) => ends.push(outcome));
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

  test('leave no timer when all have ended', async () => {
    await world.clock.advance(100);
    await world.answer([update('enter', TASK, { info: info('success') })]);
    expect(ends).toHaveLength(1);
    expect(world.clock.pending).toBe(0);
  });
});
