/**
 * Storage that goes away and comes back: vCenter then tells no configuration of a machine, and so no marks. And storage
 * policies that an administrator takes away, or that a datastore does not fit, for a while.
 */
import { refKey } from '../../../src/vsphere/port';
import { LANDMARK, oneOf, withinMagnitudes } from '../../fakes/vcenter';
import type { ModelMachine } from '../../fakes/vcenter/objects';
import { STORAGE_POLICIES } from '../spec';
import { ownerOf } from '../watchers/watcher';
import type { SimulatedWorld } from '../world';
import { AWAY_MS, type Disturbance, withRecorded, withReplica } from './disturbance';

export const OF_STORAGE: readonly Disturbance[] = [
  {
    name: 'machine inaccessible',
    weight: 3,
    happens: (world) => withReplica(world, (machine) => goAway(world, machine)),
  },
  {
    name: 'machine inaccessible across a restart',
    weight: 3,
    happens: (world) =>
      withRecorded(world, (machine) => {
        const description = goAway(world, machine);
        for (const process of [...world.processes]) world.crash(process, 'while a machine is inaccessible');
        return `${description}, and the operator restarts`;
      }),
  },
  {
    name: 'machine inaccessible while its group is deleted',
    weight: 3,
    happens: (world) =>
      withRecorded(world, (machine) => {
        const description = goAway(world, machine);
        const uid = ownerOf(machine)?.groupUid;
        const group = world.users.list().find(({ metadata }) => metadata.uid === uid);
        if (group === undefined || group.metadata.deletionTimestamp !== undefined) return undefined;
        world.users.delete(group);
        if (world.random() < 0.5)
          for (const process of [...world.processes]) world.crash(process, 'while a deleted machine is inaccessible');
        return `${description}, and ${group.metadata.name} is deleted`;
      }),
  },
  {
    name: 'storage policy gone',
    weight: 1,
    happens: (world) => {
      const { policies } = world.vcenter;
      const name = oneOf(STORAGE_POLICIES, world.random);
      if (!policies.all.some((policy) => policy.name === name)) return undefined;
      const ms = withinMagnitudes(AWAY_MS, world.random);
      policies.remove(name);
      // The next one of the name has another id.
      world.recoveries.after(ms, () => policies.make(name));
      return `storage policy ${name} is gone for ${Math.round(ms)} ms`;
    },
  },
  {
    name: 'datastore that fits no storage policy',
    weight: 1,
    happens: (world) => {
      const { policies } = world.vcenter;
      const key = refKey(LANDMARK.datastore);
      const ms = withinMagnitudes(AWAY_MS, world.random);
      const all = [...policies.all];
      for (const { objections } of all) objections.set(key, 'its tag was taken off');
      world.recoveries.after(ms, () => {
        for (const { objections } of all) objections.delete(key);
      });
      return `datastore-1 fits no storage policy for ${Math.round(ms)} ms`;
    },
  },
];

function goAway(world: SimulatedWorld, { ref, name }: ModelMachine): string {
  const ms = withinMagnitudes(AWAY_MS, world.random);
  const state = world.random() < 0.7 ? 'inaccessible' : 'orphaned';
  world.vcenter.hand.connect(ref, state);
  world.recoveries.after(ms, () => world.vcenter.hand.connect(ref, 'connected'));
  return `${name} is ${state} for ${Math.round(ms)} ms`;
}
