import type { CancelTimer, Clock } from '../../../src/time/clock';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
  waiting: boolean;
}

/** A clock that only moves when a test moves it. Timers fire in order of their due time, then of their creation. */
export class VirtualClock implements Clock {
  /** Called after each timer, once all promises have run: watchers look at the world then. What it throws ends `advance`. */
  onStep: () => void = () => {};
  #nowMs = 0;
  #order = 0;
  #wallOffsetMs: number;
  #pending = 0;
  /** A binary heap. Cancelled timers stay in it until their turn, or until they are the most. */
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

  /** How many timers wait: 0 after everything that was started has been stopped. */
  get pending(): number {
    return this.#pending;
  }

  /** Moves time on, fires what falls due, and lets promises run after each timer. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    for (let next = this.#pop(endMs); next !== undefined; next = this.#pop(endMs)) {
      next.waiting = false;
      this.#pending -= 1;
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.callback();
      await settle();
      this.onStep();
    }
    this.#nowMs = endMs;
  }

  /** Lets the wall clock jump, as NTP or an administrator does; monotonic time does not see it. */
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

  /** The next timer that is due until then, cancelled ones left out. */
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

/** Runs all microtasks that are due, and those that they cause. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
