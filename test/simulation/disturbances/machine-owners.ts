/** What people do to the identity and the power of machines in vCenter. */
import { LANDMARK, withinMagnitudes } from '../../fakes/vcenter';
import { ownerOf } from '../watchers/watcher';
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
      withReplica(world, ({ ref, name }) => {
        world.vcenter.hand.removeExtraConfig(ref, 'codeconnect.');
        if (world.random() < 0.5) return `somebody keeps ${name} and removes our marks`;
        const own = `kept-${world.nextNumber()}`;
        world.vcenter.hand.rename(ref, own);
        if (world.random() < 0.5) world.vcenter.hand.move(ref, LANDMARK.machineFolder);
        return `somebody keeps ${name} as ${own} and removes our marks`;
      }),
  },
];
