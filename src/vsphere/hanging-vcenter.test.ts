import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LANDMARK, VCenterModel } from '../../test/fakes/vcenter';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import type { ConnectionStatus, VCenterConnection } from '.';
import type { Work } from './port';

const SECOND_MS = 1_000;
const call = { operationId: 'o', signal: new AbortController().signal };

let clock: VirtualClock;
let model: VCenterModel;
let connection: VCenterConnection;
let statuses: { readonly atMs: number; readonly status: ConnectionStatus }[];
let stop: () => Promise<void>;

beforeEach(async () => {
  clock = new VirtualClock();
  model = new VCenterModel({ clock, random: () => 0.5 });
  connection = model.connect({ watchedExtraConfigKeys: [] });
  statuses = [];
  connection.onStatus((status) => statuses.push({ atMs: clock.monotonicMs(), status }));
  const stopping = new AbortController();
  let over = false;
  void connection.run(stopping.signal).then(() => {
    over = true;
  });
  stop = async () => {
    stopping.abort();
    while (!over) await clock.advance(SECOND_MS);
  };
  // A connection that held for a minute was a good one.
  await clock.advance(90 * SECOND_MS);
  expect(connection.status.kind).toBe('Ready');
  statuses.length = 0;
});
afterEach(() => stop());

const probes = () => model.calls.filter(({ operationId }) => operationId === 'vmop-probe').length;

describe('R8: a vCenter that takes calls and answers none', () => {
  test('is reported within 30 s of the first timeout, not when the wait times out', async () => {
    model.hang();
    const timedOutMs = connection.calls.findByInstanceUuid('x', call).then(
      () => Number.NaN,
      () => clock.monotonicMs(),
    );
    await clock.advance(120 * SECOND_MS);
    const [first] = statuses;
    expect(first?.status).toMatchObject({ kind: 'Failed', error: { code: 'Timeout' } });
    expect((first?.atMs ?? Number.NaN) - (await timedOutMs)).toBeLessThanOrEqual(10 * SECOND_MS);
    // The grace of a short loss (vcenter-view.ts) counts from the first timeout, and does not come on top.
    expect(first?.status).toMatchObject({ sinceMonotonicMs: await timedOutMs });
    const { message } = first?.status.kind === 'Failed' ? first.status.error : { message: '' };
    expect(message).toBe('model:443 hangs: FindAllByUuid timed out, and no call was answered for 10 s after that');
  });

  test('is reported without any other call, soon after the answer to the wait was due', async () => {
    model.hang();
    await clock.advance(81 * SECOND_MS);
    expect(connection.status).toMatchObject({ kind: 'Failed', error: { code: 'Timeout' } });
  });

  test('is probed once if many calls time out', async () => {
    model.hang();
    for (let count = 0; count < 20; count += 1) connection.calls.findByInstanceUuid('x', call).catch(() => undefined);
    await clock.advance(40 * SECOND_MS);
    expect(probes()).toBe(1);
  });

  test('is connected again soon after it answers again', async () => {
    model.hang();
    await clock.advance(5 * 60 * SECOND_MS);
    expect(connection.status.kind).toBe('Failed');
    model.recover();
    await clock.advance(120 * SECOND_MS);
    expect(connection.status.kind).toBe('Ready');
  });
});

describe('R1: while news are overdue', () => {
  const work = (onSent: () => void) =>
    ({
      ...{ key: 'w', lane: 'Other', mayStart: () => true, onSent },
      ...{ send: async () => undefined, onTask: () => undefined, onEnd: () => undefined },
    }) satisfies Work;

  test('no change is sent on the old picture, although vCenter answers; then it goes on', async () => {
    // The second wait was sent after 60 s. Its answer gets lost; it is overdue after 130 s, and times out after 180 s.
    await clock.advance(28 * SECOND_MS);
    model.hang();
    await clock.advance(7 * SECOND_MS);
    model.recover();
    await clock.advance(10 * SECOND_MS);
    const sentMs: number[] = [];
    const lostMs = clock.monotonicMs();
    connection.dispatcher.replaceWaiting('shop/web', [work(() => sentMs.push(clock.monotonicMs() - lostMs))]);
    await clock.advance(30 * SECOND_MS);
    expect([connection.status.kind, sentMs]).toEqual(['Ready', []]);
    await clock.advance(30 * SECOND_MS);
    expect([connection.status.kind, sentMs]).toEqual(['Ready', [expect.any(Number)]]);
  });
});

describe('one call that takes too long', () => {
  test('is no outage while vCenter answers others', async () => {
    model.hang();
    const slow = connection.calls.powerOn(LANDMARK.template, call).catch((error) => error);
    await clock.advance(SECOND_MS);
    model.recover();
    await clock.advance(90 * SECOND_MS);
    expect(await slow).toMatchObject({ code: 'Timeout' });
    expect(probes()).toBe(1);
    expect(statuses).toEqual([]);
  });
});
