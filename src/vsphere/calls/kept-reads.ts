/** Keeps the answers of reads for a while, and shares them, so that many clones cost few reads. */
import type { Clock } from '../../time/clock';
import type { CallContext } from '../port';
import { VsphereError } from '../vim25/vsphere-error';

interface Kept {
  readonly version: unknown;
  readonly untilMs: number;
  readonly answer: Promise<unknown>;
}

export interface KeptRead<T> {
  readonly key: string;
  readonly keptMs: number;
  /** Compared by identity. With another version the answer is read again. */
  readonly version?: unknown;
  readonly read: () => Promise<T>;
}

export class KeptReads {
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Concurrent calls share one read per key. If the call that began the read is aborted, the others read again. */
  async get<T>(wanted: KeptRead<T>, call: CallContext): Promise<T> {
    const { key, keptMs, version, read } = wanted;
    const nowMs = this.#clock.monotonicMs();
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.version === version && kept.untilMs > nowMs) {
      try {
        return (await kept.answer) as T;
      } catch (error) {
        if (VsphereError.from(error).code !== 'Aborted' || call.signal.aborted) throw error;
        return this.get(wanted, call);
      }
    }
    this.#dropOld(nowMs);
    const mine = { version, untilMs: nowMs + keptMs, answer: read() };
    this.#kept.set(key, mine);
    try {
      return await mine.answer;
    } catch (error) {
      if (this.#kept.get(key) === mine) this.#kept.delete(key);
      throw error;
    }
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }

  clear(): void {
    this.#kept.clear();
  }

  #dropOld(nowMs: number): void {
    for (const [key, { untilMs }] of this.#kept) if (untilMs <= nowMs) this.#kept.delete(key);
  }
}
