import { describe, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../test/support/time/virtual-clock';
import { type Clock, sleep } from '../time/clock';
import { ApiError } from './api-error';
import { type ReconcileEnd, type Result, runReconcileLoop } from './reconcile-loop';
import { WorkQueue } from './work-queue';

const DONE: Result = {};

function aLoop(
  reconcile: (key: string, signal: AbortSignal, clock: VirtualClock) => Promise<Result>,
  options: { workers?: number; onEnd?: (result: ReconcileEnd) => void } = {},
) {
  const clock = new VirtualClock();
  const queue = new WorkQueue({ clock });
  const stop = new AbortController();
  const results: ReconcileEnd[] = [];
  const running = runReconcileLoop(
    {
      queue,
      workers: options.workers ?? 1,
      deadlineMs: 10_000,
      clock,
      reconcile: (key, signal) => reconcile(key, signal, clock),
      onEnd: options.onEnd ?? ((result) => results.push(result)),
    },
    stop.signal,
  );
  return { clock, queue, results, running, stop: () => stop.abort(new Error('stop')) };
}

describe('a reconcile loop', () => {
  test('calls a failing key again with growing backoff, and forgets the backoff when it succeeds', async () => {
    const startsMs: number[] = [];
    const loop = aLoop(async (_key, _signal, clock) => {
      startsMs.push(clock.monotonicMs());
      if (startsMs.length < 4) throw new Error('not yet');
      return DONE;
    });
    loop.queue.add('a');
    await loop.clock.advance(1_000);
    expect(startsMs).toEqual([0, 5, 15, 35]);
    expect(loop.queue.retries('a')).toBe(0);
    loop.stop();
    await loop.running;
  });

  test('waits as long as the API server asks in its Retry-After', async () => {
    const startsMs: number[] = [];
    const loop = aLoop(async (_key, _signal, clock) => {
      startsMs.push(clock.monotonicMs());
      if (startsMs.length > 1) return DONE;
      throw new ApiError('TooManyRequests', 'slow down', { status: 429, retryAfterMs: 2_000 });
    });
    loop.queue.add('a');
    await loop.clock.advance(10_000);
    expect(startsMs).toEqual([0, 2_000]);
    loop.stop();
    await loop.running;
  });

  test('one failing key does not hold up the others', async () => {
    const ended: string[] = [];
    const loop = aLoop((key) => {
      // A throw before the promise exists must do no more harm than a rejection.
      if (key === 'bad') throw new Error('bad');
      ended.push(key);
      return Promise.resolve(DONE);
    });
    for (const key of ['bad', 'a', 'b']) loop.queue.add(key);
    await loop.clock.advance(0);
    expect(ended).toEqual(['a', 'b']);
    expect(loop.results[0]).toMatchObject({ key: 'bad', error: new Error('bad') });
    loop.stop();
    await loop.running;
  });

  test('calls again after requeueAfterMs', async () => {
    const startsMs: number[] = [];
    const loop = aLoop(async (_key, _signal, clock) => {
      startsMs.push(clock.monotonicMs());
      return { requeueAfterMs: 300 };
    });
    loop.queue.add('a');
    await loop.clock.advance(700);
    expect(startsMs).toEqual([0, 300, 600]);
    loop.stop();
    await loop.running;
  });

  test('runs at most as many reconciles at once as it has workers, and no key twice', async () => {
    const running = new Set<string>();
    let most = 0;
    const loop = aLoop(
      async (key, signal, clock) => {
        expect(running.has(key)).toBe(false);
        running.add(key);
        most = Math.max(most, running.size);
        await sleep(clock, 100, signal);
        running.delete(key);
        return DONE;
      },
      { workers: 3 },
    );
    for (let round = 0; round < 5; round += 1) {
      for (const key of ['a', 'b', 'c', 'd', 'e']) loop.queue.add(key);
      await loop.clock.advance(60);
    }
    await loop.clock.advance(2_000);
    expect(most).toBe(3);
    expect(loop.results.every((result) => result.error === undefined)).toBe(true);
    loop.stop();
    await loop.running;
  });

  test('ends a reconcile at its deadline and tries again', async () => {
    let calls = 0;
    const loop = aLoop(async (_key, signal, clock) => {
      calls += 1;
      if (calls === 1) await sleep(clock, 60_000, signal);
      return DONE;
    });
    loop.queue.add('a');
    await loop.clock.advance(11_000);
    expect(loop.results).toMatchObject([
      { key: 'a', durationMs: 10_000, error: { code: 'ReconcileTimeout' } },
      { key: 'a', result: DONE },
    ]);
    loop.stop();
    await loop.running;
    expect(loop.clock.pending).toBe(0);
  });

  test('ends only when the running reconcile has ended, and does not count its abort as a failure', async () => {
    let ended = false;
    const loop = aLoop(async (_key, signal, clock) => {
      try {
        await sleep(clock, 5_000, signal);
      } finally {
        await sleep(clock, 50, new AbortController().signal);
        ended = true;
      }
      return DONE;
    });
    loop.queue.add('a');
    await loop.clock.advance(10);
    loop.stop();
    let over = false;
    void loop.running.then(() => {
      over = true;
    });
    await loop.clock.advance(40);
    expect(over).toBe(false);
    await loop.clock.advance(20);
    expect({ over, ended, results: loop.results }).toEqual({ over: true, ended: true, results: [] });
  });

  test('ends when the queue is shut down and drained', async () => {
    const loop = aLoop(async () => DONE, { workers: 2 });
    loop.queue.add('a');
    loop.queue.shutDown();
    await loop.running;
    expect(loop.results).toMatchObject([{ key: 'a' }]);
  });

  test('gives the event loop a turn after each ten milliseconds of reconciles that wait for nothing', async () => {
    const virtual = new VirtualClock();
    let spentMs = 0;
    const clock: Clock = {
      wallMs: () => virtual.wallMs(),
      monotonicMs: () => virtual.monotonicMs() + spentMs,
      setTimer: (delayMs, callback) => virtual.setTimer(delayMs, callback),
    };
    const queue = new WorkQueue({ clock });
    const stop = new AbortController();
    let reconciles = 0;
    const reconcile = async () => {
      reconciles += 1;
      spentMs += 4;
      return DONE;
    };
    const running = runReconcileLoop({ queue, workers: 2, deadlineMs: 10_000, clock, reconcile }, stop.signal);
    const afterTurns: number[] = [];
    const noteTurn = () => afterTurns.push(reconciles);
    for (let key = 0; key < 9; key += 1) queue.add(`shop/${key}`);
    await settle();
    noteTurn();
    virtual.onStep = noteTurn;
    await virtual.advance(0);
    // Both workers end what they have begun.
    expect(afterTurns).toEqual([4, 8, 9]);
    stop.abort(new Error('stop'));
    await running;
  });

  test('survives an observer that throws', async () => {
    let calls = 0;
    const loop = aLoop(
      async () => {
        calls += 1;
        return DONE;
      },
      {
        onEnd: () => {
          throw new Error('metrics are broken');
        },
      },
    );
    loop.queue.add('a');
    await loop.clock.advance(0);
    loop.queue.add('a');
    await loop.clock.advance(0);
    expect(calls).toBe(2);
    loop.stop();
    await loop.running;
  });
});
