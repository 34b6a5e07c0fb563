import type { CancelTimer, Clock } from '../../../src/time/clock';

/** So many timers fire before the event loop gets a turn, in which what the garbage collector found is released. */
const TIMERS_PER_TURN = 256;

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
  waiting: boolean;
}

/** A clock that moves only when a test moves it. Timers fire in the order of their due times, then of their creation. */
export class VirtualClock implements Clock {
  /** Called after each timer and the promises that it caused, so that watchers can check. An error of it ends `advance`. */
  onStep: () => void = () => {};
  #nowMs = 0;
  #order = 0;
  #wallOffsetMs: number;
  #pending = 0;
  /** A binary heap. Cancelled timers stay in it until they are due, or until they are three quarters of it. */
  #heap: Timer[] = [];

  constructor(startWallMs = Date.UTC(2026, 0, 1)) {
    this.#wallOffsetMs = startWallMs;
  }

  wallMs(): number {
    return this.#wallOffsetMs + this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  setTimer(delayMs: number, callback: () => void): CancelTimer {
    const timer = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, callback, waiting: true };
    this.#pending += 1;
    this.#push(timer);
    return () => {
      if (!timer.waiting) return;
      timer.waiting = false;
      this.#pending -= 1;
      if (this.#heap.length > 64 && this.#heap.length > 4 * this.#pending) this.#sweep();
    };
  }

  /** Number of waiting timers: 0 once everything that was started has been stopped. */
  get pending(): number {
    return this.#pending;
  }

  /** Advances the time, fires the timers that become due, and lets promises run after each of them. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    let turns = 0;
    for (let next = this.#pop(endMs); next !== undefined; next = this.#pop(endMs)) {
      next.waiting = false;
      this.#pending -= 1;
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.callback();
      turns += 1;
      await (turns % TIMERS_PER_TURN === 0 ? settle() : runMicrotasks());
      this.onStep();
    }
    this.#nowMs = endMs;
  }

  /** Lets the wall clock jump, as NTP or an administrator does. Monotonic time does not jump. */
  jumpWall(ms: number): void {
    this.#wallOffsetMs += ms;
  }

  #sweep(): void {
    const waiting = this.#heap.filter((timer) => timer.waiting);
    this.#heap = [];
    for (const timer of waiting) this.#push(timer);
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    for (; at > 0; at = (at - 1) >> 1) {
      const parent = heap[(at - 1) >> 1];
      if (parent === undefined || !isBefore(timer, parent)) break;
      heap[at] = parent;
    }
    heap[at] = timer;
  }

  /** The next timer that is due by then and was not cancelled. */
  #pop(endMs: number): Timer | undefined {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (first.waiting && first.dueMs > endMs) return undefined;
      this.#removeFirst();
      if (first.waiting) return first;
    }
    return undefined;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const isRight = right !== undefined && left !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (child === undefined || !isBefore(child, last)) break;
      heap[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = last;
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}

/**
 * Runs all pending microtasks, and those that they cause, without a turn of the event loop, which costs a system call.
 * Node takes the next tick once the queue of microtasks is empty.
 */
function runMicrotasks(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** Runs all pending microtasks, and those that they cause, and gives the event loop a turn. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
