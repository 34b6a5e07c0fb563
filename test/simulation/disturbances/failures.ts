/** Failures of processes, servers, networks and clocks. */
import { groupFolderName } from '../../../src/api/identity';
import { FINALIZER, type VmGroup, type VmGroupSpec } from '../../../src/api/vm-group';
import { oneOf, withinMagnitudes } from '../../fakes/vcenter';
import { drawCrash, MOMENTS } from '../crash-points';
import { LONGEST_STOP_MS } from '../process-clock';
import { ownerOf } from '../watchers/watcher';
import { type Disturbance, withGroup, withProcess } from './disturbance';

/**
 * Of others in the cluster, such as Leases of nodes, before the restore. So the few writes of a story after it do not pass
 * the versions that were known before.
 */
const WRITES_SINCE_SNAPSHOT = 1_000;

interface ProvokedCall {
  readonly call: string;
  readonly change: Partial<VmGroupSpec>;
}

/** Changes of a spec that make the operator send a certain call. */
function changesOfMachines({ spec }: VmGroup): readonly [ProvokedCall, ...ProvokedCall[]] {
  const off = (mode: 'Hard' | 'TrySoft') => ({ powerState: 'PoweredOff', powerOff: { mode } }) as const;
  return [
    { call: 'PowerOffVM_Task', change: off('Hard') },
    { call: 'ShutdownGuest', change: off('TrySoft') },
    { call: 'ReconfigVM_Task', change: { cpu: spec.cpu === 8 ? 4 : 8 } },
  ];
}

