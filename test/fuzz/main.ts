/** `npm run fuzz -- NAME [--minutes N] [--seed N]`: inputs made by chance, until one does harm or the time is over. */
import { parseArgs } from 'node:util';
import { fuzzEndpoints } from './endpoints/fuzz';
import type { FuzzTarget } from './fuzz-target';

const TARGETS: Readonly<Record<string, FuzzTarget>> = {
  endpoints: fuzzEndpoints,
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string', default: '1' } },
  });
  const [name = ''] = positionals;
  const target = TARGETS[name];
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  if (target === undefined || !(minutes > 0) || !Number.isInteger(seed)) {
    process.stderr.write(`usage: npm run fuzz -- ${Object.keys(TARGETS).join(' | ')} [--minutes N] [--seed N]\n`);
    return 2;
  }
  const tell = (line: string) => process.stdout.write(`${line}\n`);
  const { tried, found } = await target.run({ seed, tell }, AbortSignal.timeout(minutes * 60_000));
  tell(found === undefined ? `nothing found in ${tried} inputs` : `found after ${tried} inputs: ${found}`);
  return found === undefined ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
