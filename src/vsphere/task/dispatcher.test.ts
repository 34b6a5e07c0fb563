import { beforeEach, describe, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import type { Lane, ManagedObjectReference, Work, WorkOutcome } from '../port';
import { silentLog } from '../session/log';
import { transportError } from '../vim25/vsphere-error';
import { WorkDispatcher } from './dispatcher';

let clock: VirtualClock;
let open: boolean;
let story: string[];
let ends: Map<string, WorkOutcome>;
let finish: Map<string, (outcome: WorkOutcome) => void>;
let dispatcher: WorkDispatcher;

beforeEach(() => {
  clock = new VirtualClock();
  open = true;
  story = [];
  ends = new Map();
  finish = new Map();
  dispatcher = aDispatcher(8);
});

function aDispatcher(maxConcurrentTasks: number): WorkDispatcher {
  return new WorkDispatcher({
    maxConcurrentTasks,
    mayStart: () => open,
    followTask: (task, { onEnd }) => finish.set(task.value, onEnd),
    clock,
    log: silentLog,
  });
}

function aWork(key: string, overrides: Partial<Work> = {}): Work {
  return {
    key,
    lane: 'Clone',
    mayStart: () => true,
    onSent: () => story.push(`sent ${key}`),
    send: async (): Promise<ManagedObjectReference | undefined> => ({ type: 'Task', value: key }),
    onTask: (task) => story.push(`task ${task.value}`),
    onEnd: (outcome) => ends.set(key, outcome),
    ...overrides,
  };
}

function works(owner: string, count: number, lane: Lane = 'Clone'): Work[] {
  return Array.from({ length: count }, (_, index) => aWork(`${owner}${index}`, { lane }));
}

/** The keys with this prefix of work that is in flight. */
function inFlight(prefix: string): readonly string[] {
  const sent = story.filter((line) => line.startsWith(`sent ${prefix}`)).map((line) => line.slice('sent '.length));
  return sent.filter((key) => !ends.has(key));
}

async function end(key: string, outcome: WorkOutcome = { kind: 'Succeeded' }): Promise<void> {
  finish.get(key)?.(outcome);
  await settle();
}

describe('a piece of work', () => {
  test('is sent, becomes a task, counts as in flight until the task has ended, and ends once', async () => {
    dispatcher.replaceWaiting('a', [aWork('w')]);
    expect(story).toEqual([]);
    await settle();
    expect(story).toEqual(['sent w', 'task w']);
    expect(inFlight('w')).toEqual(['w']);
    await end('w');
    await end('w', { kind: 'Unknown', failure: transportError('TaskLost', '', 'Unknown') });
    expect(ends.get('w')).toEqual({ kind: 'Succeeded' });
    expect(dispatcher.counts.Clone).toEqual({ waiting: 0, inFlight: 0, overdue: 0, limit: 8 });
  });

  test('ends with its call if there is no task', async () => {
    dispatcher.replaceWaiting('a', [aWork('w', { send: async () => undefined })]);
    await settle();
    expect(ends.get('w')).toEqual({ kind: 'Succeeded' });
  });

  test.each([
    ['Refused', 'Failed'],
    ['NotSent', 'Failed'],
    ['Unknown', 'Unknown'],
  ] as const)('whose call fails with the outcome %s ends %s', async (outcome, kind) => {
    const send = () => Promise.reject(transportError('ConnectionLost', 'm', outcome));
    dispatcher.replaceWaiting('a', [aWork('w', { send })]);
    await settle();
    expect(ends.get('w')).toEqual({ kind, failure: { code: 'ConnectionLost', message: 'm', outcome } });
  });

  test('that may not start is dropped, and none of its methods is called', async () => {
    dispatcher.replaceWaiting('a', [aWork('no', { mayStart: () => false }), aWork('yes')]);
    await settle();
    expect(story).toEqual(['sent yes', 'task yes']);
    expect(ends.size).toBe(0);
  });

  test('whose methods throw does not affect other work', async () => {
    const thrower = () => {
      throw new Error('bug');
    };
    dispatcher.replaceWaiting('a', [aWork('bad', { onSent: thrower, onEnd: thrower, onTask: thrower }), aWork('good')]);
    await settle();
    await end('bad');
    await end('good');
    expect(ends.get('good')).toEqual({ kind: 'Succeeded' });
    expect(dispatcher.counts.Clone.inFlight).toBe(0);
  });
});

describe('the limits', () => {
  test('R9: one owner has at most three quarters of a lane, and the others share the rest in turn', async () => {
    dispatcher.replaceWaiting('a', works('a', 20));
    await settle();
    expect(inFlight('a')).toHaveLength(6);
    dispatcher.replaceWaiting('b', works('b', 5));
    dispatcher.replaceWaiting('c', works('c', 5));
    await settle();
    expect([inFlight('b'), inFlight('c')]).toEqual([['b0'], ['c0']]);
    await end('a0');
    await end('a1');
    await end('a2');
    expect(['a', 'b', 'c'].map((owner) => inFlight(owner).length)).toEqual([4, 2, 2]);
  });

  test('R15: tenants take turns, however many owners each has, and so do the owners of one', async () => {
    const of = (tenant: string, owner: string) => works(owner, 8).map((work) => ({ ...work, tenant }));
    for (const owner of ['a', 'b', 'c', 'd']) dispatcher.replaceWaiting(owner, of('many', owner));
    await settle();
    expect(['a', 'b', 'c', 'd'].map((owner) => inFlight(owner).length)).toEqual([2, 2, 2, 2]);
    dispatcher.replaceWaiting('x', of('few', 'x'));
    for (const key of ['a0', 'b0', 'c0', 'd0', 'a1', 'b1']) await end(key);
    expect(inFlight('x')).toEqual(['x0', 'x1', 'x2']);
    expect(['a', 'b', 'c', 'd'].map((owner) => inFlight(owner).length)).toEqual([1, 1, 2, 1]);
  });

  test('R9: one datastore has at most three quarters of a lane, for all owners together', async () => {
    const on = (datastore: string, owner: string, count: number) =>
      works(owner, count).map((work) => ({ ...work, datastores: [datastore] }));
    dispatcher.replaceWaiting('a', on('hung', 'a', 4));
    dispatcher.replaceWaiting('b', on('hung', 'b', 4));
    await settle();
    expect([inFlight('a').length, inFlight('b').length]).toEqual([3, 3]);
    dispatcher.replaceWaiting('c', [...on('hung', 'c', 1), ...on('fine', 'd', 1)]);
    await settle();
    expect([inFlight('c'), inFlight('d')]).toEqual([[], ['d0']]);
    await end('a0');
    expect(dispatcher.counts.Clone).toEqual({ waiting: 2, inFlight: 7, overdue: 0, limit: 8 });
  });

  test('power and delete work has a lane of its own, as wide as that of the clones but at least four', async () => {
    expect(dispatcher.counts.Other.limit).toBe(8);
    expect(aDispatcher(1).counts.Other.limit).toBe(4);
    dispatcher.replaceWaiting('a', [...works('a', 20), ...works('p', 1, 'Other')]);
    await settle();
    expect(dispatcher.counts.Other).toEqual({ waiting: 0, inFlight: 1, overdue: 0, limit: 8 });
  });

  test('a lane with a limit of one sends one', async () => {
    const single = aDispatcher(1);
    single.replaceWaiting('a', works('a', 2));
    await settle();
    expect(single.counts.Clone).toEqual({ waiting: 1, inFlight: 1, overdue: 0, limit: 1 });
  });
});

describe('R9: what hangs', () => {
  test.each([
    ['power-ons or destroys', 'Other', 30_000],
    ['clones', 'Clone', 600_000],
  ] as const)(
    '%s of two groups fill the lane, but stop a third only until they are overdue',
    async (_, lane, longMs) => {
      dispatcher.replaceWaiting('a', works('a', 6, lane));
      dispatcher.replaceWaiting('b', works('b', 6, lane));
      await settle();
      dispatcher.replaceWaiting('c', works('c', 2, lane));
      await clock.advance(longMs - 1_000);
      expect(inFlight('c')).toEqual([]);
      await clock.advance(1_000);
      expect(inFlight('c')).toEqual(['c0', 'c1']);
      expect(dispatcher.counts[lane]).toEqual({ waiting: 0, inFlight: 14, overdue: 8, limit: 8 });
    },
  );

  test('counts for the share of its own group and of its datastore for as long as it hangs', async () => {
    const on = (owner: string, datastore: string, count: number) =>
      works(owner, count, 'Other').map((work) => ({ ...work, datastores: [datastore] }));
    dispatcher.replaceWaiting('a', works('a', 8, 'Other'));
    dispatcher.replaceWaiting('b', on('b', 'hung', 6));
    dispatcher.replaceWaiting('c', on('c', 'hung', 6));
    await clock.advance(10 * 60_000);
    expect(['a', 'b', 'c'].map((owner) => inFlight(owner).length)).toEqual([6, 3, 3]);
    dispatcher.replaceWaiting('d', [...on('d', 'hung', 1), ...on('e', 'fine', 1)]);
    await settle();
    expect([inFlight('d'), inFlight('e')]).toEqual([[], ['e0']]);
    await end('b0');
    expect(inFlight('c').length + inFlight('d').length + inFlight('b').length).toBe(6);
  });

  test('and comes back after all ends as any other, with no timer left', async () => {
    dispatcher.replaceWaiting('a', works('a', 6, 'Other'));
    await clock.advance(60_000);
    for (const key of inFlight('a')) await end(key);
    expect(dispatcher.counts.Other).toEqual({ waiting: 0, inFlight: 0, overdue: 0, limit: 8 });
    expect(ends.size).toBe(6);
    expect(clock.pending).toBe(0);
  });
});

describe('replaceWaiting', () => {
  test('drops waiting work, sends nothing twice, and keeps the turn of the owner', async () => {
    dispatcher.replaceWaiting('a', works('a', 8));
    await settle();
    dispatcher.replaceWaiting('a', [aWork('a0'), aWork('new')]);
    await settle();
    expect(dispatcher.counts.Clone).toEqual({ waiting: 1, inFlight: 6, overdue: 0, limit: 8 });
    await end('a5');
    expect(story.filter((line) => line === 'sent a0')).toHaveLength(1);
    expect(story.at(-1)).toBe('task new');
    dispatcher.replaceWaiting('a', []);
    expect(dispatcher.counts.Clone.waiting).toBe(0);
  });
});

describe('R13', () => {
  test('nothing starts while the inventory is not complete', async () => {
    open = false;
    dispatcher.replaceWaiting('a', [aWork('w')]);
    await settle();
    expect(story).toEqual([]);
    open = true;
    dispatcher.pump();
    await settle();
    expect(story).toEqual(['sent w', 'task w']);
  });

  test('after a stop work in flight ends Unknown, and no other work starts', async () => {
    dispatcher.replaceWaiting('a', works('a', 7));
    await settle();
    dispatcher.stop();
    await settle();
    expect([...ends.values()].map(({ kind }) => kind)).toEqual(Array(6).fill('Unknown'));
    dispatcher.replaceWaiting('b', [aWork('late')]);
    await settle();
    expect(story).not.toContain('sent late');
  });
});

describe('work that is sent alone', () => {
  const alone = (key: string, text: string) => aWork(key, { lane: 'Other', alone: text });

  test('waits for other work with the same text, of any owner, and holds nothing else', async () => {
    dispatcher.replaceWaiting('a', [alone('a1', 'c1'), alone('a2', 'c2'), aWork('a3', { lane: 'Other' })]);
    dispatcher.replaceWaiting('b', [alone('b1', 'c1'), aWork('b2', { lane: 'Other' })]);
    await settle();
    expect([...inFlight('a'), ...inFlight('b')].sort()).toEqual(['a1', 'a2', 'a3', 'b2']);
    await end('a1');
    expect(inFlight('b')).toEqual(['b2', 'b1']);
  });

  test('R9: hangs alone', async () => {
    dispatcher.replaceWaiting('a', [alone('a1', 'c1')]);
    await settle();
    await clock.advance(60_000);
    dispatcher.replaceWaiting('b', [alone('b1', 'c1'), alone('b2', 'c2')]);
    await settle();
    expect(inFlight('b')).toEqual(['b2']);
  });
});
