import { expect, test } from 'vitest';
import { anEventRecorder } from '../../test/support/builders/event-recorder';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { ApiError, errorFromStatus } from './api-error';
import type { ApiRequest } from './api-server';
import type { RecordedEvent } from './event';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: {
    readonly metadata?: { readonly name: string };
    readonly note?: string;
    readonly eventTime?: string;
    readonly series?: { readonly count: number };
  };
}

/** `ending`: namespaces that are being deleted. */
function aRecorder({ ending = [] }: { readonly ending?: readonly string[] } = {}) {
  const clock = new VirtualClock();
  const sent: Sent[] = [];
  const faults: Error[] = [];
  const warnings: string[] = [];
  const answer = async (request: ApiRequest) => {
    sent.push(structuredClone(request) as Sent);
    const fault = faults.shift();
    if (fault !== undefined) throw fault;
  };
  const log = { info: () => {}, warn: (message: string) => warnings.push(message) };
  const recorder = anEventRecorder(clock, answer, log, (namespace) => ending.includes(namespace));
  return { clock, sent, faults, warnings, recorder };
}

function anEvent(change: Partial<RecordedEvent> = {}, uid = 'uid-1'): RecordedEvent {
  return {
    regarding: { apiVersion: 'test/v1', kind: 'Thing', namespace: 'a', name: 'one', uid },
    type: 'Normal',
    reason: 'Cloned',
    action: 'Clone',
    note: 'made one',
    ...change,
  };
}

test('writes an event with a time of six digits into the namespace of its object', async () => {
  const { clock, sent, recorder } = aRecorder();
  recorder.record(anEvent());
  await clock.advance(0);
  expect(sent).toMatchObject([
    {
      method: 'POST',
      path: '/apis/events.k8s.io/v1/namespaces/a/events',
      body: { eventTime: '2026-01-01T00:00:00.000000Z', note: 'made one', reportingController: 'test/controller' },
    },
  ]);
  expect(sent[0]?.body.metadata?.name).toMatch(/^one\.[0-9a-f]{16}$/);
});

test('puts events of cluster-scoped objects into the namespace default', async () => {
  const { clock, sent, recorder } = aRecorder();
  recorder.record(anEvent({ regarding: { apiVersion: 'test/v1', kind: 'Thing', name: 'one', uid: 'u' } }));
  await clock.advance(0);
  expect(sent[0]?.path).toBe('/apis/events.k8s.io/v1/namespaces/default/events');
});

test('counts equal events as a series, written after a second and then once a minute', async () => {
  const { clock, sent, recorder } = aRecorder();
  for (let second = 0; second < 120; second += 1) {
    recorder.record(anEvent());
    await clock.advance(1_000);
  }
  expect(sent.map(({ method, body }) => `${method} ${body.series?.count ?? 1}`)).toEqual([
    'POST 1',
    'PATCH 2',
    'PATCH 61',
  ]);
  await recorder.flush(new AbortController().signal);
  expect(sent.at(-1)?.body.series?.count).toBe(120);
});

test('begins a new event when the series has been quiet for 6 minutes', async () => {
  const { clock, sent, recorder } = aRecorder();
  recorder.record(anEvent());
  await clock.advance(6 * 60_000);
  recorder.record(anEvent());
  await clock.advance(0);
  expect(sent.map(({ method }) => method)).toEqual(['POST', 'POST']);
  expect(clock.pending).toBe(0);
});

test('makes the event anew when its series has expired on the server', async () => {
  const { clock, sent, faults, recorder } = aRecorder();
  recorder.record(anEvent());
  await clock.advance(0);
  faults.push(new ApiError('NotFound', 'gone', { status: 404 }));
  recorder.record(anEvent());
  await clock.advance(1_000);
  expect(sent.map(({ method, body }) => `${method} ${body.series?.count ?? 1}`)).toEqual([
    'POST 1',
    'PATCH 2',
    'POST 2',
  ]);
});

test('lets one object make 25 different events at once, and one more in 5 minutes; others are free', async () => {
  const { clock, sent, warnings, recorder } = aRecorder();
  for (let number = 0; number < 40; number += 1) recorder.record(anEvent({ note: `replica ${number}` }));
  recorder.record(anEvent({}, 'uid-2'));
  await clock.advance(0);
  expect(sent.length).toBe(26);
  expect(warnings).toContain('events are dropped');
  await clock.advance(300_000);
  recorder.record(anEvent({ note: 'later' }));
  recorder.record(anEvent({ note: 'too many' }));
  await clock.advance(0);
  expect(sent.length).toBe(27);
});

test('news of what went well leaves room for warnings', async () => {
  const { clock, sent, recorder } = aRecorder();
  for (let number = 0; number < 40; number += 1) recorder.record(anEvent({ note: `replica ${number}` }));
  recorder.record(anEvent({ type: 'Warning', note: 'out of memory' }));
  await clock.advance(0);
  expect(sent.at(-1)?.body.note).toBe('out of memory');
});

test('tries again while the server is away, in order, and gives up at once what is refused', async () => {
  const { clock, sent, faults, warnings, recorder } = aRecorder();
  faults.push(new ApiError('Unreachable', 'away'), new ApiError('ServiceUnavailable', 'soon', { status: 503 }));
  recorder.record(anEvent({ note: 'first' }));
  recorder.record(anEvent({ note: 'second' }));
  await clock.advance(10_000);
  expect(sent.map(({ body }) => body.note)).toEqual(['first', 'first', 'first', 'second']);
  faults.push(new ApiError('Forbidden', 'no', { status: 403 }));
  recorder.record(anEvent({ note: 'third' }));
  await clock.advance(60_000);
  expect(sent.length).toBe(5);
  expect(warnings).toEqual(['an event could not be written']);
});

