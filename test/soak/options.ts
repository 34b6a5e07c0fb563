export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
}

export const USAGE = 'usage: npm run soak -- --minutes N [--seed S]\n';

/** Undefined for a wrong command line. */
export function parseOptions(args: readonly string[]): SoakOptions | undefined {
  const values = new Map<string, number>();
  for (let index = 0; index < args.length; index += 2) {
    const [flag = '', value = ''] = args.slice(index, index + 2);
    if (!['--minutes', '--seed'].includes(flag) || !/^\d+$/.test(value)) return undefined;
    values.set(flag, Number(value));
  }
  const minutes = values.get('--minutes') ?? 0;
  return minutes < 1 ? undefined : { minutes, seed: values.get('--seed') ?? 1 };
}
