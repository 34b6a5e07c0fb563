/** Many machines over all vCenters: how long they take, and what the operator uses when there is nothing to do. */
import { readFile } from 'node:fs/promises';
import { sleep, systemClock } from '../../../src/time/clock';
import type { OperatorProcess } from '../../envtest/real-parts';
import { callsBetween, usageOf } from './operator-usage';
import { tell } from './promise';
import type { World } from './world';

/** Per vCenter. */
export interface FleetSize {
  readonly groups: number;
  readonly replicas: number;
}

/** The last statuses are written, and the process has given back what the wave has taken. */
const SETTLE_MS = 30_000;
/** Two rounds of the waits of 60 s. */
const IDLE_MS = 120_000;
const ALL_RUN_MS = 600_000;
const forever = new AbortController().signal;

export const groupName = (index: number) => `group-${index}`;

export async function fillFleet(world: World, size: FleetSize): Promise<void> {
  const { groups, replicas } = size;
  const names = world.sites.map(({ name }) => name);
  const total = groups * names.length;
  const fromMs = systemClock.monotonicMs();
  const own = Array.from({ length: groups }, (_, index) => groupName(index));
  const all = names.flatMap((site) => own.map((name) => ({ site, name })));
  await Promise.all(all.map(({ site, name }) => world.addGroup(site, name, replicas)));
  const endMs = await world.groups.untilRunning(names, own, replicas, ALL_RUN_MS);
  const what = `${(total * replicas).toLocaleString('en')} machines in ${total} groups over ${names.length} vCenters`;
  tell({ what: `${what} run after`, value: (endMs - fromMs) / 1000, unit: 's' });
}

/** Returns whether all promises are kept. */
export async function measureIdle(world: World, operator: OperatorProcess): Promise<boolean> {
  await sleep(systemClock, SETTLE_MS, forever);
  const before = await usageOf(operator);
  await sleep(systemClock, IDLE_MS, forever);
  const after = await usageOf(operator);
  const calls = callsBetween(before, after);
  const minutes = (IDLE_MS / 60_000) * world.sites.length;
  const perMinute = [...calls.values()].reduce((sum, count) => sum + count, 0) / minutes;
  const kept = [
    tell({ what: 'resident memory, idle', value: after.residentMB, unit: 'MB', atMost: 150 }),
    tell({
      what: 'processor, idle',
      value: ((after.cpuMs - before.cpuMs) / IDLE_MS) * 100,
      unit: '% of a core',
      atMost: 1,
    }),
    tell({ what: 'requests per minute and vCenter, idle', value: perMinute, unit: '', atMost: 2 }),
  ];
  const methods = [...calls].map(([method, count]) => `${method} ${count / minutes}`).join(', ');
  process.stdout.write(`  of these: ${methods}\n`);
  tell({ what: 'resident memory, at its peak', value: await peakMB(operator.processId), unit: 'MB' });
  return kept.every((one) => one);
}

/** VmHWM of proc(5), in KiB. */
async function peakMB(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8');
  return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6;
}
