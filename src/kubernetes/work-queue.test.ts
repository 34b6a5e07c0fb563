import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { QueueShutDown, WorkQueue } from './work-queue';

const never = new AbortController().signal;

function aQueue() {
  const clock = new VirtualClock();
  const queue = new WorkQueue({ clock, name: 'test' });
  /** Takes everything that is ready and says done at once. */
  const drain = async () => {
    const keys: string[] = [];
    while (queue.length > 0) {
      const key = await queue.get(never);
      keys.push(key);
      queue.done(key);
    }
    return keys;
  };
  return { clock, queue, drain };
}

describe('a work queue', () => {
  test('gives keys in the order of their first add, each once', async () => {
    const { queue, drain } = aQueue();
    for (const key of ['a', 'b', 'a', 'c', 'b']) queue.add(key);
    expect(queue.length).toBe(3);
    expect(await drain()).toEqual(['a', 'b', 'c']);
  });

  test('gives a key that was added while in work once more after done', async () => {
    const { queue, drain } = aQueue();
    queue.add('a');
    await queue.get(never);
    queue.add('a');
    queue.add('a');
    expect(queue.length).toBe(0);
    queue.done('a');
    expect(await drain()).toEqual(['a']);
  });

  test('wakes waiting workers in order, one for each key', async () => {
    const { queue } = aQueue();
    const first = queue.get(never);
    const second = queue.get(never);
    queue.add('a');
    queue.add('b');
    expect(await Promise.all([first, second])).toEqual(['a', 'b']);
  });

  test('an aborted wait rejects with the reason and takes no key', async () => {
    const { queue, drain } = aQueue();
    const leaving = new AbortController();
    const waiting = queue.get(leaving.signal);
    leaving.abort(new Error('closing time'));
    queue.add('a');
    await expect(waiting).rejects.toThrow('closing time');
    expect(await drain()).toEqual(['a']);
  });

  test('keeps the earliest of several delays', async () => {
    const { clock, queue, drain } = aQueue();
    queue.addAfter('a', 500);
    queue.addAfter('a', 100);
    queue.addAfter('a', 900);
    await clock.advance(99);
    expect(queue.length).toBe(0);
    await clock.advance(1);
    expect(await drain()).toEqual(['a']);
    expect(clock.pending).toBe(0);
  });

  test('adds at once after a delay of 0 or less', async () => {
    const { queue, drain } = aQueue();
    queue.addAfter('a', 0);
    queue.addAfter('b', -1);
    queue.addAfter('c', Number.NaN);
    expect(await drain()).toEqual(['a', 'b', 'c']);
  });

  test('keeps a delay that is longer than a timer', async () => {
    const { clock, queue } = aQueue();
    const short = { ...clock, wallMs: () => 0, monotonicMs: () => clock.monotonicMs() };
    const clamped = new WorkQueue({
      clock: { ...short, setTimer: (delayMs, callback) => clock.setTimer(Math.min(delayMs, 1_000), callback) },
    });
    clamped.addAfter('a', 2_500);
    await clock.advance(2_499);
    expect(clamped.length).toBe(0);
    await clock.advance(1);
    expect(clamped.length).toBe(1);
    expect(queue.length).toBe(0);
  });

  test('doubles the backoff of a key from 5 ms to 1000 s, until it is forgotten', async () => {
    const { clock, queue, drain } = aQueue();
    const waits: number[] = [];
    for (let failure = 0; failure < 20; failure += 1) {
      const startMs = clock.monotonicMs();
      queue.addRateLimited('a');
      while (queue.length === 0) await clock.advance(5);
      waits.push(clock.monotonicMs() - startMs);
      await drain();
      if (waits.length > 12) break;
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10240, 20480]);
    expect(queue.retries('a')).toBe(13);
    queue.forget('a');
    expect(queue.retries('a')).toBe(0);
    for (let failure = 0; failure < 30; failure += 1) queue.addRateLimited('b');
    queue.shutDown();
  });

  test('never waits longer than 1000 s', async () => {
    const { clock, queue } = aQueue();
    for (let failure = 0; failure < 40; failure += 1) {
      queue.addRateLimited('a');
      await clock.advance(1_000_000);
      expect(queue.length).toBe(1);
      queue.done(await queue.get(never));
    }
  });

  test('lets 100 retries of many keys pass at once, and then 10 per second', async () => {
    const { clock, queue, drain } = aQueue();
    for (let number = 0; number < 150; number += 1) queue.addRateLimited(`key-${number}`);
    await clock.advance(5);
    expect((await drain()).length).toBe(100);
    await clock.advance(1_000);
    expect((await drain()).length).toBe(10);
    await clock.advance(4_000);
    expect((await drain()).length).toBe(40);
  });

  test('R15: retries of one namespace, however many, make those of another wait for a turn', async () => {
    const { clock, queue, drain } = aQueue();
    for (let second = 0; second < 300; second += 1) {
      for (let number = 0; number < 40; number += 1) queue.addRateLimited(`evil/${number}`);
      await clock.advance(1_000);
      await drain();
    }
    for (let number = 0; number < 40; number += 1) queue.addRateLimited(`evil/${number}`);
    queue.addRateLimited('shop/web');
    await clock.advance(200);
    expect(await drain()).toContain('shop/web');
    queue.shutDown();
    expect(clock.pending).toBe(0);
  });

  test('R15: a key that fails again before its retry has no second turn', async () => {
    const { clock, queue, drain } = aQueue();
    for (let failure = 0; failure < 1_000; failure += 1) queue.addRateLimited('shop/api');
    queue.addRateLimited('shop/web');
    await clock.advance(200);
    expect(await drain()).toContain('shop/web');
    queue.shutDown();
  });

  test('gives out what is ready after a shut-down, then rejects, and takes nothing new', async () => {
    const { clock, queue } = aQueue();
    queue.add('a');
    queue.addAfter('b', 100);
    queue.shutDown();
    queue.add('c');
    queue.addAfter('d', 10);
    expect(await queue.get(never)).toBe('a');
    queue.done('a');
    await expect(queue.get(never)).rejects.toBeInstanceOf(QueueShutDown);
    expect(clock.pending).toBe(0);
  });

  test('a shut-down rejects the waiting workers', async () => {
    const { queue } = aQueue();
    const waiting = queue.get(never);
    queue.shutDown();
    await expect(waiting).rejects.toMatchObject({ code: 'QueueShutDown' });
  });

  test('calls its observer with what metrics need', async () => {
    const clock = new VirtualClock();
    const observed: string[] = [];
    const queue = new WorkQueue({
      clock,
      observer: {
        added: () => observed.push('added'),
        started: (waitedMs) => observed.push(`started after ${waitedMs}`),
        finished: (workedMs) => observed.push(`finished after ${workedMs}`),
        retried: () => observed.push('retried'),
      },
    });
    queue.add('a');
    await clock.advance(30);
    const key = await queue.get(never);
    await clock.advance(40);
    expect(queue.unfinishedMs).toEqual([40]);
    queue.addRateLimited(key);
    queue.done(key);
    expect(observed).toEqual(['added', 'started after 30', 'retried', 'finished after 40']);
    queue.shutDown();
  });

  test('for any history: never twice at once, nothing lost, nothing invented', async () => {
    const key = fc.constantFrom('a', 'b', 'c');
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), key, ms: fc.constant(0) }),
      fc.record({ kind: fc.constant('addAfter' as const), key, ms: fc.integer({ min: 0, max: 50 }) }),
      fc.record({ kind: fc.constant('get' as const), key, ms: fc.constant(0) }),
      fc.record({ kind: fc.constant('abortedGet' as const), key, ms: fc.constant(0) }),
      fc.record({ kind: fc.constant('done' as const), key, ms: fc.constant(0) }),
      fc.record({ kind: fc.constant('wait' as const), key, ms: fc.integer({ min: 1, max: 60 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { clock, queue } = aQueue();
        const working = new Set<string>();
        /** The model: keys that must come out once more, and the earliest moment of each delayed one. */
        const owed = new Set<string>();
        const later = new Map<string, number>();
        const passTo = (nowMs: number) => {
          for (const [delayed, dueMs] of later)
            if (dueMs <= nowMs) {
              owed.add(delayed);
              later.delete(delayed);
            }
        };
        for (const step of steps) {
          if (step.kind === 'add') {
            queue.add(step.key);
            owed.add(step.key);
          } else if (step.kind === 'addAfter') {
            queue.addAfter(step.key, step.ms);
            const dueMs = clock.monotonicMs() + step.ms;
            if (step.ms === 0) owed.add(step.key);
            else later.set(step.key, Math.min(dueMs, later.get(step.key) ?? dueMs));
          } else if (step.kind === 'done') {
            queue.done(step.key);
            working.delete(step.key);
          } else if (step.kind === 'wait') {
            await clock.advance(step.ms);
            passTo(clock.monotonicMs());
          } else if (step.kind === 'abortedGet' && queue.length === 0) {
            const leaving = new AbortController();
            const waiting = queue.get(leaving.signal);
            leaving.abort(new Error('left'));
            await expect(waiting).rejects.toThrow('left');
          } else if (queue.length > 0) {
            const taken = await queue.get(never);
            expect(working.has(taken)).toBe(false);
            expect(owed.delete(taken)).toBe(true);
            working.add(taken);
          }
          expect(queue.length).toBe([...owed].filter((one) => !working.has(one)).length);
        }
        for (const one of working) queue.done(one);
        working.clear();
        await clock.advance(100);
        passTo(clock.monotonicMs());
        expect(queue.length).toBe(owed.size);
        expect(clock.pending).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
