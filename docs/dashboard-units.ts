/** A value in a unit of Grafana, as people read it. */
const SECONDS: readonly (readonly [seconds: number, word: string])[] = [
  [31_536_000, 'years'],
  [604_800, 'weeks'],
  [86_400, 'days'],
  [3_600, 'hours'],
  [60, 'mins'],
  [1, 's'],
  [1e-3, 'ms'],
];

export function inUnit(value: number, unit: string): string {
  switch (unit) {
    case 's': {
      const [seconds, word] = SECONDS.find(([least]) => Math.abs(value) >= least) ?? [1, 's'];
      return `${threeDigits(value / seconds)} ${word}`;
    }
    case 'percentunit':
      return `${threeDigits(100 * value)}%`;
    case 'bytes':
      return `${threeDigits(value / 2 ** 20)} MiB`;
    case 'opm':
      return `${threeDigits(value)} ops/m`;
    case 'ops':
      return `${threeDigits(value)} ops/s`;
    case 'reqps':
      return `${threeDigits(value)} req/s`;
    case 'short':
      return threeDigits(value);
    default:
      throw new Error(`the dashboard has the unit ${unit}, which cannot be drawn: teach it to inUnit`);
  }
}

const threeDigits = (value: number) => String(Number(value.toPrecision(3)));
