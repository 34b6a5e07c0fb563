import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Clock, sleep } from '../time/clock';

/**
 * Keeps V8's heap close to the size of the live objects. By default a burst (a first sync, 500 clones) lets the young
 * generation grow to 128 MB and the old one to twice its live objects, and that memory is not given back. Measured after
 * 500 clones: 248 MB resident by default, 122 MB with these flags, at the same CPU time. The young generation has another size
 * where Node is started with the flags of the image (Dockerfile).
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}

/** How the process uses memory and processor. */
export interface ProcessMemory {
  residentBytes(): number;
  /** The part of the time since the last call in which the event loop was busy: 0 to 1. */
  busyShare(): number;
  /** Collects all garbage and gives the free pages back to the system. Nothing else runs meanwhile. */
  collect(): void;
}

const LOOK_MS = 10_000;
/** A collection takes some 4 ms per MB of live objects. */
const BETWEEN_COLLECTIONS_MS = 60_000;
const QUIET_SHARE = 0.1;
/** More than what the heap grows by before V8 collects by itself, see above. */
const WORTHWHILE_GROWTH = 1.3;

/**
 * After a burst V8 keeps free pages for the next one: a third of the resident memory after a first sync of 20,000 machines.
 * They are given back in a quiet moment, once the process has grown by three tenths since. Rejects with the signal's reason.
 */
export async function giveMemoryBack(memory: ProcessMemory, clock: Clock, signal: AbortSignal): Promise<never> {
  let keptBytes = 0;
  let nextMs = clock.monotonicMs();
  memory.busyShare();
  for (;;) {
    await sleep(clock, LOOK_MS, signal);
    const isQuiet = memory.busyShare() < QUIET_SHARE;
    if (!isQuiet || clock.monotonicMs() < nextMs || memory.residentBytes() < WORTHWHILE_GROWTH * keptBytes) continue;
    memory.collect();
    keptBytes = memory.residentBytes();
    nextMs = clock.monotonicMs() + BETWEEN_COLLECTIONS_MS;
  }
}

/** Of this process. */
export function processMemory(): ProcessMemory {
  let before = performance.eventLoopUtilization();
  let collect: (() => void) | undefined;
  return {
    residentBytes: () => process.memoryUsage.rss(),
    busyShare: () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      return utilization;
    },
    collect: () => {
      collect ??= collector();
      collect();
    },
  };
}

/** V8 gives free pages back with a collection of this kind only, and with those that it begins itself when memory is short. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const gc: (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void = runInNewContext('gc');
  return () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
