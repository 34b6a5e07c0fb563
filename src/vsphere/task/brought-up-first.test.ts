import { beforeEach, describe, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import type { Work, WorkOutcome } from '../port';
import { silentLog } from '../session/log';
import { WorkDispatcher } from './dispatcher';

let inFlightKeys: Set<string>;
let finish: Map<string, (outcome: WorkOutcome) => void>;
let dispatcher: WorkDispatcher;

beforeEach(() => {
  inFlightKeys = new Set();
  finish = new Map();
  dispatcher = new WorkDispatcher({
    maxConcurrentTasks: 8,
    mayStart: () => true,
    followTask: (task, { onEnd }) => finish.set(task.value, onEnd),
    clock: new VirtualClock(),
    log: silentLog,
  });
});

function works(name: string, count: number, rest: Partial<Work> = {}): Work[] {
  return Array.from({ length: count }, (_, index) => {
    const key = `${name}${index}`;
    return {
      ...{ key, lane: 'Clone', mayStart: () => true, onTask: () => {} },
      onSent: () => inFlightKeys.add(key),
      send: async () => ({ type: 'Task', value: key }),
      onEnd: () => inFlightKeys.delete(key),
      ...rest,
    };
  });
}

function inFlight(prefix: string): readonly string[] {
  return [...inFlightKeys].filter((key) => key.startsWith(prefix));
}

async function end(key: string): Promise<void> {
  finish.get(key)?.({ kind: 'Succeeded' });
  await settle();
}

describe('while machines that exist wait to be brought up', () => {
  const powerOns = (owner: string, count: number) => works(`${owner}-on`, count, { lane: 'Other', bringsUp: true });

  test('a quarter of the clones goes on, and all of them when nothing waits any more', async () => {
    dispatcher.replaceWaiting('a', [...powerOns('a', 6)]);
    dispatcher.replaceWaiting('b', [...powerOns('b', 6)]);
    dispatcher.replaceWaiting('c', works('c', 8));
    dispatcher.replaceWaiting('d', works('d', 8));
    await settle();
    expect(inFlight('a-on').length + inFlight('b-on').length).toBe(8);
    expect(inFlight('c').length + inFlight('d').length).toBe(2);
    for (const key of [...inFlight('a-on'), ...inFlight('b-on')].slice(0, 4)) await end(key);
    expect(inFlight('c').length + inFlight('d').length).toBe(8);
  });

  test('those of a group that has its share already hold nothing back', async () => {
    dispatcher.replaceWaiting('a', powerOns('a', 20));
    dispatcher.replaceWaiting('c', works('c', 8));
    await settle();
    expect(inFlight('a-on')).toHaveLength(6);
    expect(inFlight('c')).toHaveLength(6);
  });

  test('other work that waits holds nothing back', async () => {
    for (const owner of ['a', 'b']) dispatcher.replaceWaiting(owner, works(`${owner}-destroy`, 8, { lane: 'Other' }));
    for (const owner of ['c', 'd']) dispatcher.replaceWaiting(owner, works(owner, 8));
    await settle();
    expect(inFlight('c').length + inFlight('d').length).toBe(8);
  });
});
