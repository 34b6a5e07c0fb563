/** Things that happen to an operator: users, people at vCenter, failures. One drawn step at a time. */
import { groupFolderName, instanceUuid, revisionOf, virtualMachineName } from '../../src/api/identity';
import { marksFor } from '../../src/api/ownership';
import { Annotation, groupKey, type VmGroup } from '../../src/api/vm-group';
import { refKey } from '../../src/vsphere/port';
import { LANDMARK, MODEL_ACCOUNT, type ModelMachine, oneOf, withinMagnitudes } from '../model/vcenter';
import { drawCrash } from './crash-points';
import type { OperatorProcess } from './operator-process';
import { LONGEST_STOP_MS } from './process-clock';
import { aPolicy, aSpec, GUEST_CANARY, GUEST_SECRET, NAMES, NAMESPACE } from './spec';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';

/** What it did, in words; undefined when it could not be done. */
type Told = string | undefined;

interface Disturbance {
  readonly name: string;
  readonly weight: number;
  readonly happens: (world: SimulatedWorld) => Told;
}

const STEPS: readonly Disturbance[] = [
  {
    name: 'scaled',
    weight: 6,
    happens: (world) =>
      withGroup(world, (group) => {
        const replicas = Math.floor(world.random() * 6);
        world.users.changeSpec(group, { replicas });
        return `${group.metadata.name} scaled to ${replicas}`;
      }),
  },
  {
    name: 'group created',
    weight: 3,
    happens: (world) => {
      const name = oneOf(NAMES, world.random);
      if (world.users.get(`${NAMESPACE}/${name}`) !== undefined) return undefined;
      createGroup(world, name);
      return `${name} created`;
    },
  },
  {
    name: 'group deleted',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.delete(group);
        return `${group.metadata.name} deleted`;
      }),
  },
  {
    name: 'group deleted and made anew',
    weight: 1,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.delete(group);
        if (world.users.get(groupKey(group)) !== undefined) return `${group.metadata.name} deleted, to be made anew`;
        createGroup(world, group.metadata.name);
        return `${group.metadata.name} deleted and made anew`;
      }),
  },
  {
    name: 'power state changed',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const powerState = group.spec.powerState === 'PoweredOn' ? 'PoweredOff' : 'PoweredOn';
        world.users.changeSpec(group, { powerState });
        return `${group.metadata.name} shall be ${powerState}`;
      }),
  },
  {
    name: 'resized',
    weight: 4,
    happens: (world) =>
      withGroup(world, (group) => {
        const size = { cpu: oneOf([1, 2, 4, 8], world.random), memory: oneOf([1, 2], world.random) };
        world.users.changeSpec(group, size);
        return `${group.metadata.name} shall have ${size.cpu} CPU and ${size.memory} GiB`;
      }),
  },
  {
    name: 'replaced',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const { placement } = group.spec;
        world.users.changeSpec(group, { placement: placement?.datastore ? {} : { datastore: 'datastore-1' } });
        return `${group.metadata.name} gets another spec, revision ${revisionOf(group.spec)} before`;
      }),
  },
  {
    name: 'policy changed',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const policy = aPolicy(world.random);
        world.users.changeSpec(group, policy);
        return `${group.metadata.name} gets another policy: ${JSON.stringify(policy)}`;
      }),
  },
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
    name: 'paused or resumed',
    weight: 1,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.changeSpec(group, { paused: !group.spec.paused });
        return `${group.metadata.name} ${group.spec.paused ? 'goes on' : 'paused'}`;
      }),
  },
  {
    name: 'status overwritten',
    weight: 1,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.scribble(group);
        return `somebody writes over the status of ${group.metadata.name}`;
      }),
  },
  {
    name: 'force-orphaned',
    weight: 0.7,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.annotate(group, Annotation.ForceOrphan, 'true');
        world.users.delete(group);
        world.orphaned.add(group.metadata.uid);
        world.foldersKept.add(groupFolderName(NAMESPACE, group.metadata.name));
        return `${group.metadata.name} deleted, its machines left as they are`;
      }),
  },
  {
    name: 'machine switched off',
    weight: 5,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.power(machine.ref, 'poweredOff');
        return `${machine.name} switched off by hand`;
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
    name: 'machine copied with its marks',
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
    happens: (world) => withGroup(world, (group) => placeStranger(world, group)),
  },
  {
    name: 'host gone',
    weight: 2,
    happens: (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.connect(machine.ref, 'disconnected');
        return `the host of ${machine.name} is gone`;
      }),
  },
  {
    name: 'name taken',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const slot = { ordinal: Math.floor(world.random() * 4), revision: revisionOf(group.spec) };
        const name = virtualMachineName(group.metadata.name, group.metadata.uid, slot);
        const folder = folderOf(world, group);
        if (folder === undefined || world.vcenter.truth.holderOfName(folder, name) !== undefined) return undefined;
        world.vcenter.hand.place(folder, name);
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
        world.vcenter.hand.place(folder, `guest-${world.nextNumber()}`);
        return `somebody puts a machine into the folder of ${group.metadata.name}`;
      }),
  },
  {
    name: 'crash planned',
    weight: 7,
    happens: (world) => {
      const plan = drawCrash(world.random);
      world.crashPlans.push(plan);
      return `a crash is to come: ${JSON.stringify(plan)}`;
    },
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
    name: 'told to stop',
    weight: 1,
    happens: (world) =>
      withProcess(world, (process) => {
        process.stop();
        return `${process.name} is told to stop`;
      }),
  },
  {
    name: 'process stands still',
    weight: 3,
    happens: (world) =>
      withProcess(world, (process) => {
        const ms = withinMagnitudes({ from: 2_000, to: LONGEST_STOP_MS }, world.random);
        world.stopForAWhile(process, ms);
        return `${process.name} stands still for ${Math.round(ms)} ms`;
      }),
  },
  {
    name: 'process cut off from the API server',
    weight: 1.5,
    happens: (world) =>
      withProcess(world, (process) => {
        const ms = withinMagnitudes({ from: 1_000, to: 200_000 }, world.random);
        process.api.partition();
        world.clock.setTimer(ms, () => process.api.heal());
        return `${process.name} is cut off from the API server for ${Math.round(ms)} ms`;
      }),
  },
  {
    name: 'API server away',
    weight: 1.5,
    happens: (world) => {
      const ms = withinMagnitudes({ from: 1_000, to: 120_000 }, world.random);
      world.tally.meet('fault', 'API server down');
      world.kubernetes.down = true;
      for (const process of world.processes) process.api.breakStreams();
      world.clock.setTimer(ms, () => {
        world.kubernetes.down = false;
      });
      return `the API server is away for ${Math.round(ms)} ms`;
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
    name: 'sessions ended',
    weight: 2,
    happens: (world) => {
      world.vcenter.endSessions();
      return 'all sessions ended';
    },
  },
  {
    name: 'vCenter away',
    weight: 2,
    happens: (world) => {
      world.vcenter.goDown();
      const downMs = withinMagnitudes({ from: 1_000, to: 300_000 }, world.random);
      world.clock.setTimer(downMs, () => world.vcenter.goUp());
      return `vCenter does not answer for ${Math.round(downMs / 1000)} s`;
    },
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

export const DISTURBANCES: readonly string[] = STEPS.map(({ name }) => name);
const TOTAL_WEIGHT = STEPS.reduce((sum, { weight }) => sum + weight, 0);

/** Does one drawn thing and tells it. */
export function disturb(world: SimulatedWorld): void {
  let draw = world.random() * TOTAL_WEIGHT;
  for (const { name, weight, happens } of STEPS) {
    draw -= weight;
    if (draw >= 0) continue;
    const told = happens(world);
    if (told === undefined) return;
    world.tally.meet('disturbance', name);
    world.say(`STEP ${told}`);
    return;
  }
}

/** Takes away what no operator could cope with: hosts that are gone, names that others hold, pauses. */
export function endDisturbances(world: SimulatedWorld): void {
  world.heal();
  world.users.createSecret(NAMESPACE, GUEST_SECRET.name, GUEST_SECRET.key, GUEST_CANARY);
  for (const machine of world.vcenter.machines) {
    if (machine.connectionState !== 'connected') world.vcenter.hand.connect(machine.ref, 'connected');
    const isOurs = machine.madeBy === MODEL_ACCOUNT.userName;
    const blocks = /-replica-[a-z]{8}$/.test(machine.name) || ownerOf(machine) !== undefined;
    if (isOurs || !blocks) continue;
    world.ownership.forget(machine.ref);
    world.vcenter.hand.destroy(machine.ref);
  }
  // In half of the seeds nobody helps: every retry has to come by itself (R8).
  const isHelped = world.random() < 0.5;
  for (const group of world.users.list()) {
    // Whoever asks guests only has to see himself to those that do not answer.
    const { paused, powerOff } = group.spec;
    if (powerOff?.mode === 'Soft') world.users.changeSpec(group, { powerOff: { ...powerOff, mode: 'TrySoft' } });
    if (paused) world.users.changeSpec(group, { paused: false });
    if (isHelped) world.users.annotate(group, Annotation.Retry, 'healed');
  }
}

export function createGroup(world: SimulatedWorld, name: string): void {
  const spec = aSpec(world.random);
  world.users.create(NAMESPACE, name, spec);
  if (spec.deletionPolicy === 'Orphan') world.foldersKept.add(groupFolderName(NAMESPACE, name));
}

/** A restored or copied cluster, whose groups have the same UIDs: its machines are not ours. */
function placeStranger(world: SimulatedWorld, group: VmGroup): Told {
  const folder = folderOf(world, group);
  if (folder === undefined) return undefined;
  const { uid, name, namespace } = group.metadata;
  const slot = { ordinal: 7, revision: revisionOf(group.spec) };
  const uuid = instanceUuid(uid, { ...slot, revision: 'elsewhere' });
  const marks = marksFor({ cluster: 'another-cluster', group: `${namespace}/${name}`, groupUid: uid, slot }, uuid);
  const ref = world.vcenter.hand.place(folder, `stranger-${world.nextNumber()}`);
  const machine = world.vcenter.truth.machine(ref);
  machine.instanceUuid = uuid;
  for (const [key, value] of Object.entries(marks)) machine.extraConfig.set(key, value);
  world.vcenter.truth.changed(ref);
  return `a machine of another cluster in the folder of ${name}`;
}

function withGroup(world: SimulatedWorld, step: (group: VmGroup) => Told): Told {
  const living = world.users.list().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const group = living[Math.floor(world.random() * living.length)];
  return group && step(group);
}

function withReplica(world: SimulatedWorld, step: (machine: ModelMachine) => string): Told {
  const replicas = world.vcenter.machines.filter(
    (machine) =>
      machine.madeBy === MODEL_ACCOUNT.userName && machine.busy === undefined && ownerOf(machine) !== undefined,
  );
  const machine = replicas[Math.floor(world.random() * replicas.length)];
  return machine && step(machine);
}

/** Mostly the one that leads. */
function withProcess(world: SimulatedWorld, step: (process: OperatorProcess) => string): Told {
  const { processes } = world;
  const any = processes[Math.floor(world.random() * processes.length)];
  const process = world.random() < 0.7 ? (world.leader ?? any) : any;
  return process && step(process);
}

function folderOf(world: SimulatedWorld, group: VmGroup) {
  const name = `${group.metadata.namespace}.${group.metadata.name}`;
  const place = [...world.vcenter.truth.places.values()].find((candidate) => candidate.name === name);
  return place !== undefined && world.vcenter.truth.places.has(refKey(place.ref)) ? place.ref : undefined;
}
