import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { Decision } from '../model/decision';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { statusOf } from '../status/status';
import { packDecision, readDecision } from './decision-line';
import { DecisionLog } from './decision-log';
import { PackingPace } from './packing-pace';

function decide(observed: Observation): Decision {
  const planned = plan(observed);
  return { observed, plan: planned, reportedFaults: observed.faults, status: statusOf(observed, planned) };
}

interface Asked {
  readonly name?: string;
  readonly namespace?: string;
  readonly replicas?: number;
  /** How many of them are there. */
  readonly present?: number;
  readonly atMs?: number;
}

function aDecision({ name = 'web', namespace = 'shop', replicas = 3, present = 0, atMs = 0 }: Asked = {}): Decision {
  const metadata = {
    ...aGroup().metadata,
    name,
    namespace,
    uid: aGroup().metadata.uid.replace(/^.{8}/, uidOf(namespace + name)),
  };
  const group = aGroup({ replicas }, { metadata });
  const there = [...Array(present).keys()].map((ordinal) => aReplica(group, { ordinal }));
  return decide(
    anObservation(group, { replicas: there, now: { wallMs: Date.UTC(2026, 0, 1) + atMs, monotonicMs: atMs } }),
  );
}

function uidOf(text: string): string {
  const sum = [...text].reduce((all, letter) => (all * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return sum.toString(16).padStart(8, '0');
}

function aLog(mostBytes?: number): DecisionLog {
  return new DecisionLog({
    version: '1.2.3',
    onFailure: expect.unreachable,
    ...(mostBytes !== undefined && { mostBytes }),
  });
}

const keptOf = (log: DecisionLog, group = 'shop/web') => [...log.lines(group)].map(readDecision);

describe('the log of decisions', () => {
  test('keeps a decision that differs from the one before, and no other', () => {
    const log = aLog();
    log.decided(aDecision());
    log.decided(aDecision({ atMs: 5_000 }));
    log.decided(aDecision({ present: 1, atMs: 10_000 }));
    log.decided(aDecision({ present: 1, atMs: 20_000 }));
    expect(keptOf(log).map(({ atMs }) => atMs - Date.UTC(2026, 0, 1))).toEqual([0, 10_000]);
    expect(keptOf(log).map(({ version, observed }) => [version, observed.replicas.length])).toEqual([
      ['1.2.3', 0],
      ['1.2.3', 1],
    ]);
  });

  test('keeps the last 48 of a group', () => {
    const log = aLog();
    for (let turn = 0; turn < 60; turn += 1)
      log.decided(aDecision({ replicas: 49, present: turn % 45, atMs: turn * 1_000 }));
    expect(keptOf(log).map(({ atMs }) => (atMs - Date.UTC(2026, 0, 1)) / 1_000)).toEqual(
      [...Array(48).keys()].map((n) => n + 12),
    );
  });

  test('packs a large group now and then: its newest decision is there, and those between are counted', () => {
    const log = aLog();
    for (let turn = 0; turn < 10; turn += 1) log.decided(aDecision({ replicas: 500, present: turn, atMs: turn * 100 }));
    expect(keptOf(log).map(({ observed, skipped }) => [observed.replicas.length, skipped])).toEqual([
      [0, 0],
      [9, 8],
    ]);
    log.decided(aDecision({ replicas: 500, present: 20, atMs: 60_000 }));
    expect(keptOf(log).map(({ observed }) => observed.replicas.length)).toEqual([0, 9, 20]);
  });

  test('keeps the newest of each group while hundreds change at once, counts those between, and keeps all again later', () => {
    const pace = new PackingPace();
    const log = new DecisionLog({ version: '1.2.3', onFailure: expect.unreachable, pace });
    const presentAt = (atMs: number, ...counts: readonly number[]) => {
      for (const present of counts) log.decided(aDecision({ replicas: 12, present, atMs: atMs + present }));
    };
    presentAt(0, 0);
    // The decisions of others take all that may be packed for a while.
    pace.packed(100_000);
    presentAt(1_000, 1, 2, 3);
    expect(keptOf(log).map(({ observed, skipped }) => [observed.replicas.length, skipped])).toEqual([
      [0, 0],
      [3, 2],
    ]);
    presentAt(600_000, 4, 5, 6);
    expect(
      keptOf(log)
        .map(({ observed, skipped }) => [observed.replicas.length, skipped])
        .slice(2),
    ).toEqual([
      [4, 0],
      [5, 0],
      [6, 0],
    ]);
  });

  test('what a decision that is not packed yet shares with the memory of its group is kept as it was', () => {
    const log = aLog();
    const written = new Map([['vm-1', new Set(['network' as const])]]);
    log.decided(aDecision({ replicas: 500 }));
    const second = aDecision({ replicas: 500, present: 1, atMs: 10 });
    log.decided({ ...second, observed: { ...second.observed, written } });
    written.clear();
    expect(keptOf(log)[1]?.observed.written).toEqual(new Map([['vm-1', new Set(['network'])]]));
  });

  test('needs no more than its limit, whatever groups there are', () => {
    const log = aLog(100_000);
    for (let turn = 0; turn < 200; turn += 1)
      log.decided(aDecision({ name: `web-${turn % 50}`, replicas: 40, present: turn % 37, atMs: turn * 1_000 }));
    expect(log.bytes).toBeLessThanOrEqual(100_000);
    expect(log.bytes).toBeGreaterThan(80_000);
  });

  test('a decision keeps no more memory than its bytes', () => {
    const { packed } = packDecision(aDecision({ present: 3 }), 0);
    expect(packed.buffer.byteLength).toBe(packed.length);
  });

  test('R15: the namespace that has most gives way, and in it the group that has most', () => {
    const log = aLog(60_000);
    log.decided(aDecision({ name: 'small', namespace: 'quiet' }));
    log.decided(aDecision({ name: 'other', namespace: 'loud' }));
    for (let turn = 0; turn < 400; turn += 1)
      log.decided(
        aDecision({ name: `web-${turn % 4}`, namespace: 'loud', replicas: 49, present: turn % 47, atMs: turn }),
      );
    expect(keptOf(log, 'quiet/small')).toHaveLength(1);
    expect(keptOf(log, 'loud/other')).toHaveLength(1);
    for (const turn of [0, 1, 2, 3]) expect(keptOf(log, `loud/web-${turn}`).length).toBeGreaterThan(0);
  });

  test('a decision that cannot be kept is told, and breaks no reconcile', () => {
    const failures: unknown[] = [];
    const log = new DecisionLog({ version: '1', onFailure: (error) => failures.push(error) });
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const decision = aDecision();
    log.decided({ ...decision, observed: { ...decision.observed, placement: circle as never } });
    expect(failures).toHaveLength(1);
    log.decided(aDecision({ present: 1 }));
    expect(keptOf(log)).toHaveLength(1);
  });

  test('packs what was pending of groups that decide nothing more, once there is time', () => {
    const pace = new PackingPace();
    const log = new DecisionLog({ version: '1.2.3', onFailure: expect.unreachable, pace });
    pace.packed(1_000_000);
    for (let index = 0; index < 100; index += 1) log.decided(aDecision({ name: `web-${index}`, atMs: index }));
    for (let s = 0; s < 1_000; s += 1) log.decided(aDecision({ name: 'web-0', atMs: 3_600_000 + s * 1_000 }));
    const { bytes } = log;
    expect([...log.lines()]).toHaveLength(100);
    // A dump packs what is pending: there was nothing.
    expect(log.bytes).toBe(bytes);
  });
});
