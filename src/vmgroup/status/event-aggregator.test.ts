import { expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { GroupEvent } from '../model/port';
import { EventAggregator } from './event-aggregator';

function anAggregator() {
  const clock = new VirtualClock();
  const written: string[] = [];
  const sink = { record: (_: unknown, { reason, note }: GroupEvent) => void written.push(`${reason} ${note}`) };
  return { clock, written, aggregator: new EventAggregator(sink, clock) };
}

const group = aGroup();
const cloned = (machine: string): GroupEvent => ({
  type: 'Normal',
  reason: 'ReplicaCreated',
  action: 'Clone',
  note: 'cloned from t',
  machine,
});
const poweredOn = (machine: string): GroupEvent => ({
  type: 'Normal',
  reason: 'ReplicaPoweredOn',
  action: 'PowerOn',
  note: 'powered on',
  machine,
});
const running: GroupEvent = { type: 'Normal', reason: 'Running', action: 'Reconcile', note: '1 of 1' };

test('what happens to many machines within a second is one event per kind, in the order in which they began', async () => {
  const { clock, written, aggregator } = anAggregator();
  for (const machine of ['a', 'b', 'c', 'd', 'e']) {
    aggregator.record(group, cloned(machine));
    aggregator.record(group, poweredOn(machine));
  }
  expect(written).toEqual([]);
  await clock.advance(1_000);
  expect(written).toEqual([
    'ReplicaCreated a, b, c and 2 more: cloned from t',
    'ReplicaPoweredOn a, b, c and 2 more: powered on',
  ]);
});

test('a machine is named once, even if the same happened to it several times', async () => {
  const { clock, written, aggregator } = anAggregator();
  aggregator.record(group, poweredOn('a'));
  aggregator.record(group, poweredOn('a'));
  await clock.advance(1_000);
  expect(written).toEqual(['ReplicaPoweredOn a: powered on']);
});

test('failures with the same message are one event, others are separate events', async () => {
  const { clock, written, aggregator } = anAggregator();
  const failed = (machine: string, note: string): GroupEvent => ({ ...cloned(machine), type: 'Warning', note });
  aggregator.record(group, failed('a', 'no space'));
  aggregator.record(group, failed('b', 'no memory'));
  aggregator.record(group, failed('c', 'no space'));
  await clock.advance(1_000);
  expect(written).toEqual(['ReplicaCreated a, c: no space', 'ReplicaCreated b: no memory']);
});

test('an event that is not about a machine is written at once, after those that wait', () => {
  const { written, aggregator } = anAggregator();
  aggregator.record(group, poweredOn('a'));
  aggregator.record(group, running);
  expect(written).toEqual(['ReplicaPoweredOn a: powered on', 'Running 1 of 1']);
});

test('events of different groups do not wait for each other and are not joined', async () => {
  const { clock, written, aggregator } = anAggregator();
  const other = aGroup({}, { metadata: { ...group.metadata, name: 'other', uid: 'another-uid' } });
  aggregator.record(group, cloned('a'));
  aggregator.record(other, cloned('b'));
  aggregator.flush(other);
  expect(written).toEqual(['ReplicaCreated b: cloned from t']);
  await clock.advance(1_000);
  expect(written.at(-1)).toBe('ReplicaCreated a: cloned from t');
});

test('an hour of clones is written less and less often, but at least once per minute', async () => {
  const { clock, written, aggregator } = anAggregator();
  for (let second = 0; second < 3_600; second += 1) {
    aggregator.record(group, cloned(`machine-${second}`));
    await clock.advance(1_000);
  }
  expect(written.length).toBeGreaterThanOrEqual(60);
  expect(written.length).toBeLessThanOrEqual(66);
});

test('after a quiet time the next event is written within a second again, and no timer is left', async () => {
  const { clock, written, aggregator } = anAggregator();
  for (let second = 0; second < 100; second += 1) {
    aggregator.record(group, cloned(`machine-${second}`));
    await clock.advance(1_000);
  }
  await clock.advance(120_000);
  expect(clock.pending).toBe(0);
  const before = written.length;
  aggregator.record(group, poweredOn('a'));
  await clock.advance(1_000);
  expect(written.slice(before)).toEqual(['ReplicaPoweredOn a: powered on']);
});

test('close writes all events that wait; later events are written at once', () => {
  const { clock, written, aggregator } = anAggregator();
  aggregator.record(group, cloned('a'));
  aggregator.close();
  aggregator.record(group, poweredOn('a'));
  expect(written).toEqual(['ReplicaCreated a: cloned from t', 'ReplicaPoweredOn a: powered on']);
  expect(clock.pending).toBe(0);
});
