/** Permissions that are taken from the operator's account and given back: its machines and folders are there all the same. */
import type { VmGroup } from '../../../src/api/vm-group';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import { LANDMARK, oneOf, withinMagnitudes } from '../../fakes/vcenter';
import type { ModelMachine } from '../../fakes/vcenter/objects';
import { ownerOf } from '../watchers/watcher';
import type { SimulatedWorld } from '../world';
import { AWAY_MS, type Description, type Disturbance, withRecorded } from './disturbance';

export const OF_PERMISSIONS: readonly Disturbance[] = [
  {
    name: 'out of sight',
    weight: 4,
    happens: (world) => withSight(world, (lost) => lost),
  },
  {
    name: 'out of sight across a restart',
    weight: 3,
    happens: (world) =>
      withSight(world, (lost) => {
        restart(world);
        return `${lost}, and the operator restarts`;
      }),
  },
  {
    name: 'out of sight while its group is deleted',
    weight: 4,
    happens: (world) =>
      withSight(world, (lost, { metadata }) => {
        const delayMs = withinMagnitudes({ from: 1, to: 20_000 }, world.random);
        world.recoveries.after(delayMs, () => {
          const group = world.users.list().find((stored) => stored.metadata.uid === metadata.uid);
          if (group !== undefined) world.users.delete(group);
        });
        if (world.random() < 0.3) restart(world);
        return `${lost}, and ${metadata.name} is deleted`;
      }),
  },
  {
    name: 'machine moved out of sight',
    weight: 3,
    happens: (world) =>
      withRecorded(world, ({ ref, name }) => {
        const { hand, permissions } = world.vcenter;
        const cellar = hand.createFolder(LANDMARK.machineFolder, `cellar-${world.nextNumber()}`);
        permissions.hide(cellar);
        hand.move(ref, cellar);
        const ms = away(world, cellar);
        return `${name} is moved to where the account may not look, for ${ms} ms`;
      }),
  },
];

/** The account loses a machine of a living group, its folder, the default folder or the datacenter. */
function withSight(world: SimulatedWorld, step: (lost: string, group: VmGroup) => string): Description {
  return withRecorded(world, (machine) => {
    const group = groupOf(world, machine);
    if (group === undefined || group.metadata.deletionTimestamp !== undefined) return undefined;
    const [what, ref] = oneOf<readonly [string, ManagedObjectReference]>(
      [
        [`of ${machine.name}`, machine.ref],
        [`of the folder of ${machine.name}`, machine.parent],
        ['of the default folder', LANDMARK.operatorFolder],
        ['of the datacenter', LANDMARK.datacenter],
      ],
      world.random,
    );
    world.vcenter.permissions.hide(ref);
    return step(`the account loses sight ${what} for ${away(world, ref)} ms`, group);
  });
}

function away(world: SimulatedWorld, ref: ManagedObjectReference): number {
  const ms = withinMagnitudes(AWAY_MS, world.random);
  world.recoveries.after(ms, () => world.vcenter.permissions.show(ref));
  return Math.round(ms);
}

function groupOf(world: SimulatedWorld, machine: ModelMachine): VmGroup | undefined {
  const uid = ownerOf(machine)?.groupUid;
  return world.users.list().find(({ metadata }) => metadata.uid === uid);
}

function restart(world: SimulatedWorld): void {
  for (const process of [...world.processes]) world.crash(process, 'while the account does not see everything');
}
