/** Machines that people made by hand, and groups that ask for them (spec.adopt). */
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import { LANDMARK, oneOf } from '../../fakes/vcenter';
import { BY_HAND } from '../spec';
import type { SimulatedWorld } from '../world';
import { type Disturbance, withGroup } from './disturbance';

export const OF_ADOPTIONS: readonly Disturbance[] = [
  {
    name: 'machines made by hand, and asked for',
    weight: 4,
    happens: (world) =>
      withGroup(world, (group) => {
        const names = makeByHand(world);
        // A group may ask for too many, for some that do not fit, and for one that is not there.
        const adopt = world.random() < 0.6 ? { folder: BY_HAND } : { machines: [...names, ...someMissing(world)] };
        world.users.changeSpec(group, { adopt });
        return `${group.metadata.name} asks for ${JSON.stringify(adopt)}, with ${names.length} new machines`;
      }),
  },
  {
    name: 'asked for no more',
    weight: 1,
    happens: (world) =>
      withGroup(world, (group) => {
        if (group.spec.adopt === undefined) return undefined;
        world.users.withoutAdoption(group);
        return `${group.metadata.name} asks for no machines any more`;
      }),
  },
];

/** Up to three, of which some have another guest OS than the template. */
function makeByHand({ vcenter: { hand, truth }, random }: SimulatedWorld): readonly string[] {
  const folder: ManagedObjectReference =
    truth.holderOfName(LANDMARK.machineFolder, BY_HAND) ?? hand.createFolder(LANDMARK.machineFolder, BY_HAND);
  return Array.from({ length: Math.ceil(3 * random()) }, () => {
    const name = `by-hand-${truth.nextId('n')}`;
    const ref = hand.entity(folder, name);
    if (random() < 0.2) truth.machine(ref).guestId = 'windows9Server64Guest';
    if (random() < 0.7) hand.power(ref, 'poweredOn');
    return name;
  });
}

const someMissing = ({ random }: SimulatedWorld): readonly string[] => oneOf([[], [], ['no-such-machine']], random);