export const FAILURES: readonly [Disturbance, ...Disturbance[]] = [
  {
    name: 'crash planned',
    weight: 7,
    countsItself: true,
    happens: (world) => {
      const plan = { ...drawCrash(world.random), by: 'crash planned' };
      world.crashPlans.push(plan);
      return `a crash is planned: ${JSON.stringify(plan)}`;
    },
  },
  {
    // Without this, a crash at a rare call would be too rare.
    name: 'crash planned for a change of machines',
    weight: 9,
    countsItself: true,
    happens: (world) =>
      withGroup(world, (group) => {
        const { call, change } = oneOf(changesOfMachines(group), world.random);
        world.crashPlans.push({
          kind: 'Call',
          call,
          moment: oneOf(MOMENTS, world.random),
          left: oneOf([0, 0, 1], world.random),
          by: 'crash planned for a change of machines',
        });
        world.users.changeSpec(group, change);
        return `${group.metadata.name} gets ${JSON.stringify(change)}, and a crash at ${call} is planned`;
      }),
  },
  {
    name: 'crash',
    weight: 2,
    happens: (world) =>
      withProcess(world, (process) => {
        world.tally.meet('crash', 'at any time');
        world.crash(process, 'at any time');
        return 'crash';
      }),
  },
  {
    name: 'process gets SIGTERM',
    weight: 1,
    happens: (world) =>
      withProcess(world, (process) => {
        process.stop();
        return `${process.name} gets SIGTERM`;
      }),
  },
  {
    name: 'process is stopped for a while',
    weight: 3,
    happens: (world) =>
      withProcess(world, (process) => {
        const ms = withinMagnitudes({ from: 2_000, to: LONGEST_STOP_MS }, world.random);
        world.stopForAWhile(process, ms);
        return `${process.name} is stopped for ${Math.round(ms)} ms`;
      }),
  },
  {
    // When it goes on, the news of the change may come before its Lease is seen as lost: nothing may be sent then (R6).
    name: 'leader is stopped as a group changes',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const { leader } = world;
        if (leader === undefined) return undefined;
        const ms = withinMagnitudes({ from: 20_000, to: LONGEST_STOP_MS }, world.random);
        const { change } = oneOf(changesOfMachines(group), world.random);
        world.stopForAWhile(leader, ms);
        world.users.changeSpec(group, change);
        return `${leader.name} is stopped for ${Math.round(ms)} ms as ${group.metadata.name} gets ${JSON.stringify(change)}`;
      }),
  },
  {
    name: 'process cut off from the API server',
    weight: 1.5,
    happens: (world) =>
      withProcess(world, (process) => {
        const ms = withinMagnitudes({ from: 1_000, to: 200_000 }, world.random);
        process.api.partition();
        world.recoveries.after(ms, () => process.api.reconnect());
        return `${process.name} is cut off from the API server for ${Math.round(ms)} ms`;
      }),
  },
  {
    name: 'API server down',
    weight: 1.5,
    happens: (world) => {
      const ms = withinMagnitudes({ from: 1_000, to: 120_000 }, world.random);
      world.tally.meet('fault', 'API server down');
      world.kubernetes.down = true;
      for (const process of world.processes) process.api.breakStreams();
      world.recoveries.after(ms, () => {
        world.kubernetes.down = false;
      });
      return `the API server is down for ${Math.round(ms)} ms`;
    },
  },
  {
    name: 'API server forgets its history',
    weight: 1,
    happens: (world) => {
      world.tally.meet('fault', 'API server history forgotten');
      world.kubernetes.objects.compact();
      for (const process of world.processes) process.api.breakStreams();
      return 'the API server forgets its history, and watches break';
    },
  },
  {
    // Groups that were made since are lost, and their machines stay. Deleted ones are there again.
    name: 'etcd restored',
    weight: 2,
    countsItself: true,
    happens: (world) => {
      const { users, kubernetes } = world;
      // A group that comes back without our finalizer and is deleted at once leaves all behind.
      if (!users.list().every(({ metadata }) => metadata.finalizers?.includes(FINALIZER))) return undefined;
      const restore = kubernetes.snapshot();
      kubernetes.objects.writeElsewhere(WRITES_SINCE_SNAPSHOT);
      const ms = withinMagnitudes({ from: 1_000, to: 120_000 }, world.random);
      world.recoveries.after(ms, () => {
        const before = users.list();
        restore('Restarted');
        world.restoredAtMs = world.clock.monotonicMs();
        for (const process of world.processes) process.api.breakStreams();
        users.onChange();
        const uids = new Set(users.list().map(({ metadata }) => metadata.uid));
        for (const { metadata } of before) {
          if (uids.has(metadata.uid)) continue;
          world.orphaned.add(metadata.uid);
          world.foldersKept.add(groupFolderName(metadata.namespace, metadata.name));
        }
        // Nothing may tell on which vCenter its machines are, if the VCenters are set for other namespaces by then.
        if (world.vcenters.length > 1)
          for (const { metadata, status } of users.list())
            if (status?.vcenter === undefined) world.orphaned.add(metadata.uid);
        // The restored status may not name what cannot be seen or read now: a later process cannot know of it.
        for (const { machines, permissions } of world.vcenters)
          for (const machine of machines) {
            const owner = ownerOf(machine);
            const isReadable = machine.connectionState === 'connected' && !permissions.hides(machine.ref);
            if (owner?.cluster === world.clusterId && !isReadable) world.orphaned.add(owner.groupUid);
          }
        world.tally.meet('disturbance', 'etcd restored');
        world.say('STEP etcd is restored from the snapshot');
      });
      return `a snapshot of etcd is taken, and restored after ${Math.round(ms)} ms`;
    },
  },
  {
    name: 'sessions ended',
    weight: 2,
    happens: (world) => {
      const { name, vcenter } = oneOf(world.sites, world.random);
      vcenter.endSessions();
      return `all sessions of vCenter ${name} ended`;
    },
  },
  {
    name: 'vCenter down',
    weight: 2,
    happens: (world) => {
      const { name, vcenter } = oneOf(world.sites, world.random);
      vcenter.goDown();
      const downMs = withinMagnitudes({ from: 1_000, to: 300_000 }, world.random);
      world.recoveries.after(downMs, () => vcenter.goUp());
      return `vCenter ${name} is down for ${Math.round(downMs / 1000)} s`;
    },
  },
  {
    name: 'vCenter hangs',
    weight: 2,
    happens: (world) => {
      const { name, vcenter } = oneOf(world.sites, world.random);
      vcenter.hang();
      const hangsMs = withinMagnitudes({ from: 1_000, to: 300_000 }, world.random);
      world.recoveries.after(hangsMs, () => vcenter.recover());
      return `vCenter ${name} takes calls and answers none for ${Math.round(hangsMs / 1000)} s`;
    },
  },
  {
    name: 'other cluster disturbed',
    weight: 4,
    happens: (world) => world.other?.disturb(),
  },
  {
    name: 'clock jump',
    weight: 1,
    happens: (world) => {
      const ms = Math.round((world.random() - 0.5) * 86_400_000);
      world.clock.jumpWall(ms);
      return `the wall clock jumps by ${ms} ms`;
    },
  },
];
