/**
 * `npm run bench -- fleet`: the whole operator on a real API server and the simulator, from VmGroups to running machines.
 * Beside it a loop over govmomi, which a user would write instead. It has as many clones at once, but no Kubernetes and no
 * repair.
 */
import { systemClock } from '../../../src/time/clock';
import { buildProduct } from '../../demo/show/product';
import { type Binaries, findBinaries } from '../../envtest/binaries/find-binaries';
import { printedProgress } from '../../envtest/binaries/progress';
import { startVcsim } from '../../envtest/real-parts';
import { type LoopFigures, runGovmomiLoop } from '../groups/govmomi-loop';
import { printTable } from '../table';
import { type FleetFigures, type FleetOptions, runFleet } from './operator-run';

/** Without a clone time the result depends much on the machine, so there are several rounds, with both programs in turn. */
const RUNS: readonly (FleetOptions & { readonly rounds: number })[] = [
  { groups: 50, machines: 10, budget: 64, cloneMs: 0, rounds: 5 },
  { groups: 20, machines: 10, budget: 16, cloneMs: 1000, rounds: 1 },
  { groups: 20, machines: 10, budget: 64, cloneMs: 1000, rounds: 1 },
  { groups: 20, machines: 10, budget: undefined, cloneMs: 1000, rounds: 1 },
];
/** Of the loop beside an operator that finds its budget. */
const LOOP_BUDGET = 64;
const forever = new AbortController().signal;

export async function benchFleet(): Promise<void> {
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock: systemClock, progress }, forever);
  await buildProduct(forever);
  for (const options of RUNS) {
    const { groups, machines, budget, cloneMs, rounds } = options;
    const pairs: { readonly ours: FleetFigures; readonly other: LoopFigures }[] = [];
    for (let round = 0; round < rounds; round += 1)
      pairs.push({ ours: await runFleet(binaries, options), other: await onOwnSimulator(binaries, options) });
    const { ours, other } = medianPair(pairs);
    const title = `${groups} groups of ${machines}, clones of ${cloneMs} ms, ${budget === undefined ? `no flag; the loop has ${LOOP_BUDGET}` : budget} at once`;
    printTable(title, 'govmomi loop', [
      { what: 'until all run', ours: ours.ms, other: other.ms, unit: 'ms', better: 'Less' },
      {
        what: 'calls per machine without WaitForUpdatesEx',
        ours: ours.calls / (groups * machines),
        other: other.requests / (groups * machines),
        unit: '',
        better: 'Less',
      },
      {
        what: 'calls per machine',
        ours: ours.callsAndWaits / (groups * machines),
        other: (other.requests + other.waits) / (groups * machines),
        unit: '',
        better: 'Less',
      },
    ]);
    process.stdout.write(
      `the operator: ${Math.round(ours.cpuMs)} ms of processor time, ${Math.round(ours.residentMiB)} MiB resident\n\n`,
    );
  }
}

/** The pair with the median ratio of times. The two of a pair ran one after the other, so the machine was the same. */
function medianPair<T extends { readonly ours: { readonly ms: number }; readonly other: { readonly ms: number } }>(
  pairs: readonly T[],
): T {
  const sorted = pairs.toSorted((a, b) => a.ours.ms / a.other.ms - b.ours.ms / b.other.ms);
  const pair = sorted[Math.floor(sorted.length / 2)];
  if (pair === undefined) throw new Error('no rounds');
  const ratios = sorted.map(({ ours, other }) => (ours.ms / other.ms).toFixed(2));
  if (sorted.length > 1) process.stderr.write(`our time divided by the other, per round: ${ratios.join(', ')}\n`);
  return pair;
}

async function onOwnSimulator(binaries: Binaries, options: FleetOptions): Promise<LoopFigures> {
  const delaysMs = options.cloneMs > 0 ? { CloneVm: options.cloneMs } : {};
  const vcsim = await startVcsim(binaries, { delaysMs, strict: 'Off' }, forever);
  try {
    return await runGovmomiLoop(vcsim, options.groups, options.machines, options.budget ?? LOOP_BUDGET);
  } finally {
    await vcsim.stop();
  }
}
