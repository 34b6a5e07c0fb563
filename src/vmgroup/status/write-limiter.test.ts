import { describe, expect, test } from 'vitest';
import { type StatusWrite, WriteLimiter } from './write-limiter';

function aWrite(groupUid: string, change: Partial<StatusWrite> = {}): StatusWrite {
  return { groupUid, namespace: 'shop', isNews: false, lastWriteMs: 10_000, replicas: 3, ...change };
}

describe('WriteLimiter', () => {
  test('a status that has not been written yet is written at once', () => {
    const write = aWrite('a', { lastWriteMs: Number.NEGATIVE_INFINITY });
    expect(new WriteLimiter().waitUntilMs(write, 1_000)).toBeUndefined();
  });

  test('a group writes once per second, and less often the more replicas it has', () => {
    const limiter = new WriteLimiter();
    expect(limiter.waitUntilMs(aWrite('a'), 10_100)).toBe(11_000);
    expect(limiter.waitUntilMs(aWrite('b', { replicas: 500 }), 10_100)).toBe(15_000);
  });

  test('asking again keeps the time, and at that time the status is written', () => {
    const limiter = new WriteLimiter();
    expect(limiter.waitUntilMs(aWrite('a'), 10_100)).toBe(11_000);
    expect(limiter.waitUntilMs(aWrite('a'), 10_900)).toBe(11_000);
    expect(limiter.waitUntilMs(aWrite('a'), 11_000)).toBeUndefined();
  });

  test('many groups share ten writes per second, ten of them at once after a quiet second', () => {
    const limiter = new WriteLimiter();
    const ask = (nowMs: number) =>
      Array.from({ length: 50 }, (_, index) => limiter.waitUntilMs(aWrite(`g${index}`), nowMs));
    const times = ask(11_000);
    expect(times.filter((time) => time === undefined)).toHaveLength(10);
    expect([times[10], times[49]]).toEqual([11_100, 15_000]);
    expect(limiter.waitUntilMs(aWrite('g49'), 11_050)).toBe(15_000);
    expect(limiter.waitUntilMs(aWrite('g10'), 11_103)).toBeUndefined();
    expect(limiter.waitUntilMs(aWrite('g11'), 11_200)).toBeUndefined();
  });

  test('news is written at once, ten times, and then once a second', () => {
    const limiter = new WriteLimiter();
    const news = (nowMs: number) =>
      limiter.waitUntilMs(aWrite('a', { isNews: true, lastWriteMs: nowMs }), nowMs) === undefined;
    expect(Array.from({ length: 11 }, () => news(20_000))).toEqual([...Array(10).fill(true), false]);
    expect([news(20_999), news(21_000), news(21_000)]).toEqual([false, true, false]);
    expect(limiter.waitUntilMs(aWrite('b', { isNews: true }), 20_000)).toBeUndefined();
    limiter.forget('a');
    expect(news(21_000)).toBe(true);
  });

  test('news of a group takes no turn, and gives the one that it waits for back', () => {
    const limiter = new WriteLimiter();
    for (let index = 0; index < 12; index += 1) limiter.waitUntilMs(aWrite(`g${index}`), 11_000);
    expect(limiter.waitUntilMs(aWrite('g11'), 11_000)).toBe(11_200);
    expect(limiter.waitUntilMs(aWrite('g10', { isNews: true }), 11_000)).toBeUndefined();
    expect(limiter.waitUntilMs(aWrite('g11'), 11_000)).toBe(11_100);
  });

  test('of two groups of a namespace that wait, one that leaves or is forgotten takes no other along', () => {
    const limiter = new WriteLimiter();
    for (let index = 0; index < 13; index += 1) limiter.waitUntilMs(aWrite(`g${index}`), 11_000);
    limiter.leave('g10');
    limiter.forget('g11');
    expect(limiter.waitUntilMs(aWrite('other', { namespace: 'bank' }), 11_000)).toBe(11_200);
    limiter.leave('unknown');
    expect(limiter.waitUntilMs(aWrite('g12'), 11_000)).toBe(11_100);
  });

  test('who has nothing to write any more delays nobody', () => {
    const limiter = new WriteLimiter();
    for (let index = 0; index < 20; index += 1) limiter.waitUntilMs(aWrite(`g${index}`), 11_000);
    for (let index = 10; index < 19; index += 1) limiter.leave(`g${index}`);
    expect(limiter.waitUntilMs(aWrite('g19'), 11_100)).toBeUndefined();
  });

  test('R15: a phase or generation that changes all the time costs no other group its turn', () => {
    const limiter = new WriteLimiter();
    let writes = 0;
    for (let nowMs = 11_000; nowMs < 311_000; nowMs += 33) {
      const write = aWrite('restless', { namespace: 'evil', isNews: true, lastWriteMs: nowMs - 33 });
      if (limiter.waitUntilMs(write, nowMs) === undefined) writes += 1;
    }
    expect(writes).toBeLessThanOrEqual(310);
    expect(limiter.waitUntilMs(aWrite('other'), 311_000)).toBeUndefined();
  });

  test('R15: however many groups of one namespace wait, a group of another one waits a turn', () => {
    const limiter = new WriteLimiter();
    for (let index = 0; index < 1_000; index += 1)
      limiter.waitUntilMs(aWrite(`evil-${index}`, { namespace: 'evil' }), 11_000);
    expect(limiter.waitUntilMs(aWrite('a'), 11_000)).toBe(11_200);
    expect(limiter.waitUntilMs(aWrite('b'), 11_000)).toBe(11_400);
    expect(limiter.waitUntilMs(aWrite('c', { namespace: 'bank' }), 11_000)).toBe(11_300);
    expect(limiter.waitUntilMs(aWrite('evil-10', { namespace: 'evil' }), 11_100)).toBeUndefined();
    expect(limiter.waitUntilMs(aWrite('evil-11', { namespace: 'evil' }), 11_100)).toBe(11_400);
    expect(limiter.waitUntilMs(aWrite('a'), 11_200)).toBeUndefined();
  });

  test('R15: a group with a thousand replicas makes nobody else wait as long as itself', () => {
    const limiter = new WriteLimiter();
    expect(limiter.waitUntilMs(aWrite('large', { replicas: 1_000 }), 11_000)).toBe(20_000);
    expect(limiter.waitUntilMs(aWrite('a'), 11_000)).toBeUndefined();
  });

  test('R4: all groups together write ten times a second, and all get their turns', () => {
    const limiter = new WriteLimiter();
    const lastMs = new Map<string, number>();
    const comesMs = new Map<string, number>();
    const counts = new Map<string, number>();
    for (let index = 0; index < 60; index += 1) comesMs.set(`${index % 3 === 0 ? 'shop' : 'bank'}/${index}`, 0);
    for (let nowMs = 0; nowMs < 60_000; nowMs += 7) {
      for (const [groupUid, atMs] of comesMs) {
        if (atMs > nowMs) continue;
        const write = { groupUid, namespace: groupUid.slice(0, 4), lastWriteMs: lastMs.get(groupUid) ?? -10_000 };
        const waitMs = limiter.waitUntilMs(aWrite(groupUid, write), nowMs);
        comesMs.set(groupUid, waitMs ?? nowMs + 1);
        if (waitMs !== undefined) continue;
        lastMs.set(groupUid, nowMs);
        counts.set(groupUid, (counts.get(groupUid) ?? 0) + 1);
      }
    }
    const of = (namespace: string) =>
      [...counts].filter(([uid]) => uid.startsWith(namespace)).map(([, count]) => count);
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    expect(sum([...counts.values()])).toBeLessThanOrEqual(610);
    expect(sum([...counts.values()])).toBeGreaterThan(560);
    expect(Math.abs(sum(of('shop')) - sum(of('bank')))).toBeLessThan(30);
    expect(Math.min(...of('bank'))).toBeGreaterThan(5);
  });
});
