/** Groups of the original operator: its finalizer, and its folder with machines that have no marks. */
import { Annotation, groupKey, ORIGINAL_FINALIZER } from '../../../src/api/vm-group';
import { LANDMARK, oneOf, withinMagnitudes } from '../../fakes/vcenter';
import { NAMES } from '../spec';
import type { SimulatedWorld } from '../world';
import { AWAY_MS, type Disturbance } from './disturbance';
import { createGroup } from './users';

const ANSWERS = ['Adopt', 'Adopt', 'Ignore'] as const;

export const OF_ORIGINAL_OPERATOR: readonly Disturbance[] = [
  {
    name: 'group of the original operator',
    weight: 4,
    happens: (world) => {
      const name = oneOf(NAMES, world.random);
      if (world.users.get(world.homes.keyOf(name)) !== undefined) return undefined;
      const machines = makeLegacyFolder(world, name);
      createGroup(world, name, { finalizers: [ORIGINAL_FINALIZER] });
      const group = world.users.get(world.homes.keyOf(name));
      if (group === undefined) return undefined;
      const uid = group.metadata.uid;
      if (world.random() < 0.25) world.users.delete(group);
      const ms = withinMagnitudes(AWAY_MS, world.random);
      world.recoveries.after(ms, () => {
        const current = world.users.get(groupKey(group));
        if (current?.metadata.uid === uid) answerLegacy(world, current);
      });
      return `${name} created with the original's finalizer and ${machines} machines, answered in ${Math.round(ms)} ms`;
    },
  },
];

/** A person says what happens to the machines of the original operator, unless that was said before. */
export function answerLegacy(world: SimulatedWorld, group: Parameters<SimulatedWorld['users']['annotate']>[0]): void {
  const { annotations, finalizers } = group.metadata;
  if (!finalizers?.includes(ORIGINAL_FINALIZER) || annotations?.[Annotation.Legacy] !== undefined) return;
  world.users.annotate(group, Annotation.Legacy, oneOf(ANSWERS, world.random));
}

/** The number of machines in it. */
function makeLegacyFolder(world: SimulatedWorld, group: string): number {
  const { hand, truth } = world.vcenter;
  const parent = truth.holderOfName(LANDMARK.machineFolder, 'vm-operator');
  const name = `${world.homes.namespaceOf(group)}-${group}`;
  if (parent === undefined || truth.holderOfName(parent, name) !== undefined) return 0;
  const folder = hand.createFolder(parent, name);
  // An empty one is no risk, and stays.
  world.foldersKept.add(name);
  const count = Math.floor(3 * world.random());
  for (let index = 0; index < count; index += 1) {
    const ref = hand.entity(folder, `${group}-replica-${'abc'[index] ?? 'd'}bcdefgh`);
    if (world.random() < 0.7) hand.power(ref, 'poweredOn');
  }
  return count;
}
