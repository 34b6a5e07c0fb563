/** What people do to the folders of groups, and to the default folder around them. */
import { groupFolderName } from '../../../src/api/identity';
import type { VmGroup } from '../../../src/api/vm-group';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import { LANDMARK } from '../../fakes/vcenter';
import { NAMES } from '../spec';
import type { SimulatedWorld } from '../world';
import { type Description, type Disturbance, folderOf, withGroup } from './disturbance';

export const TO_FOLDERS: readonly Disturbance[] = [
  {
    name: "group's folder renamed",
    weight: 2,
    happens: (world) =>
      withFolder(world, (folder, { metadata }) => {
        const name = `${metadata.name}-mine-${world.nextNumber()}`;
        // The operator may not have recorded the folder yet: then it makes another one, and this one stays.
        world.foldersKept.add(name);
        world.vcenter.hand.rename(folder, name);
        return `the folder of ${metadata.name} is renamed to ${name}`;
      }),
  },
  {
    name: "group's folder moved",
    weight: 2,
    happens: (world) =>
      withFolder(world, (folder, { metadata }) => {
        if (isTaken(world, LANDMARK.machineFolder, groupFolderName(metadata.namespace, metadata.name)))
          return undefined;
        world.vcenter.hand.move(folder, LANDMARK.machineFolder);
        return `the folder of ${metadata.name} is moved to the VM folder`;
      }),
  },
  {
    name: "group's folder deleted",
    weight: 2,
    happens: (world) =>
      withFolder(world, (folder, { metadata }) => {
        destroyFolder(world, folder);
        return `the folder of ${metadata.name} is deleted with all in it`;
      }),
  },
  {
    name: 'default folder renamed',
    weight: 1.5,
    happens: (world) =>
      withDefaultFolder(world, (folder) => {
        const name = `vm-operator-old-${world.nextNumber()}`;
        world.vcenter.hand.rename(folder, name);
        return `the default folder is renamed to ${name}`;
      }),
  },
  {
    name: 'default folder moved',
    weight: 1.5,
    happens: (world) =>
      withDefaultFolder(world, (folder) => {
        const archive = world.vcenter.hand.createFolder(LANDMARK.machineFolder, `archive-${world.nextNumber()}`);
        world.vcenter.hand.move(folder, archive);
        return 'the default folder is moved into another one';
      }),
  },
  {
    name: 'default folder deleted',
    weight: 1.5,
    happens: (world) =>
      withDefaultFolder(world, (folder) => {
        const inside = world.vcenter.machines.filter(
          ({ parent, isTemplate }) => isTemplate && parent.value === folder.value,
        );
        for (const { ref } of inside) world.vcenter.hand.move(ref, LANDMARK.machineFolder);
        destroyFolder(world, folder);
        return 'the default folder is deleted with all groups in it, but not the template';
      }),
  },
  {
    name: 'vApp in the folder',
    weight: 2,
    happens: (world) =>
      withFolder(world, (folder, { metadata }) => {
        const name = `vapp-${world.nextNumber()}`;
        world.ownership.guard(world.vcenter.hand.vApp(folder, LANDMARK.resourcePool, name));
        return `somebody puts the vApp ${name} into the folder of ${metadata.name}`;
      }),
  },
  {
    name: 'sub-folder in the folder',
    weight: 2,
    happens: (world) =>
      withFolder(world, (folder, { metadata }) => {
        const name = `folder-${world.nextNumber()}`;
        world.ownership.guard(world.vcenter.hand.createFolder(folder, name));
        return `somebody makes the folder ${name} in the folder of ${metadata.name}`;
      }),
  },
];

function withFolder(
  world: SimulatedWorld,
  step: (folder: ManagedObjectReference, group: VmGroup) => Description,
): Description {
  return withGroup(world, (group) => {
    const folder = folderOf(world, group);
    return folder && step(folder, group);
  });
}

/** Groups whose folder the operator has not recorded yet get another one: their first one stays where it is. */
function withDefaultFolder(world: SimulatedWorld, step: (folder: ManagedObjectReference) => string): Description {
  const { truth } = world.vcenter;
  const folder = truth.holderOfName(LANDMARK.machineFolder, 'vm-operator');
  if (folder === undefined) return undefined;
  for (const name of NAMES) world.foldersKept.add(groupFolderName(world.homes.namespaceOf(name), name));
  return step(folder);
}

/** People remove what is theirs: that is no violation of the operator. */
function destroyFolder(world: SimulatedWorld, folder: ManagedObjectReference): void {
  const forget = (ref: ManagedObjectReference): void => {
    world.forget(ref);
    for (const child of world.vcenter.truth.children(ref)) forget(child);
  };
  forget(folder);
  world.vcenter.hand.destroyFolder(folder);
}

function isTaken(world: SimulatedWorld, folder: ManagedObjectReference, name: string): boolean {
  return world.vcenter.truth.holderOfName(folder, name) !== undefined;
}
