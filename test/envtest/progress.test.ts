import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../support/time/virtual-clock';
import { duration, printedProgress, progressLine } from './binaries/progress';

const TASK = { title: 'build etcd', typicalMs: 40_000 };

describe('progressLine', () => {
  test.each([
    [0, undefined, 'build etcd · usually up to 40 s, seconds if Go has it cached'],
    [
      12_000,
      'compiled 312 packages',
      'build etcd · 12 s · usually up to 40 s, seconds if Go has it cached · compiled 312 packages',
    ],
    [90_000, undefined, 'build etcd · 1 min 30 s · longer than the usual 40 s'],
  ])('after %i ms at %j: %s', (elapsedMs, step, line) => {
    expect(progressLine(TASK, elapsedMs, step)).toBe(line);
  });
});

test.each([
  [0, '0.0 s'],
  [9_999, '9.9 s'],
  [10_000, '10 s'],
  [59_700, '1 min'],
  [119_600, '2 min'],
  [185_000, '3 min 5 s'],
])('duration of %i ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

describe('printedProgress', () => {
  test('without a terminal prints a line at the start, one every 15 s, and one at the end', async () => {
    const clock = new VirtualClock();
    const lines: string[] = [];
    const task = printedProgress(clock, { write: (text) => lines.push(text), columns: undefined }).start(TASK);
    await clock.advance(14_999);
    expect(lines).toHaveLength(1);
    task.doing('compiling');
    await clock.advance(15_001);
    task.end('done');
    await clock.advance(60_000);
    expect(lines).toEqual([
      'build etcd · usually up to 40 s, seconds if Go has it cached\n',
      'build etcd · 15 s · usually up to 40 s, seconds if Go has it cached · compiling\n',
      'build etcd · 30 s · usually up to 40 s, seconds if Go has it cached · compiling\n',
      'build etcd: done (30 s)\n',
    ]);
  });
});
