import { expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { GroupEvent } from '../model/port';
import { EventAggregator } from './event-aggregator';

function aGatherer() {
  const clock = new VirtualClock();
  const told: string[] = [];
  const sink = { record: (_: unknown, { reason, note }: GroupEvent) => void told.push(`${reason} ${note}`) };
  return { clock, told, gatherer: new EventAggregator(sink, clock) };
}

const group = aGroup();
const cloned = (machine: string): GroupEvent => ({
  type: 'Normal',
  reason: 'ReplicaCreated',
  action: 'Clone',
  note: 'cloned from t',
  machine,
});
const switchedOn = (machine: string): GroupEvent => ({
  type: 'Normal',
  reason: 'ReplicaPoweredOn',
  action: 'PowerOn',
  note: 'switched on',
  machine,
});
const running: GroupEvent = { type: 'Normal', reason: 'Running', action: 'Reconcile', note: '1 of 1' };

test('what happens to many machines within a second is one event a kind, in the order in which it began', async () => {
  const { clock, told, gatherer } = aGatherer();
  for (const machine of ['a', 'b', 'c', 'd', 'e']) {
    gatherer.record(group, cloned(machine));
    gatherer.record(group, switchedOn(machine));
  }
  expect(told).toEqual([]);
  await clock.advance(1_000);
  expect(told).toEqual([
    'ReplicaCreated a, b, c and 2 more: cloned from t',
    'ReplicaPoweredOn a, b, c and 2 more: switched on',
  ]);
});

test('a machine is named once, however often the same has happened to it', async () => {
  const { clock, told, gatherer } = aGatherer();
  gatherer.record(group, switchedOn('a'));
  gatherer.record(group, switchedOn('a'));
  await clock.advance(1_000);
  expect(told).toEqual(['ReplicaPoweredOn a: switched on']);
});

test('failures with one message are one event, others are told apart', async () => {
  const { clock, told, gatherer } = aGatherer();
  const failed = (machine: string, note: string): GroupEvent => ({ ...cloned(machine), type: 'Warning', note });
  gatherer.record(group, failed('a', 'no space'));
  gatherer.record(group, failed('b', 'no memory'));
  gatherer.record(group, failed('c', 'no space'));
  await clock.advance(1_000);
  expect(told).toEqual(['ReplicaCreated a, c: no space', 'ReplicaCreated b: no memory']);
});

test('what is no matter of a machine is told at once, after what came before it', () => {
  const { told, gatherer } = aGatherer();
  gatherer.record(group, switchedOn('a'));
  gatherer.record(group, running);
  expect(told).toEqual(['ReplicaPoweredOn a: switched on', 'Running 1 of 1']);
});

test('groups do not wait for each other, and are not mixed', async () => {
  const { clock, told, gatherer } = aGatherer();
  const other = aGroup({}, { metadata: { ...group.metadata, name: 'other', uid: 'another-uid' } });
  gatherer.record(group, cloned('a'));
  gatherer.record(other, cloned('b'));
  gatherer.flush(other);
  expect(told).toEqual(['ReplicaCreated b: cloned from t']);
  await clock.advance(1_000);
  expect(told.at(-1)).toBe('ReplicaCreated a: cloned from t');
});

test('an hour of clones is told less and less often, at least once a minute', async () => {
  const { clock, told, gatherer } = aGatherer();
  for (let second = 0; second < 3_600; second += 1) {
    gatherer.record(group, cloned(`machine-${second}`));
    await clock.advance(1_000);
  }
  expect(told.length).toBeGreaterThanOrEqual(60);
  expect(told.length).toBeLessThanOrEqual(66);
});

test('after a quiet time the next is told within a second again, and no timer stays', async () => {
  const { clock, told, gatherer } = aGatherer();
  for (let second = 0; second < 100; second += 1) {
    gatherer.record(group, cloned(`machine-${second}`));
    await clock.advance(1_000);
  }
  await clock.advance(120_000);
  expect(clock.pending).toBe(0);
  const before = told.length;
  gatherer.record(group, switchedOn('a'));
  await clock.advance(1_000);
  expect(told.slice(before)).toEqual(['ReplicaPoweredOn a: switched on']);
});

test('close tells all that waits; what ends after it is told at once', () => {
  const { clock, told, gatherer } = aGatherer();
  gatherer.record(group, cloned('a'));
  gatherer.close();
  gatherer.record(group, switchedOn('a'));
  expect(told).toEqual(['ReplicaCreated a: cloned from t', 'ReplicaPoweredOn a: switched on']);
  expect(clock.pending).toBe(0);
});
