import { beforeEach, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import { LeaseTurns } from './lease-turns';

const never = new AbortController().signal;

let clock: VirtualClock;
/** Who took which Lease when, in ms. */
let story: string[];

beforeEach(() => {
  clock = new VirtualClock();
  story = [];
});

/** A process that holds the Leases that it took, and as many more. */
class Process {
  held: number;
  readonly #turns = new LeaseTurns(clock, () => this.held);

  constructor(
    readonly name: string,
    held = 0,
  ) {
    this.held = held;
  }

  /** Takes a Lease unless another process was faster. */
  take(lease: string, signal = never): Promise<void> {
    return this.#turns.take(async () => {
      const taken = story.some((line) => line.includes(` ${lease} `));
      if (taken) throw new Error('another process was faster');
      story.push(`${this.name} ${lease} at ${clock.monotonicMs()}`);
      this.held += 1;
    }, signal);
  }
}

const LEASES = ['a', 'b', 'c', 'd', 'e', 'f'];

test('a process that holds nothing takes a free Lease at once', async () => {
  void new Process('one').take('a');
  await settle();
  expect(story).toEqual(['one a at 0']);
  expect(clock.pending).toBe(0);
});

test('the more a process holds, the later it takes one, and never later than after half a second', async () => {
  for (const [held, lease] of [1, 3, 4, 40].entries()) void new Process(`with ${lease}`, lease).take(`lease-${held}`);
  await clock.advance(5_000);
  expect(story).toEqual([
    'with 1 lease-0 at 125',
    'with 3 lease-1 at 375',
    'with 4 lease-2 at 500',
    'with 40 lease-3 at 500',
  ]);
});

test('one process takes all Leases within half a second, however many', async () => {
  const one = new Process('one');
  for (let lease = 0; lease < 50; lease += 1) void one.take(`lease-${lease}`);
  await clock.advance(500);
  expect(story).toHaveLength(50);
});

test('processes that see free Leases at one time share them', async () => {
  const processes = [new Process('one'), new Process('two')];
  // Each sees them in another order, as their tries come at random times.
  for (const lease of LEASES) processes[0]?.take(lease).catch(() => {});
  for (const lease of [...LEASES].reverse()) processes[1]?.take(lease).catch(() => {});
  await clock.advance(1_000);
  expect(processes.map(({ held }) => held)).toEqual([3, 3]);
});

test('a Lease that another process took costs no turn', async () => {
  const one = new Process('one');
  story.push('two a at 0', 'two b at 0');
  for (const lease of ['a', 'b', 'c']) one.take(lease).catch(() => {});
  await clock.advance(500);
  expect(story.slice(2)).toEqual(['one c at 125']);
});

test('a turn that is given up frees its place, and leaves no timer behind', async () => {
  const one = new Process('one', 1);
  const stop = new AbortController();
  const failed = expect(one.take('a', stop.signal)).rejects.toThrow('stopping');
  void one.take('b');
  stop.abort(new Error('stopping'));
  await failed;
  await clock.advance(125);
  expect(story).toEqual(['one b at 125']);
  expect(clock.pending).toBe(0);
});
