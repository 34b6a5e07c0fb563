import { sleep, systemClock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import type { World } from '../vcenters/world';

const EVERY_MS = 400;
const MOST_REPLICAS = 6;

/** Scales the groups all the time, one of each vCenter at once, so that there are always changes under way. */
export async function keepScaling(
  world: World,
  groupsOfSite: readonly string[],
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    for (const { name } of world.sites) {
      const group = groupsOfSite[Math.floor(random() * groupsOfSite.length)] ?? '';
      await world.scale(name, group, 1 + Math.floor(random() * MOST_REPLICAS));
    }
    await sleep(systemClock, EVERY_MS, signal).catch(() => undefined);
  }
}
