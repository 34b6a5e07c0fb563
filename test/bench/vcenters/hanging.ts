/** R9: what a vCenter that hangs costs the others. Waves with all vCenters healthy, and with one of them hanging, in turns. */
import { sleep, systemClock } from '../../../src/time/clock';
import type { TcpGate } from '../../envtest/proxies/tcp-gate';
import { type FleetSize, groupName } from './fleet';
import { median, tell } from './promise';
import type { World } from './world';

const ROUNDS = 7;
/** Few groups and many machines: statuses are written at a pace of their own, which is not what is measured. */
const MOST_GROUPS = 6;
const MORE = 10;
/** Work of the one that hangs has been sent to it, and waits there. In both cases the last wave is over. */
const BEFORE_MS = 3_000;
const WITHIN_MS = 300_000;
const forever = new AbortController().signal;

/** Returns whether the promise is kept. The gate stands before the last site. */
export async function measureHanging(world: World, gate: TcpGate, size: FleetSize): Promise<boolean> {
  const names = world.sites.map(({ name }) => name);
  const last = names.at(-1) ?? '';
  const others = names.slice(0, -1);
  const { replicas } = size;
  const groups = Math.min(MOST_GROUPS, size.groups);
  const scaleAll = (sites: readonly string[], to: number) =>
    Promise.all(
      sites.flatMap((site) => Array.from({ length: groups }, (_, index) => world.scale(site, groupName(index), to))),
    );
  const settled = (sites: readonly string[], to: number) =>
    world.groups.untilRunning(
      sites,
      Array.from({ length: groups }, (_, index) => groupName(index)),
      to,
      WITHIN_MS,
    );
  /** More machines for each of these groups of the others. */
  const wave = async (): Promise<number> => {
    await sleep(systemClock, BEFORE_MS, forever);
    const fromMs = systemClock.monotonicMs();
    await scaleAll(others, replicas + MORE);
    const tookMs = (await settled(others, replicas + MORE)) - fromMs;
    await scaleAll(others, replicas);
    await settled(others, replicas);
    return tookMs;
  };
  const hangingWave = async (): Promise<number> => {
    gate.set('Hang');
    try {
      await scaleAll([last], replicas + MORE);
      return await wave();
    } finally {
      gate.set('Open');
      await scaleAll([last], replicas);
      await settled([last], replicas);
    }
  };
  const healthy: number[] = [];
  const hanging: number[] = [];
  // The first round warms up. Then each kind comes first in turn.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const first = round % 2 === 0 ? await wave() : undefined;
    const hangingMs = await hangingWave();
    const healthyMs = first ?? (await wave());
    process.stderr.write(`round ${round}: ${Math.round(healthyMs)} ms, one hangs: ${Math.round(hangingMs)} ms\n`);
    if (round === 0) continue;
    healthy.push(healthyMs);
    hanging.push(hangingMs);
  }
  const what = `${groups * others.length} groups of ${others.length} vCenters get ${MORE} machines more`;
  tell({ what: `${what}, all healthy (median of ${ROUNDS})`, value: median(healthy), unit: 'ms' });
  tell({ what: `${what}, the ${names.length}th hangs`, value: median(hanging), unit: 'ms' });
  const ratio = median(hanging) / median(healthy);
  return tell({ what: 'a vCenter that hangs: time of the others', value: ratio, unit: 'times', atMost: 1.1 });
}
