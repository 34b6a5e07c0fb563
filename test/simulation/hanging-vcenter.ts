/** R9: a vCenter that answers no more must not delay the groups of another one. */
import type { VmGroup } from '../../src/api/vm-group';
import { oneOf } from '../fakes/vcenter';
import { differencesOfGroup, machinesOf } from './group-differences';
import { freeGroups } from './hanging-datastore';
import type { SimulatedWorld } from './world';

/** After this time every process has noticed it. */
const NOTICED_MS = 4 * 60_000;
/** else may have to wait for that. */
const OTHERS_MS = 8 * 60_000;
export const HANGING_VCENTER_ROW = 'one of two vCenters hangs';

export async function hangAVCenter(world: SimulatedWorld): Promise<void> {
  const hanging = oneOf(world.sites, world.random);
  const others = freeGroups(world).filter(({ status }) => status?.vcenter?.name !== hanging.name);
  if (world.sites.length < 2 || others.length === 0) return;
  world.tally.meet('fault', HANGING_VCENTER_ROW);
  hanging.vcenter.hang();
  world.say(`STEP vCenter ${hanging.name} hangs`);
  // Before the operator knows it, or afterwards.
  if (world.random() < 0.6) await world.advance(NOTICED_MS);
  world.say(`STEP all groups are scaled up by one`);
  for (const group of freeGroups(world)) world.users.changeSpec(group, { replicas: group.spec.replicas + 1 });
  for (let passedMs = 0; ; passedMs += 10_000) {
    const differences = others.flatMap(({ metadata }) => differencesNow(world, metadata));
    if (differences.length === 0) break;
    if (passedMs > OTHERS_MS) world.fail(`R9: vCenter ${hanging.name} hangs, and elsewhere ${differences.join('; ')}`);
    await world.advance(10_000);
  }
  world.say(`STEP vCenter ${hanging.name} goes on`);
  hanging.vcenter.recover();
}

function differencesNow(world: SimulatedWorld, { namespace, name }: VmGroup['metadata']): readonly string[] {
  const group = world.users.get(`${namespace}/${name}`);
  return group === undefined ? [] : differencesOfGroup(group, machinesOf(group, world));
}
