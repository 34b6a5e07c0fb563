/** A start of the operator beside machines that are there already: its time, its calls and its memory. */
import { sleep, systemClock } from '../../../src/time/clock';
import type { OperatorProcess } from '../../envtest/real-parts';
import { figuresOf } from './operator-figures';
import { told } from './told';
import { callsOf } from './vcenter';
import type { ScaleWorld } from './world';

const LOOK_MS = 200;
/** Nothing has been reconciled for so long. */
const QUIET_MS = 2_000;
const SETTLE_MS = 120_000;
const PLAN_MS = 60_000;
/** What the start has taken is given back. */
const REST_MS = 20_000;
const forever = new AbortController().signal;

export interface StartFigures {
  /** It goes on. */
  readonly operator: OperatorProcess;
  readonly settledS: number;
  readonly residentMB: number;
  readonly peakMB: number;
}

/** Of `npm run bench -- scale`, with the promises of docs/operating.md. */
export async function measureStart(world: ScaleWorld): Promise<StartFigures> {
  await firstPlan(world);
  return settled(world);
}

/** A group was changed while no operator ran: until the first change is asked for in vCenter. */
async function firstPlan(world: ScaleWorld): Promise<void> {
  const { options, vcenter } = world;
  await world.change({ replicas: options.replicas - 1 }, 1);
  await vcenter.forget();
  const startWallMs = systemClock.wallMs();
  const operator = await world.operator();
  const endMs = systemClock.monotonicMs() + PLAN_MS;
  for (;;) {
    const { firstChangeWallMs } = await vcenter.figures();
    if (firstChangeWallMs !== undefined) {
      told({ what: 'start to first plan', value: (firstChangeWallMs - startWallMs) / 1000, unit: 's', atMost: 4 });
      break;
    }
    if (systemClock.monotonicMs() > endMs) throw new Error(`no change within ${PLAN_MS / 1000} s of the start`);
    await sleep(systemClock, LOOK_MS, forever);
  }
  await operator.ready(SETTLE_MS, forever);
  await world.change({ replicas: options.replicas }, 1);
  await world.untilRunning(SETTLE_MS);
  await operator.stop();
}

/** Nothing was changed: until each group was reconciled and nothing is left to do. */
async function settled(world: ScaleWorld): Promise<StartFigures> {
  const { options, vcenter } = world;
  await vcenter.forget();
  const startMs = systemClock.monotonicMs();
  const operator = await world.operator();
  await operator.ready(SETTLE_MS, forever);
  let figures = await figuresOf(operator);
  let changedMs = systemClock.monotonicMs();
  for (;;) {
    await sleep(systemClock, LOOK_MS, forever);
    const now = await figuresOf(operator);
    const nowMs = systemClock.monotonicMs();
    if (now.reconciles !== figures.reconciles || now.queued > 0) changedMs = nowMs;
    figures = now;
    if (figures.reconciles >= options.groups && nowMs - changedMs > QUIET_MS) break;
    if (nowMs - startMs > SETTLE_MS) throw new Error(`not settled within ${SETTLE_MS / 1000} s of the start`);
  }
  const settledS = (changedMs - startMs) / 1000;
  told({ what: 'start to settled', value: settledS, unit: 's', atMost: 10 });
  const atVCenter = await vcenter.figures();
  const { calls } = atVCenter;
  const changes = Object.entries(calls).filter(([method]) => /_Task$|^CreateFolder$/.test(method));
  const sum = changes.reduce((total, [, count]) => total + count, 0);
  const which = changes.map(([method, count]) => `${count} ${method}`).join(', ');
  told({ what: `  changes in vCenter${which && ` (${which})`}`, value: sum, unit: '', atMost: 0 });
  told({ what: '  calls to connect and to list', value: callsOf(atVCenter), unit: '' });
  told({ what: '  received from vCenter', value: atVCenter.sentBytes / 1e6, unit: 'MB' });
  told({ what: '  writes to the API server', value: figures.writes, unit: '' });
  told({ what: '  processor time', value: figures.cpuMs / 1000, unit: 's' });
  told({ what: '  at its highest', value: figures.peakMB, unit: 'MB' });
  await sleep(systemClock, REST_MS, forever);
  const rested = await figuresOf(operator);
  const atMost = options.machines > 20_000 ? 400 : 200;
  told({ what: `resident memory ${REST_MS / 1000} s later`, value: rested.residentMB, unit: 'MB', atMost });
  told({ what: '  heap in use', value: rested.heapMB, unit: 'MB' });
  return { operator, settledS, residentMB: rested.residentMB, peakMB: rested.peakMB };
}
