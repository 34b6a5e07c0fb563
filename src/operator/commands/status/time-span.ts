const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** From the largest unit on: below `until` it is told in this unit, and in the one below it where that still matters. */
const STEPS: readonly {
  readonly until: number;
  readonly unit: number;
  readonly name: string;
  readonly rest?: string;
}[] = [
  { until: 2 * MINUTE, unit: SECOND, name: 's' },
  { until: 10 * MINUTE, unit: MINUTE, name: 'm', rest: 's' },
  { until: 3 * HOUR, unit: MINUTE, name: 'm' },
  { until: 8 * HOUR, unit: HOUR, name: 'h', rest: 'm' },
  { until: 2 * DAY, unit: HOUR, name: 'h' },
  { until: 8 * DAY, unit: DAY, name: 'd', rest: 'h' },
  { until: Number.POSITIVE_INFINITY, unit: DAY, name: 'd' },
];
const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR };

/** A span in the words of kubectl's AGE, such as 45s, 3m20s or 4d. One that is negative, for clocks differ, is 0s. */
export function timeSpan(ms: number): string {
  const span = Math.max(0, ms);
  const step = STEPS.find(({ until }) => span < until);
  if (step === undefined) return '';
  const { unit, name, rest } = step;
  const text = `${Math.floor(span / unit)}${name}`;
  const left = rest === undefined ? 0 : Math.floor((span % unit) / (UNITS[rest] ?? unit));
  return left === 0 ? text : `${text}${left}${rest}`;
}

/** Since a time of the API server; undefined for a text that is no time. */
export function since(time: string, nowMs: number): string | undefined {
  const at = Date.parse(time);
  return Number.isNaN(at) ? undefined : timeSpan(nowMs - at);
}
