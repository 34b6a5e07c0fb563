/** What people do to the template while groups use it. All of it is undone after a while. */
import type { ModelMachine } from '../../fakes/vcenter';
import { LANDMARK, withinMagnitudes } from '../../fakes/vcenter';
import { SNAPSHOT, TEMPLATE } from '../spec';
import type { SimulatedWorld } from '../world';
import { AWAY_MS, type Description, type Disturbance } from './disturbance';

export const TO_TEMPLATES: readonly Disturbance[] = [
  {
    name: 'template renamed',
    weight: 2,
    happens: (world) =>
      withTemplate(world, ({ ref, name }) => {
        world.vcenter.hand.rename(ref, `${name}-old-${world.nextNumber()}`);
        later(world, () => {
          if (templatesOf(world).length === 0) world.vcenter.hand.rename(ref, TEMPLATE);
        });
        return 'the template is renamed for a while';
      }),
  },
  {
    name: 'template deleted',
    weight: 2,
    happens: (world) =>
      withTemplate(world, ({ ref }) => {
        world.forget(ref);
        world.vcenter.hand.destroy(ref);
        later(world, () => makeTemplate(world));
        return 'the template is deleted, and made again after a while';
      }),
  },
  {
    name: 'template doubled',
    weight: 2,
    happens: (world) =>
      withTemplate(world, () => {
        const folder = world.vcenter.hand.createFolder(LANDMARK.machineFolder, `copies-${world.nextNumber()}`);
        const double = world.vcenter.hand.template(folder, TEMPLATE);
        later(world, () => {
          world.forget(double);
          world.vcenter.hand.destroy(double);
        });
        return 'there are two templates of the same name for a while';
      }),
  },
  {
    name: 'snapshot removed',
    weight: 6,
    happens: (world) =>
      withSnapshot(world, (template) => {
        world.vcenter.hand.removeSnapshots(template.ref);
        later(world, () => repairSnapshots(world));
        scaleLinked(world);
        return 'the snapshot of the template is removed for a while, and linked clones are due';
      }),
  },
  {
    name: 'snapshot doubled',
    weight: 3,
    happens: (world) =>
      withSnapshot(world, (template) => {
        world.vcenter.hand.takeSnapshot(template.ref, SNAPSHOT);
        later(world, () => repairSnapshots(world));
        scaleLinked(world);
        return 'the template has two snapshots of the same name for a while, and linked clones are due';
      }),
  },
];

/** Only linked clones are based on it. */
function withSnapshot(world: SimulatedWorld, step: (template: ModelMachine) => string): Description {
  if (linkedGroups(world).length === 0) return undefined;
  return withTemplate(world, (template) => (template.snapshots?.length === 1 ? step(template) : undefined));
}

function linkedGroups({ users }: SimulatedWorld) {
  return users
    .list()
    .filter(({ spec, metadata }) => spec.clone?.mode === 'Linked' && metadata.deletionTimestamp === undefined);
}

function scaleLinked(world: SimulatedWorld): void {
  for (const group of linkedGroups(world))
    world.users.changeSpec(group, { replicas: Math.min(6, group.spec.replicas + 1) });
}

/** Leaves exactly one snapshot. */
export function repairSnapshots(world: SimulatedWorld): void {
  for (const { ref, snapshots } of templatesOf(world)) {
    if (snapshots?.length === 1) continue;
    world.vcenter.hand.removeSnapshots(ref);
    world.vcenter.hand.takeSnapshot(ref, SNAPSHOT);
  }
}

/** Leaves exactly one template of the name. */
export function repairTemplates(world: SimulatedWorld): void {
  const [, ...others] = templatesOf(world);
  for (const { ref } of others) {
    world.forget(ref);
    world.vcenter.hand.destroy(ref);
  }
  makeTemplate(world);
}

function makeTemplate(world: SimulatedWorld): void {
  if (templatesOf(world).length === 0) world.vcenter.hand.template(LANDMARK.machineFolder, TEMPLATE);
  repairSnapshots(world);
}

function templatesOf(world: SimulatedWorld): readonly ModelMachine[] {
  return world.vcenter.machines.filter(({ name, isTemplate }) => isTemplate && name === TEMPLATE);
}

function withTemplate(world: SimulatedWorld, step: (template: ModelMachine) => Description): Description {
  const [template, ...others] = templatesOf(world);
  return template === undefined || others.length > 0 ? undefined : step(template);
}

function later(world: SimulatedWorld, undo: () => void): void {
  world.recoveries.after(withinMagnitudes(AWAY_MS, world.random), undo);
}
