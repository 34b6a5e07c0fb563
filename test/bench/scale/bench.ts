/**
 * `npm run bench -- scale`: the built operator, as in production, with 500 groups of 20 machines beside 10,000 that are
 * foreign. API server and etcd are real; vCenter is the model of test/fakes behind HTTPS in a process of its own, because
 * the simulator would be what is measured. Each figure is told beside its goal. See options.ts for other sizes.
 */
import { systemClock } from '../../../src/time/clock';
import { findBinaries } from '../../envtest/binaries/find-binaries';
import { printedProgress } from '../../envtest/binaries/progress';
import { measureIdle } from './idle';
import { scaleOptions } from './options';
import { type SizeFigures, sizeTable } from './size-table';
import { measureStart } from './start';
import { measureCreation, measureDeletion, measureScaleOut, measureTemplateChange } from './waves';
import { ScaleWorld } from './world';

const forever = new AbortController().signal;

export async function benchScale(args: readonly string[]): Promise<void> {
  const options = scaleOptions(args);
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock: systemClock, progress }, forever);
  const world = await ScaleWorld.start(binaries, options);
  try {
    const { groups, replicas, machines } = options;
    process.stdout.write(sizeTable(groups, replicas, machines, await measureAll(world)));
  } finally {
    await world.stop();
  }
}

async function measureAll(world: ScaleWorld): Promise<SizeFigures> {
  const { steps } = world.options;
  const maker = await world.readyOperator();
  const creation = await measureCreation(world, maker);
  await maker.stop();
  const { operator, ...start } = await measureStart(world);
  const idlePercent = steps.has('idle') ? await measureIdle(world, operator) : undefined;
  if (steps.has('scale')) await measureScaleOut(world, operator);
  if (steps.has('template')) await measureTemplateChange(world, operator);
  if (steps.has('delete')) await measureDeletion(world, operator);
  await operator.stop();
  return { creation, start, ...(idlePercent !== undefined && { idlePercent }) };
}
