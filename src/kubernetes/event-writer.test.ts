/** Namespaces that share one writer of events. */
import { expect, test } from 'vitest';
import { anEventRecorder } from '../../test/support/builders/event-recorder';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { ApiError } from './api-error';

/** `answer` gets the path of a request. */
function aRecorder(answer: (path: string, clock: VirtualClock) => Promise<void>) {
  const clock = new VirtualClock();
  const written: string[] = [];
  const state = { underWay: 0, mostUnderWay: 0 };
  const recorder = anEventRecorder(clock, async ({ path }) => {
    state.underWay += 1;
    state.mostUnderWay = Math.max(state.mostUnderWay, state.underWay);
    try {
      await answer(path, clock);
    } finally {
      state.underWay -= 1;
    }
    written.push(path.split('/')[5] ?? '');
  });
  const record = (namespace: string, count = 1) => {
    for (let number = 0; number < count; number += 1) {
      const name = `${namespace}-${number}`;
      const regarding = { apiVersion: 'test/v1', kind: 'Thing', namespace, name, uid: name };
      recorder.record({ regarding, type: 'Normal', reason: 'Cloned', action: 'Clone', note: 'made one' });
    }
  };
  const countOf = (namespace: string) => written.filter((one) => one === namespace).length;
  return { clock, recorder, record, countOf, state };
}

const LIMITED = new ApiError('TooManyRequests', 'limit reached on type Namespace', {
  status: 429,
  retryAfterMs: 60_000,
});

test('R9: a namespace whose events the API server refuses for now does not delay those of another', async () => {
  const { clock, recorder, record, countOf } = aRecorder(async (path) => {
    if (path.includes('/evil/')) throw LIMITED;
  });
  record('evil', 20);
  await clock.advance(1_000);
  record('shop', 3);
  await clock.advance(1_000);
  expect(countOf('shop')).toBe(3);
  recorder.close();
  await clock.advance(0);
  expect(clock.pending).toBe(0);
});

test('R9: nor does one whose events take long, and four requests are under way at most', async () => {
  const { clock, recorder, record, countOf, state } = aRecorder(async (path, clock) => {
    if (path.includes('/evil/')) await new Promise<void>((resolve) => clock.setTimer(30_000, resolve));
  });
  record('evil', 20);
  for (let number = 0; number < 10; number += 1) record(`shop-${number}`);
  await clock.advance(1_000);
  expect(countOf('shop-9')).toBe(1);
  expect(state.mostUnderWay).toBe(4);
  const flushing = recorder.flush(new AbortController().signal);
  await clock.advance(20 * 30_000);
  await flushing;
  expect(countOf('evil')).toBe(20);
});

test('R9: a namespace with as many events as may wait leaves room for those of another', async () => {
  let isAway = true;
  const { clock, recorder, record, countOf } = aRecorder(async () => {
    if (isAway) throw new ApiError('Unreachable', 'away');
  });
  record('evil', 2_000);
  record('shop', 2_000);
  record('bank', 10);
  isAway = false;
  await clock.advance(60_000);
  expect([countOf('bank'), countOf('shop') >= 400, countOf('evil') <= 1_001]).toEqual([10, true, true]);
  recorder.close();
});
