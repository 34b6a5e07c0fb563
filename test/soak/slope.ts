/** A figure at a moment. */
export interface Point {
  readonly atMs: number;
  readonly value: number;
}

/** Growth per hour by least squares, without the first quarter of the time, in which caches fill. NaN for fewer than three points. */
export function slopePerHour(points: readonly Point[]): number {
  const [first, last] = [points.at(0)?.atMs ?? 0, points.at(-1)?.atMs ?? 0];
  const warm = points.filter(({ atMs }) => atMs >= first + (last - first) / 4);
  if (warm.length < 3) return Number.NaN;
  const hours = warm.map(({ atMs }) => (atMs - first) / 3_600_000);
  const meanHours = mean(hours);
  const meanValue = mean(warm.map(({ value }) => value));
  let [covariance, variance] = [0, 0];
  for (const [index, { value }] of warm.entries()) {
    const distance = (hours[index] ?? 0) - meanHours;
    covariance += distance * (value - meanValue);
    variance += distance * distance;
  }
  return covariance / variance;
}

/** The means of four equal parts of the time: where a slope comes from. Fewer if a part has no point. */
export function meansOfQuarters(points: readonly Point[]): readonly number[] {
  const [first, last] = [points.at(0)?.atMs ?? 0, points.at(-1)?.atMs ?? 0];
  const quarter = (atMs: number) => Math.min(3, Math.floor(((atMs - first) / Math.max(1, last - first)) * 4));
  return [0, 1, 2, 3]
    .map((part) => points.filter(({ atMs }) => quarter(atMs) === part).map(({ value }) => value))
    .filter((values) => values.length > 0)
    .map(mean);
}

/**
 * The least figure of each whole ten minutes: near to what lives in a heap, which grows by garbage until that is collected.
 * A last part that was not whole is left out, for the heap had less time to be collected in it; a time below ten minutes is one part.
 */
export function leastOfTenMinutes(points: readonly Point[]): readonly Point[] {
  const firstMs = points.at(0)?.atMs ?? 0;
  const wholeParts = Math.max(1, Math.floor(((points.at(-1)?.atMs ?? 0) - firstMs) / 600_000));
  const least = new Map<number, Point>();
  for (const point of points) {
    const part = Math.floor((point.atMs - firstMs) / 600_000);
    const before = least.get(part);
    if (part < wholeParts && (before === undefined || point.value < before.value)) least.set(part, point);
  }
  return [...least.values()];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
