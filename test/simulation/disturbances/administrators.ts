/** What people do in vCenter, and failures of hosts and guests. */
import { instanceUuid, revisionOf } from '../../../src/api/identity';
import { machineNameOf } from '../../../src/api/naming';
import { marksFor } from '../../../src/api/ownership';
import { slotRevisionOf } from '../../../src/api/slot-revision';
import { Annotation, type VmGroup } from '../../../src/api/vm-group';
import { LANDMARK } from '../../fakes/vcenter';
import type { SimulatedWorld } from '../world';
import { type Description, type Disturbance, folderOf, withGroup, withReplica } from './disturbance';

export const BY_ADMINISTRATORS: readonly Disturbance[] = [
  {
    name: 'guest stops answering',
    weight: 2,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.setGuest(machine.ref, { toolsRunning: false, ipAddresses: [] });
        return `the guest of ${machine.name} stops answering for a while`;
      }),
  },
  {
    name: 'machine powered off',
    weight: 5,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.power(machine.ref, 'poweredOff');
        return `${machine.name} powered off by hand`;
      }),
  },
  {
    name: 'machine destroyed',
    weight: 4,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.destroy(machine.ref);
        return `${machine.name} destroyed by hand`;
      }),
  },
  {
    name: 'machine renamed',
    weight: 2,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.rename(machine.ref, `${machine.name}-mine`);
        return `${machine.name} renamed by hand`;
      }),
  },
  {
    name: 'machine moved',
    weight: 2,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.move(machine.ref, LANDMARK.machineFolder);
        return `${machine.name} moved away by hand`;
      }),
  },
  {
    name: 'machine resized',
    weight: 1,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.resize(machine.ref, { numCpu: 3, memoryMiB: 3072 });
        return `${machine.name} resized by hand`;
      }),
  },
  {
    name: 'machine cloned with its marks',
    weight: 3,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.clone(machine.ref, machine.parent, `copy-of-${machine.ref.value}-${world.nextNumber()}`);
        return `${machine.name} cloned by hand, with our marks`;
      }),
  },
  {
    name: 'machine of another cluster',
    weight: 1,
    happens: (world) => withGroup(world, (group) => addMachineOfOtherCluster(world, group)),
  },
  {
    name: 'host disconnected',
    weight: 2,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.connect(machine.ref, 'disconnected');
        return `the host of ${machine.name} is disconnected`;
      }),
  },
  {
    name: 'name taken',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const ordinal = Math.floor(world.random() * 4);
        const slot = { ordinal, revision: slotRevisionOf(group.spec, ordinal) };
        const name = machineNameOf(group, slot);
        const folder = folderOf(world, group);
        if (folder === undefined || world.vcenter.truth.holderOfName(folder, name) !== undefined) return undefined;
        world.vcenter.hand.entity(folder, name);
        return `somebody takes the name ${name}`;
      }),
  },
  {
    name: 'foreign machine in the folder',
    weight: 1,
    happens: (world) =>
      withGroup(world, (group) => {
        const folder = folderOf(world, group);
        if (folder === undefined) return undefined;
        world.vcenter.hand.entity(folder, `guest-${world.nextNumber()}`);
        return `somebody puts a machine into the folder of ${group.metadata.name}`;
      }),
  },
];

/** A machine of a restored or copied cluster. Its groups have the same UIDs as ours, but its machines are not ours. */
function addMachineOfOtherCluster(world: SimulatedWorld, group: VmGroup): Description {
  const folder = folderOf(world, group);
  if (folder === undefined) return undefined;
  const { uid, name, namespace } = group.metadata;
  const slot = { ordinal: 7, revision: revisionOf(group.spec) };
  const uuid = instanceUuid(uid, { ...slot, revision: 'elsewhere' });
  const marks = marksFor({ cluster: 'another-cluster', group: `${namespace}/${name}`, groupUid: uid, slot }, uuid);
  const ref = world.vcenter.hand.entity(folder, `stranger-${world.nextNumber()}`);
  const machine = world.vcenter.truth.machine(ref);
  machine.instanceUuid = uuid;
  for (const [key, value] of Object.entries(marks)) machine.extraConfig.set(key, value);
  world.vcenter.truth.changed(ref);
  // R15: the author of the group cannot give it to the group.
  const isAsked = world.random() < 0.5;
  if (isAsked) world.users.annotate(group, Annotation.Adopt, 'Adopt');
  return `a machine of another cluster in the folder of ${name}${isAsked ? ', which asks to adopt it' : ''}`;
}
