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

  test('a key that is given out before its delay ends comes back only if that is asked for again', async () => {
    const { clock, queue, drain } = aQueue();
    queue.addAfter('a', 500);
    queue.add('a');
    expect(await drain()).toEqual(['a']);
    expect(clock.pending).toBe(0);
    queue.addAfter('a', 500);
    queue.add('a');
    await queue.get(never);
    queue.addAfter('a', 200);
    queue.done('a');
    await clock.advance(200);
    expect(await drain()).toEqual(['a']);
    expect(clock.pending).toBe(0);
  });

  test('R9: gives keys with news first, and of five keys one without', async () => {
    const { queue, drain } = aQueue();
    for (const key of ['a', 'b', 'c']) queue.add(key);
    for (const key of ['1', '2', '3', '4', '5', '6']) queue.addNews(key, 0);
    queue.addNews('c', 0);
    expect(await drain()).toEqual(['1', '2', '3', '4', 'a', '5', '6', 'c', 'b']);
  });

  test('news comes first also after a delay, and to a key in work', async () => {
    const { clock, queue, drain } = aQueue();
    queue.addNews('a', 100);
    queue.addAfter('b', 10);
    queue.addNews('b', 100);
    queue.addAfter('c', 10);
    queue.add('d');
    expect(await queue.get(never)).toBe('d');
    queue.addNews('d', 0);
    await clock.advance(10);
    queue.done('d');
    expect(await drain()).toEqual(['b', 'd', 'c']);
    queue.add('e');
    await clock.advance(90);
    expect(await drain()).toEqual(['a', 'e']);
    queue.add('a');
    queue.add('f');
    queue.addNews('f', 0);
    expect(await drain()).toEqual(['f', 'a']);
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
});
