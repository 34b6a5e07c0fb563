/** A figure beside what was promised of it. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** The promise: at most this. Absent: the figure only explains another one. */
  readonly atMost?: number;
}

/** Prints one line. Returns whether the promise is kept. */
export function tell({ what, value, unit, atMost }: Figure): boolean {
  const kept = atMost === undefined || value <= atMost;
  const promise = atMost === undefined ? '' : `   promised: at most ${atMost} ${unit}${kept ? '' : '   BROKEN'}`;
  process.stdout.write(`${what}: ${rounded(value)} ${unit}${promise}\n`);
  return kept;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
