/** `npm run record-decisions`: makes decisions.zst anew from seeds of the simulation. */
import { playSeed } from '../simulation/story';
import { writeCorpus } from './corpus';
import { SampledDecisions } from './sampled-decisions';

const SEEDS = 150;

async function main(): Promise<void> {
  const sampled = new SampledDecisions();
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { failure } = await playSeed(seed, { watcher: sampled });
    if (failure !== undefined)
      throw new Error(`seed ${seed} fails, so its decisions may be wrong: ${failure.split('\n')[0]}`);
  }
  const bytes = writeCorpus(sampled.lines);
  process.stdout.write(
    `${sampled.lines.length} decisions of ${sampled.traits.size} traits, ${Math.ceil(bytes / 1024)} KiB\n`,
  );
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
