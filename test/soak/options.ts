export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  /** No process is ended or made to stand still: what grows over hours shows in one process then. */
  readonly isCalm: boolean;
}

export const USAGE = 'usage: npm run soak -- --minutes N [--seed S] [--calm]\n';

/** Undefined for a wrong command line. */
export function parseOptions(args: readonly string[]): SoakOptions | undefined {
  const values = new Map<string, number>();
  const numbers = args.filter((arg) => arg !== '--calm');
  for (let index = 0; index < numbers.length; index += 2) {
    const [flag = '', value = ''] = numbers.slice(index, index + 2);
    if (!['--minutes', '--seed'].includes(flag) || !/^\d+$/.test(value)) return undefined;
    values.set(flag, Number(value));
  }
  const minutes = values.get('--minutes') ?? 0;
  const isCalm = numbers.length < args.length;
  return minutes < 1 ? undefined : { minutes, seed: values.get('--seed') ?? 1, isCalm };
}
