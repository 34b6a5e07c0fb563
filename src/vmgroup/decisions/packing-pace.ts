/** What packing takes of the time of the process, however many groups change at once. */
const SHARE = 1 / 50;
/** What a process that packs little saves up: so a few groups that change fast lose nothing. */
const MOST_SAVED_MS = 2_000;
/** Of a decision, as measured. */
const FIXED_MS = 0.25;
const PER_MACHINE_MS = 0.03;

/** How much may be packed: all of it in quiet times, and the newest of each group now and then while hundreds roll out. */
export class PackingPace {
  #savedMs = MOST_SAVED_MS;
  #atMs: number | undefined;

  /** Whether a decision may be packed at this monotonic time. */
  allows(nowMs: number): boolean {
    const passedMs = nowMs - (this.#atMs ?? nowMs);
    this.#atMs = nowMs;
    this.#savedMs = Math.min(MOST_SAVED_MS, this.#savedMs + passedMs * SHARE);
    return this.#savedMs > 0;
  }

  /** A decision about so many machines was packed. */
  packed(machines: number): void {
    this.#savedMs -= FIXED_MS + PER_MACHINE_MS * machines;
  }
}
