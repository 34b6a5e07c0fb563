/** What all groups do at once: are made, are scaled, roll, are deleted. */
import { systemClock } from '../../../src/time/clock';
import type { OperatorProcess } from '../../envtest/real-parts';
import { flowControlOf } from './flow-control';
import { figuresOf, type OperatorFigures } from './operator-figures';
import type { SizeFigures } from './size-table';
import { told } from './told';
import { callsOf, type VCenterFigures } from './vcenter';
import { type ScaleWorld, TEMPLATES } from './world';

const WAVE_MS = 3_600_000;
/** The speed limit of the model, and what connecting, listing and the last machine of a group may take besides. */
const ABOVE_LIMIT = 1.15;

interface Wave {
  readonly name: string;
  /** Machines that it is about. */
  readonly machines: number;
  /** Clones that the speed limit of the model holds back. */
  readonly clones: number;
  readonly eventLoopP99Ms?: number;
  readonly begin: () => Promise<void>;
  readonly until: () => Promise<void>;
}

export interface WaveFigures {
  readonly seconds: number;
  readonly operator: OperatorFigures;
}

export async function measureCreation(world: ScaleWorld, operator: OperatorProcess): Promise<SizeFigures['creation']> {
  const machines = world.options.groups * world.options.replicas;
  const { seconds, operator: figures } = await measure(world, operator, {
    ...{ name: 'created from nothing', machines, clones: machines },
    begin: () => world.create(),
    until: () => world.untilRunning(WAVE_MS),
  });
  return { seconds, cpuS: figures.cpuMs / 1000, peakMB: figures.peakMB };
}

export async function measureScaleOut(world: ScaleWorld, operator: OperatorProcess): Promise<void> {
  const { groups, replicas } = world.options;
  await measure(world, operator, {
    ...{ name: 'one more in each group', machines: groups, clones: groups },
    begin: () => world.change({ replicas: replicas + 1 }),
    until: () => world.untilRunning(WAVE_MS),
  });
}

export async function measureTemplateChange(world: ScaleWorld, operator: OperatorProcess): Promise<void> {
  const groups = await world.groups();
  const machines = groups.reduce((sum, { spec }) => sum + spec.replicas, 0);
  await measure(world, operator, {
    ...{ name: 'another template for all groups', machines, clones: machines, eventLoopP99Ms: 50 },
    begin: () => world.change({ template: TEMPLATES.other }),
    until: () => world.untilRunning(WAVE_MS),
  });
}

export async function measureDeletion(world: ScaleWorld, operator: OperatorProcess): Promise<void> {
  const { machines } = await world.vcenter.figures();
  await measure(world, operator, {
    ...{ name: 'all groups deleted', machines, clones: 0 },
    begin: () => world.delete(),
    until: () => world.untilGone(WAVE_MS),
  });
}

async function measure(world: ScaleWorld, operator: OperatorProcess, wave: Wave): Promise<WaveFigures> {
  const { cloneMs, cloneSlots } = world.options;
  await world.vcenter.forget();
  // It forgets the event loop delays of before.
  const before = await figuresOf(operator);
  const flowBefore = await flowControlOf(world.server);
  const startMs = systemClock.monotonicMs();
  await wave.begin();
  await wave.until();
  const seconds = (systemClock.monotonicMs() - startMs) / 1000;
  const after = await figuresOf(operator);
  const atVCenter = await world.vcenter.figures();
  const flow = await flowControlOf(world.server);
  const limitS = (wave.clones / cloneSlots) * (cloneMs / 1000);
  // Where a group replaces one after the other, or makes one alone, the limit of the model is not what it waits for.
  const isPromised = wave.name === 'created from nothing';
  told({ what: wave.name, value: seconds, unit: 's', ...(isPromised && { atMost: limitS * ABOVE_LIMIT }) });
  if (limitS > 0) told({ what: '  at the speed limit of the model', value: limitS, unit: 's' });
  tellLags(atVCenter);
  told({ what: '  calls per machine', value: callsOf(atVCenter) / wave.machines, unit: '' });
  told({
    what: '  writes to the API server per machine',
    value: (after.writes - before.writes) / wave.machines,
    unit: '',
  });
  told({ what: '  writes to the API server', value: (after.writes - before.writes) / seconds, unit: 'per s' });
  told({
    what: '  refused by its priority and fairness',
    value: flow.refused - flowBefore.refused,
    unit: '',
    atMost: 0,
  });
  const waitedMs = ((flow.waitedS - flowBefore.waitedS) / (flow.taken - flowBefore.taken)) * 1000;
  told({ what: '  a request waited there', value: waitedMs, unit: 'ms' });
  told({ what: '  received from vCenter', value: atVCenter.sentBytes / 1e6 / seconds, unit: 'MB/s' });
  told({ what: '  processor of the operator', value: (after.cpuMs - before.cpuMs) / 10 / seconds, unit: '%' });
  const { eventLoopP99Ms } = wave;
  const promise = eventLoopP99Ms === undefined ? {} : { atMost: eventLoopP99Ms };
  told({ what: '  event loop delay p99', value: after.eventLoopP99Ms, unit: 'ms', ...promise });
  told({ what: '  event loop delay, longest', value: after.eventLoopMaxMs, unit: 'ms' });
  told({ what: '  resident', value: after.residentMB, unit: 'MB' });
  told({ what: '  at its highest', value: after.peakMB, unit: 'MB' });
  return { seconds, operator: { ...after, cpuMs: after.cpuMs - before.cpuMs } };
}

/** From the end of a clone until its power-on is asked for. */
function tellLags({ powerOnLagsMs }: VCenterFigures): void {
  if (powerOnLagsMs.length === 0) return;
  const sorted = powerOnLagsMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  told({ what: '  switched on after its clone, median', value: at(0.5), unit: 'ms', atMost: 1_000 });
  told({ what: '  switched on after its clone, p99', value: at(0.99), unit: 'ms', atMost: 1_000 });
}
