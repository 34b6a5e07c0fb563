import { beforeEach, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import type { Work, WorkOutcome } from '../port';
import { silentLog } from '../session/log';
import { type WorkSent, workSentChannel } from '../transport/channels';
import { WorkDispatcher } from './dispatcher';

let clock: VirtualClock;
let finish: Map<string, (outcome: WorkOutcome) => void>;
/** One clone at a time. */
let dispatcher: WorkDispatcher;

beforeEach(() => {
  clock = new VirtualClock();
  finish = new Map();
  dispatcher = new WorkDispatcher({
    maxConcurrentTasks: 1,
    mayStart: () => true,
    followTask: (task, { onEnd }) => finish.set(task.value, onEnd),
    clock,
    log: silentLog,
  });
});

function aWork(key: string, lane: Work['lane'] = 'Clone'): Work {
  return {
    ...{ key, lane, mayStart: () => true, onSent: () => {}, onTask: () => {}, onEnd: () => {} },
    send: async () => ({ type: 'Task', value: key }),
  };
}

async function end(key: string): Promise<void> {
  finish.get(key)?.({ kind: 'Succeeded' });
  await settle();
}

test('how long a step waited for its turn is told as it is sent, counted over all plans that had it', async () => {
  const waits: string[] = [];
  const onSent = (message: unknown) => {
    const { lane, waitedMs } = message as WorkSent;
    waits.push(`${lane} ${waitedMs}`);
  };
  workSentChannel.subscribe(onSent);
  try {
    dispatcher.replaceWaiting('a', [aWork('a0'), aWork('a1'), aWork('power', 'Other')]);
    await settle();
    await clock.advance(5_000);
    // The next plan has the step again, and one that is new.
    dispatcher.replaceWaiting('a', [aWork('a1'), aWork('a2')]);
    await clock.advance(2_000);
    await end('a0');
    await end('a1');
    // A step that no plan had in between waits anew.
    dispatcher.replaceWaiting('a', [aWork('a3')]);
    await clock.advance(1_000);
    dispatcher.replaceWaiting('a', []);
    dispatcher.replaceWaiting('a', [aWork('a3')]);
    await clock.advance(1_000);
    await end('a2');
  } finally {
    workSentChannel.unsubscribe(onSent);
  }
  expect(waits).toEqual(['Other 0', 'Clone 0', 'Clone 7000', 'Clone 2000', 'Clone 1000']);
});
