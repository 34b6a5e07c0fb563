/**
 * `npm run bench -- fleet`: the whole operator on a real API server and the simulator, from VmGroups to running machines.
 * Beside it what a user would write instead: a bare govmomi loop of equal width that knows no Kubernetes and no repair.
 */
import { systemClock } from '../../../src/time/clock';
import { type Binaries, findBinaries } from '../../sandbox/binaries/find-binaries';
import { printedProgress } from '../../sandbox/binaries/progress';
import { startVcsim } from '../../sandbox/real-parts';
import { buildProduct } from '../../sandbox/show/product';
import { type LoopFigures, runGovmomiLoop } from '../groups/govmomi-loop';
import { printTable } from '../table';
import { type FleetOptions, runFleet } from './operator-run';

const RUNS: readonly FleetOptions[] = [
  { groups: 50, machines: 10, budget: 64, cloneMs: 0 },
  { groups: 20, machines: 10, budget: 16, cloneMs: 1000 },
  { groups: 20, machines: 10, budget: 64, cloneMs: 1000 },
];
const forever = new AbortController().signal;

export async function benchFleet(): Promise<void> {
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock: systemClock, progress }, forever);
  await buildProduct(forever);
  for (const options of RUNS) {
    const { groups, machines, budget, cloneMs } = options;
    const ours = await runFleet(binaries, options);
    const other = await onOwnSimulator(binaries, options);
    const title = `${groups} groups of ${machines}, clones of ${cloneMs} ms, ${budget} at once`;
    printTable(title, 'govmomi loop', [
      { what: 'until all run', ours: ours.ms, other: other.ms, unit: 'ms', better: 'Less' },
      {
        what: 'calls a machine besides WaitForUpdatesEx',
        ours: ours.calls / (groups * machines),
        other: other.requests / (groups * machines),
        unit: '',
        better: 'Less',
      },
      {
        what: 'calls a machine',
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

async function onOwnSimulator(binaries: Binaries, options: FleetOptions): Promise<LoopFigures> {
  const delaysMs = options.cloneMs > 0 ? { CloneVm: options.cloneMs } : {};
  const vcsim = await startVcsim(binaries, { delaysMs }, forever);
  try {
    return await runGovmomiLoop(vcsim, options.groups, options.machines, options.budget);
  } finally {
    await vcsim.stop();
  }
}
