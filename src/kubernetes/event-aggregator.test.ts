import { expect, test } from 'vitest';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import type { RecordedEvent } from './event';
import { EventAggregator } from './event-aggregator';

/** An aggregator whose series are written at once; `written` has the reason and note of each. */
function anAggregator() {
  const clock = new VirtualClock();
  const written: string[] = [];
  const writer = {
    admit: () => true,
    write: ({ event }: { readonly event: RecordedEvent }) => void written.push(`${event.reason} ${event.note}`),
    writeLater: ({ event, count }: { readonly event: RecordedEvent; readonly count: number }) =>
      void written.push(`${event.reason} ${event.note}, for the ${count}. time`),
    cancel: () => {},
  };
  return { clock, written, aggregator: new EventAggregator(writer, clock) };
}

const regarding = { apiVersion: 'test/v1', kind: 'VmGroup', namespace: 'shop', name: 'web', uid: 'uid-1' };
const cloned = (subject: string): RecordedEvent => ({
  regarding,
  type: 'Normal',
  reason: 'ReplicaCreated',
  action: 'Clone',
  note: 'cloned from t',
  subject,
});
const poweredOn = (subject: string): RecordedEvent => ({
  regarding,
  type: 'Normal',
  reason: 'ReplicaPoweredOn',
  action: 'PowerOn',
  note: 'powered on',
  subject,
});
const running: RecordedEvent = {
  regarding,
  type: 'Normal',
  reason: 'Running',
  action: 'Reconcile',
  note: '1 of 1',
};

test('what happens to many machines within a second is one event per kind, in the order in which they began', async () => {
  const { clock, written, aggregator } = anAggregator();
  for (const machine of ['a', 'b', 'c', 'd', 'e']) {
    aggregator.record(cloned(machine));
    aggregator.record(poweredOn(machine));
  }
  expect(written).toEqual([]);
  await clock.advance(1_000);
  expect(written).toEqual([
    'ReplicaCreated a, b, c and 2 more: cloned from t',
    'ReplicaPoweredOn a, b, c and 2 more: powered on',
  ]);
});

test('a machine is named once, however often the same happened to it', async () => {
  const { clock, written, aggregator } = anAggregator();
  aggregator.record(poweredOn('a'));
  aggregator.record(poweredOn('a'));
  await clock.advance(1_000);
  expect(written).toEqual(['ReplicaPoweredOn a: powered on']);
});

test('failures with the same message are one event, those with another message are another', async () => {
  const { clock, written, aggregator } = anAggregator();
  const failed = (machine: string, note: string): RecordedEvent => ({ ...cloned(machine), type: 'Warning', note });
  aggregator.record(failed('a', 'no space'));
  aggregator.record(failed('b', 'no memory'));
  aggregator.record(failed('c', 'no space'));
  await clock.advance(1_000);
  expect(written).toEqual(['ReplicaCreated a, c: no space', 'ReplicaCreated b: no memory']);
});

test('an event without a subject does not wait, and comes after what was gathered before it', () => {
  const { written, aggregator } = anAggregator();
  aggregator.record(poweredOn('a'));
  aggregator.record(running);
  expect(written).toEqual(['ReplicaPoweredOn a: powered on', 'Running 1 of 1']);
});

test('objects do not wait for each other, and their events are not mixed', async () => {
  const { clock, written, aggregator } = anAggregator();
  aggregator.record(cloned('a'));
  aggregator.record({ ...cloned('b'), regarding: { ...regarding, name: 'other', uid: 'uid-2' } });
  aggregator.passOn('uid-2');
  expect(written).toEqual(['ReplicaCreated b: cloned from t']);
  await clock.advance(1_000);
  expect(written.at(-1)).toBe('ReplicaCreated a: cloned from t');
});

test('an hour of clones gives fewer and fewer events, at least one per minute', async () => {
  const { clock, written, aggregator } = anAggregator();
  for (let second = 0; second < 3_600; second += 1) {
    aggregator.record(cloned(`machine-${second}`));
    await clock.advance(1_000);
  }
  expect(written.length).toBeGreaterThanOrEqual(60);
  expect(written.length).toBeLessThanOrEqual(66);
});

test('after a quiet time the next event waits only a second again, and no timer stays', async () => {
  const { clock, written, aggregator } = anAggregator();
  for (let second = 0; second < 100; second += 1) {
    aggregator.record(cloned(`machine-${second}`));
    await clock.advance(1_000);
  }
  await clock.advance(120_000);
  expect(clock.pending).toBe(0);
  const before = written.length;
  aggregator.record(poweredOn('a'));
  await clock.advance(1_000);
  expect(written.slice(before)).toEqual(['ReplicaPoweredOn a: powered on']);
});

test('when gathering stops, what waits is passed on, and later events do not wait', () => {
  const { clock, written, aggregator } = anAggregator();
  aggregator.record(cloned('a'));
  aggregator.stopGathering();
  aggregator.record(poweredOn('a'));
  expect(written).toEqual(['ReplicaCreated a: cloned from t', 'ReplicaPoweredOn a: powered on']);
  expect(clock.pending).toBe(0);
});

test('the same event about the same machines counts up its series', async () => {
  const { clock, written, aggregator } = anAggregator();
  for (let turn = 0; turn < 2; turn += 1) {
    aggregator.record(poweredOn('a'));
    await clock.advance(2_000);
  }
  expect(written).toEqual(['ReplicaPoweredOn a: powered on', 'ReplicaPoweredOn a: powered on, for the 2. time']);
});

test('close drops what waits and leaves no timer', () => {
  const { clock, written, aggregator } = anAggregator();
  aggregator.record(cloned('a'));
  aggregator.close();
  expect(written).toEqual([]);
  expect(clock.pending).toBe(0);
});
