/** What people do to the identity and the power of machines in vCenter. */
import { LANDMARK, type ModelMachine, oneOf, withinMagnitudes } from '../../fakes/vcenter';
import { aSize } from '../spec';
import { ownerOf } from '../watchers/watcher';
import type { SimulatedWorld } from '../world';
import { AWAY_MS, type Disturbance, withReplica } from './disturbance';

export const TO_MACHINES: readonly Disturbance[] = [
  {
    name: 'machine suspended',
    weight: 3,
    happens: (world) =>
      withReplica(world, ({ ref, name, powerState }) => {
        if (powerState !== 'poweredOn') return undefined;
        world.vcenter.hand.power(ref, 'suspended');
        return `${name} suspended by hand`;
      }),
  },
  {
    name: 'machine unregistered and registered again',
    weight: 3,
    happens: (world) =>
      withReplica(world, (machine) => {
        const { hand, truth } = world.vcenter;
        const uid = ownerOf(machine)?.groupUid;
        const register = hand.unregister(machine.ref);
        world.recoveries.after(withinMagnitudes({ from: 10, to: AWAY_MS.to }, world.random), () => {
          // Without its group or its folder, nobody registers it again.
          const group = world.users.list().find(({ metadata }) => metadata.uid === uid);
          if (group === undefined || group.metadata.deletionTimestamp !== undefined) return;
          // No operator could know of one that comes back unreadable, or where its account may not look.
          if (!truth.has(machine.parent) || world.vcenter.permissions.hides(machine.parent)) return;
          if (machine.connectionState !== 'connected') return;
          const isTaken = truth.holderOfName(machine.parent, machine.name) !== undefined;
          const ref = register(isTaken ? `${machine.name}-again-${world.nextNumber()}` : machine.name);
          world.tally.meet('disturbance', 'machine unregistered and registered again');
          world.say(`STEP ${machine.name} registered again as ${ref.value}`);
        });
        return `${machine.name} unregistered for a while`;
      }),
    countsItself: true,
  },
  {
    name: 'machine kept without marks',
    weight: 3,
    happens: (world) =>
      withReplica(world, (machine) => {
        if (world.random() < 0.5) return keepWithoutMarks(machine, world);
        // The operator hears of the size first, and may act on marks that are gone when it does.
        resizeGroupOf(machine, world);
        world.recoveries.after(withinMagnitudes({ from: 1, to: 1_000 }, world.random), () => {
          if (world.vcenter.truth.has(machine.ref)) world.say(`STEP ${keepWithoutMarks(machine, world)}`);
        });
        return `the group of ${machine.name} resized, and the machine is about to be kept`;
      }),
  },
];

function keepWithoutMarks({ ref, name }: ModelMachine, world: SimulatedWorld): string {
  world.vcenter.hand.removeExtraConfig(ref, 'codeconnect.');
  if (world.random() < 0.5) return `somebody keeps ${name} and removes our marks`;
  const own = `kept-${world.nextNumber()}`;
  world.vcenter.hand.rename(ref, own);
  if (world.random() < 0.5) world.vcenter.hand.move(ref, LANDMARK.machineFolder);
  return `somebody keeps ${name} as ${own} and removes our marks`;
}

function resizeGroupOf(machine: ModelMachine, world: SimulatedWorld): void {
  const uid = ownerOf(machine)?.groupUid;
  const group = world.users.list().find(({ metadata }) => metadata.uid === uid);
  if (group === undefined || group.metadata.deletionTimestamp !== undefined) return;
  world.users.changeSpec(group, aSize(oneOf([1, 2, 4, 8], world.random), world.random));
}
