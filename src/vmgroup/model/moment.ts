/** A moment: wall time for what people read, monotonic time for backoff and deadlines (R12). */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** The earlier of two times, each of which may be absent. */
export function earliest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.min(a, b);
}

/** The later of two times, each of which may be absent. */
export function latest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.max(a, b);
}