/** What kube-apiserver answers to the creation of an event in a namespace that is being deleted, or is gone. */
const TERMINATING = errorFromStatus('POST', 403, {
  kind: 'Status',
  reason: 'Forbidden',
  message: 'events "one" is forbidden: unable to create new content in namespace a because it is being terminated',
  details: { kind: 'events', causes: [{ reason: 'NamespaceTerminating', field: 'metadata.namespace' }] },
});
const NO_NAMESPACE = errorFromStatus('POST', 404, {
  kind: 'Status',
  reason: 'NotFound',
  message: 'namespaces "a" not found',
  details: { name: 'a', kind: 'namespaces' },
});

test.each([
  ['is being deleted', TERMINATING],
  ['is gone', NO_NAMESPACE],
])('drops an event for a namespace that %s without a line in the log, and goes on', async (_, refusal) => {
  const { clock, sent, faults, warnings, recorder } = aRecorder();
  faults.push(refusal);
  recorder.record(anEvent());
  recorder.record(anEvent({ note: 'next' }));
  await clock.advance(60_000);
  await recorder.flush(new AbortController().signal);
  expect(sent.map(({ body }) => body.note)).toEqual(['made one', 'next']);
  expect(warnings).toEqual([]);
});

test('drops an event that is forbidden in a namespace that is being deleted, as the right may have gone before, without a line', async () => {
  const { clock, sent, faults, warnings, recorder } = aRecorder({ ending: ['a'] });
  const forbidden = errorFromStatus('POST', 403, { kind: 'Status', reason: 'Forbidden', details: { kind: 'events' } });
  faults.push(forbidden, forbidden);
  recorder.record(anEvent());
  await clock.advance(60_000);
  expect([sent.length, warnings]).toEqual([1, []]);
  recorder.record(
    anEvent({ regarding: { apiVersion: 'test/v1', kind: 'Thing', namespace: 'b', name: 'one', uid: 'u' } }),
  );
  await clock.advance(60_000);
  expect([sent.length, warnings]).toEqual([2, ['an event could not be written']]);
});

test.each([
  ['forbidden', errorFromStatus('POST', 403, { kind: 'Status', reason: 'Forbidden', details: { kind: 'events' } })],
  ['not served', errorFromStatus('POST', 404, '404 page not found')],
])('logs an event that is dropped since events are %s', async (_, refusal) => {
  const { clock, sent, faults, warnings, recorder } = aRecorder();
  faults.push(refusal);
  recorder.record(anEvent());
  await clock.advance(60_000);
  expect([sent.length, warnings]).toEqual([1, ['an event could not be written']]);
});

test('what waits for more like it is written by a flush, and at once when its object goes away', async () => {
  const { clock, sent, recorder } = aRecorder();
  recorder.record(anEvent({ subject: 'web-1' }));
  await recorder.flush(new AbortController().signal);
  expect(sent.map(({ body }) => body.note)).toEqual(['web-1: made one']);
  recorder.record(anEvent({ subject: 'web-2' }));
  recorder.queueGathered('uid-1');
  await clock.advance(0);
  expect(sent.map(({ body }) => body.note)).toEqual(['web-1: made one', 'web-2: made one']);
});

test('nothing waits for more like it when gathering has stopped', async () => {
  const { clock, sent, recorder } = aRecorder();
  recorder.record(anEvent({ subject: 'web-1' }));
  recorder.stopGathering();
  recorder.record(anEvent({ subject: 'web-2' }));
  await clock.advance(0);
  expect(sent.map(({ body }) => body.note)).toEqual(['web-1: made one', 'web-2: made one']);
  recorder.close();
  expect(clock.pending).toBe(0);
});

test('keeps at most 1000 events waiting', async () => {
  const { clock, sent, faults, recorder } = aRecorder();
  faults.push(new ApiError('Unreachable', 'away'));
  for (let number = 0; number < 3_000; number += 1) recorder.record(anEvent({}, `uid-${number}`));
  await clock.advance(5_000);
  expect(sent.length).toBeLessThanOrEqual(1_002);
});

test('cuts a note at 1024 bytes, between characters', async () => {
  const { clock, sent, recorder } = aRecorder();
  recorder.record(anEvent({ note: 'ä€'.repeat(600) }));
  await clock.advance(0);
  const note = sent[0]?.body.note ?? '';
  expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1024);
  expect(note).toMatch(/^(ä€)+ä?…$/);
});

test('flush ends with the reason of its signal while the server is away; close leaves nothing behind', async () => {
  const { clock, faults, recorder } = aRecorder();
  for (let number = 0; number < 20; number += 1) faults.push(new ApiError('Unreachable', 'away'));
  recorder.record(anEvent());
  const leaving = new AbortController();
  const flushing = recorder.flush(leaving.signal);
  await clock.advance(2_000);
  leaving.abort(new Error('out of time'));
  await expect(flushing).rejects.toThrow('out of time');
  recorder.close();
  recorder.record(anEvent({ note: 'after' }));
  await clock.advance(60_000);
  expect(clock.pending).toBe(0);
});
