/** What clones meet once a story has calmed down: no snapshot to link to, and customizations that fail. */
import { NO_FAULTS, withinMagnitudes } from '../fakes/vcenter';
import { repairSnapshots } from './disturbances/templates';
import { freeGroups } from './hanging-datastore';
import type { SimulatedWorld } from './world';

/** Longer than the pause after a failure: then the operator would try something with what was left behind. */
const PLAYED_MS = { from: 20_000, to: 1_800_000 };
const NO_SNAPSHOT = 'no snapshot while linked clones are due';
const NO_CUSTOMIZATION = 'customizations fail';
export const CLONE_ROWS: readonly string[] = [NO_SNAPSHOT, NO_CUSTOMIZATION];

/** Whether there was a group to play one with. */
export async function playCloneScene(world: SimulatedWorld): Promise<boolean> {
  const groups = freeGroups(world);
  const linked = groups.filter(({ spec }) => spec.clone?.mode === 'Linked');
  const customized = groups.filter(({ spec }) => spec.guest?.customizationSpec !== undefined);
  const [name, some] = customized.length > 0 ? [NO_CUSTOMIZATION, customized] : [NO_SNAPSHOT, linked];
  if (some.length === 0) return false;
  world.tally.meet('disturbance', name);
  world.say(`STEP ${name}`);
  if (name === NO_SNAPSHOT)
    for (const { isTemplate, ref } of world.vcenter.machines) if (isTemplate) world.vcenter.hand.removeSnapshots(ref);
  if (name === NO_CUSTOMIZATION)
    for (const vcenter of world.vcenters) vcenter.setFaults({ ...NO_FAULTS, customizationFails: 1 });
  for (const group of some) world.users.changeSpec(group, { replicas: group.spec.replicas + 1 });
  await world.advance(withinMagnitudes(PLAYED_MS, world.random));
  for (const vcenter of world.vcenters) vcenter.setFaults(NO_FAULTS);
  repairSnapshots(world);
  world.say('STEP clones go well again');
  return true;
}
