/** `npm run bench -- budget`: a wave of clones with the budget that finds itself, beside every fixed one, on five models. */
import { runWave, type Wave } from '../../support/builders/clone-server';
import { SERVERS } from './servers';

const CLONES = 3_000;
const FIXED = [1, 2, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64, 96, 128];
/** The promise: a wave takes at most so much longer than with the best fixed budget. */
const MOST = 1.1;

export async function benchBudget(): Promise<void> {
  process.stdout.write(`a wave of ${CLONES.toLocaleString('en')} clones, in minutes of the model\n`);
  for (const server of SERVERS) {
    const fixed: { readonly budget: number; readonly wave: Wave }[] = [];
    for (const budget of FIXED) fixed.push({ budget, wave: await runWave(server, CLONES, budget) });
    const best = fixed.reduce((a, b) => (b.wave.seconds < a.wave.seconds ? b : a));
    const sixteen = fixed.find(({ budget }) => budget === 16);
    const own = await runWave(server, CLONES, 0);
    const ratio = own.seconds / best.wave.seconds;
    if (ratio > MOST) process.exitCode = 1;
    process.stdout.write(
      `${server.name}\n` +
        `  finds itself ${minutes(own)}   best fixed ${minutes(best.wave)} (at ${best.budget})   ` +
        `fixed 16 ${sixteen === undefined ? '' : minutes(sixteen.wave)}   ratio ${ratio.toFixed(2)}, goal ${MOST}   ` +
        `limit at the end ${own.limit}, most queued ${own.mostQueued} (best fixed ${best.wave.mostQueued}), refused ${own.refused}\n`,
    );
  }
}

function minutes({ seconds }: Wave): string {
  return (seconds / 60).toFixed(1);
}
