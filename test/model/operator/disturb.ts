/** Things that happen to an operator: users, people at vCenter, failures. One drawn step at a time. */
import { revisionOf, virtualMachineName } from '../../../src/api/identity';
import { groupKey, type VmGroup, type VmGroupSpec } from '../../../src/api/vm-group';
import { refKey } from '../../../src/vsphere/port';
import { LANDMARK, MODEL_ACCOUNT, type ModelMachine, oneOf, withinMagnitudes } from '../vcenter';
import type { OperatorWorld } from './operator-world';
import { ownerOf } from './watchers';

export const NAMESPACE = 'shop';
const NAMES = ['web', 'db', 'cache'] as const;

export function aSpec(world: OperatorWorld): VmGroupSpec {
  return {
    cpu: oneOf([1, 2, 4], world.random),
    memory: oneOf([1, 2], world.random),
    replicas: Math.floor(world.random() * 5),
    template: 'vm-operator-template',
    powerState: world.random() < 0.85 ? 'PoweredOn' : 'PoweredOff',
    deletionPolicy: 'Delete',
    paused: false,
    minReadySeconds: 0,
    progressDeadlineSeconds: 1800,
  };
}

const STEPS: readonly (readonly [weight: number, step: (world: OperatorWorld) => string | undefined])[] = [
  [
    6,
    (world) =>
      withGroup(world, (group) => {
        const replicas = Math.floor(world.random() * 6);
        world.groups.changeSpec(groupKey(group), { replicas });
        return `${group.metadata.name} scaled to ${replicas}`;
      }),
  ],
  [
    3,
    (world) => {
      const name = oneOf(NAMES, world.random);
      if (world.groups.get(`${NAMESPACE}/${name}`) !== undefined) return undefined;
      world.groups.create(NAMESPACE, name, aSpec(world));
      return `${name} created`;
    },
  ],
  [
    2,
    (world) =>
      withGroup(world, (group) => {
        world.groups.delete(groupKey(group));
        return `${group.metadata.name} deleted`;
      }),
  ],
  [
    2,
    (world) =>
      withGroup(world, (group) => {
        const powerState = group.spec.powerState === 'PoweredOn' ? 'PoweredOff' : 'PoweredOn';
        world.groups.changeSpec(groupKey(group), { powerState });
        return `${group.metadata.name} shall be ${powerState}`;
      }),
  ],
  [
    2,
    (world) =>
      withGroup(world, (group) => {
        const placement = { datastore: 'datastore-1' };
        world.groups.changeSpec(groupKey(group), group.spec.placement === undefined ? { placement } : { cpu: 8 });
        return `${group.metadata.name} gets another spec, revision ${revisionOf(group.spec)} before`;
      }),
  ],
  [
    1,
    (world) =>
      withGroup(world, (group) => {
        world.groups.changeSpec(groupKey(group), { paused: !group.spec.paused });
        return `${group.metadata.name} ${group.spec.paused ? 'goes on' : 'paused'}`;
      }),
  ],
  [
    5,
    (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.power(machine.ref, 'poweredOff');
        return `${machine.name} switched off by hand`;
      }),
  ],
  [
    4,
    (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.destroy(machine.ref);
        return `${machine.name} destroyed by hand`;
      }),
  ],
  [
    2,
    (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.rename(machine.ref, `${machine.name}-mine`);
        return `${machine.name} renamed by hand`;
      }),
  ],
  [
    2,
    (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.move(machine.ref, LANDMARK.machineFolder);
        return `${machine.name} moved away by hand`;
      }),
  ],
  [
    3,
    (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.clone(machine.ref, machine.parent, `copy-of-${machine.ref.value}`);
        return `${machine.name} cloned by hand, with our marks`;
      }),
  ],
  [
    2,
    (world) =>
      withReplica(world, (machine) => {
        world.vcenter.hand.connect(machine.ref, 'disconnected');
        return `the host of ${machine.name} is gone`;
      }),
  ],
  [
    2,
    (world) =>
      withGroup(world, (group) => {
        const slot = { ordinal: Math.floor(world.random() * 4), revision: revisionOf(group.spec) };
        const name = virtualMachineName(group.metadata.name, group.metadata.uid, slot);
        const folder = folderOf(world, group);
        if (folder === undefined || world.vcenter.truth.holderOfName(folder, name) !== undefined) return undefined;
        world.vcenter.hand.place(folder, name);
        return `somebody takes the name ${name}`;
      }),
  ],
  [
    6,
    (world) => {
      world.crash();
      if (world.random() < 0.5) world.restart();
      else {
        const downMs = withinMagnitudes({ from: 100, to: 120_000 }, world.random);
        world.clock.setTimer(downMs, () => world.restart());
      }
      return 'crash';
    },
  ],
  [
    2,
    (world) => {
      world.vcenter.endSessions();
      return 'all sessions ended';
    },
  ],
  [
    2,
    (world) => {
      world.vcenter.goDown();
      const downMs = withinMagnitudes({ from: 1_000, to: 300_000 }, world.random);
      world.clock.setTimer(downMs, () => world.vcenter.goUp());
      return `vCenter does not answer for ${Math.round(downMs / 1000)} s`;
    },
  ],
  [
    1,
    (world) => {
      const ms = Math.round((world.random() - 0.5) * 86_400_000);
      world.clock.jumpWall(ms);
      return `the wall clock jumps by ${ms} ms`;
    },
  ],
];

/** Does one drawn thing and tells it. */
export function disturb(world: OperatorWorld): void {
  const total = STEPS.reduce((sum, [weight]) => sum + weight, 0);
  let draw = world.random() * total;
  for (const [weight, step] of STEPS) {
    draw -= weight;
    if (draw >= 0) continue;
    const told = step(world);
    if (told !== undefined) world.say(`STEP ${told}`);
    return;
  }
}

/** Takes away what no operator could cope with: hosts that are gone, names that others hold, pauses. */
export function endDisturbances(world: OperatorWorld): void {
  world.heal();
  for (const machine of world.vcenter.machines) {
    if (machine.connectionState !== 'connected') world.vcenter.hand.connect(machine.ref, 'connected');
    if (machine.madeBy === MODEL_ACCOUNT.userName || !/-replica-[a-z]{8}$/.test(machine.name)) continue;
    world.foreign.forget(machine.ref);
    world.vcenter.hand.destroy(machine.ref);
  }
  for (const group of world.groups.list()) {
    if (group.spec.paused) world.groups.changeSpec(groupKey(group), { paused: false });
    world.groups.annotate(groupKey(group), 'vm.codeconnect.vmworld.com/retry', 'healed');
  }
}

function withGroup(world: OperatorWorld, step: (group: VmGroup) => string | undefined): string | undefined {
  const living = world.groups.list().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const group = living[Math.floor(world.random() * living.length)];
  return group && step(group);
}

function withReplica(world: OperatorWorld, step: (machine: ModelMachine) => string): string | undefined {
  const replicas = world.vcenter.machines.filter(
    (machine) =>
      machine.madeBy === MODEL_ACCOUNT.userName && machine.busy === undefined && ownerOf(machine) !== undefined,
  );
  const machine = replicas[Math.floor(world.random() * replicas.length)];
  return machine && step(machine);
}

function folderOf(world: OperatorWorld, group: VmGroup) {
  const name = `${group.metadata.namespace}.${group.metadata.name}`;
  const place = [...world.vcenter.truth.places.values()].find((candidate) => candidate.name === name);
  return place !== undefined && world.vcenter.truth.places.has(refKey(place.ref)) ? place.ref : undefined;
}
