/** R9: tasks that never end, as on a datastore that hangs, must not delay the groups that do not use it. */
import type { VmGroup, VmGroupSpec } from '../../src/api/vm-group';
import { type ManagedObjectReference, sameRef } from '../../src/vsphere/port';
import { ADAPTIVE } from '../../src/vsphere/task/limit';
import { LANDMARK, oneOf } from '../fakes/vcenter';
import type { ModelTask } from '../fakes/vcenter/objects';
import { createGroup } from './disturbances/users';
import { differencesOfGroup, machinesOf } from './group-differences';
import { NAMESPACE, TEMPLATE } from './spec';
import type { SimulatedWorld } from './world';

/** Shorter than the time after which a clone is overdue: the share alone must leave room for others (R9). */
const OTHERS_MS = 8 * 60_000;
const UNTIL_HUNG_MS = 20 * 60_000;
/** Longer than the pause between two reads of the whole inventory and the longest wait for a retry. */
const UNTIL_SEEN_MS = 30 * 60_000;
const STUCK_TEMPLATE = 'template-on-hanging-datastore';

interface Hanging {
  readonly name: 'clones' | 'power-ons' | 'destroys';
  readonly groups: readonly string[];
}

const HANGING: readonly [Hanging, ...Hanging[]] = [
  { name: 'clones', groups: ['stuck'] },
  // Each has a template of its own on that datastore, and names none.
  { name: 'clones', groups: ['stuck', 'stuck-too', 'stuck-as-well'] },
  { name: 'power-ons', groups: ['stuck'] },
  { name: 'destroys', groups: ['stuck'] },
  { name: 'power-ons', groups: ['stuck', 'stuck-too'] },
  { name: 'destroys', groups: ['stuck', 'stuck-too'] },
];
export const HANGING_ROWS: readonly string[] = [...new Set(HANGING.map(({ name }) => `vCenter hanging ${name}`))];

const DESCRIPTION: Readonly<Record<Hanging['name'], string>> = {
  clones: 'VirtualMachine.clone',
  'power-ons': 'VirtualMachine.powerOn',
  destroys: 'VirtualMachine.destroy',
};

export async function hangADatastore(world: SimulatedWorld): Promise<void> {
  // With one clone at a time no share is left for other groups. With 64 the story gets long.
  if (world.maxConcurrentTasks === 1 || world.maxConcurrentTasks > 16) return;
  const hanging = oneOf(HANGING, world.random);
  // A group may be at rest though its folder, which is shown to the account again, is not in the inventory yet.
  if (world.vcenter.quirks.sightRegained === 'Untold') await world.advance(UNTIL_SEEN_MS);
  // No orphans have this name, so nothing else holds the group back.
  if (freeGroups(world).length === 0) createGroup(world, 'spare');
  const others = freeGroups(world);
  const datastore = makeStuckGroups(world, hanging);
  // Only what is stuck hangs: the clones of its template, or the work on its machines.
  const isStuck = ({ entity, descriptionId }: ModelTask) =>
    descriptionId === DESCRIPTION[hanging.name] &&
    /^stuck|^template-on-hanging/.test(
      world.vcenter.machines.find(({ ref }) => ref.value === entity.value)?.name ?? '',
    );
  if (hanging.name === 'destroys') {
    await world.advance(UNTIL_HUNG_MS);
    for (const group of stuck(world)) world.users.changeSpec(group, { replicas: 0 });
  }
  const hungBefore = world.vcenter.tasks.hung.size;
  const goOn = world.vcenter.tasks.hang(isStuck);
  world.say(`STEP ${hanging.name} of ${hanging.groups} hang`);
  const least = hanging.name === 'clones' ? 1 : hanging.groups.length > 1 ? 4 : 3;
  for (let passedMs = 0; world.vcenter.tasks.hung.size - hungBefore < least; passedMs += 10_000) {
    await world.advance(10_000);
    if (passedMs > UNTIL_HUNG_MS) break;
  }
  // A story whose work does not hang shows nothing.
  if (world.vcenter.tasks.hung.size - hungBefore >= least) world.tally.meet('fault', `vCenter hanging ${hanging.name}`);
  for (const group of others) world.users.changeSpec(group, { replicas: group.spec.replicas + 1 });
  world.say('STEP the other groups are scaled up by one');
  for (let passedMs = 0; ; passedMs += 10_000) {
    const differences = others.flatMap(({ metadata }) => {
      const group = world.users.get(`${metadata.namespace}/${metadata.name}`);
      if (group === undefined) return [];
      const machines = machinesOf(group, world);
      // vCenter may have put one of them there, too.
      if (machines.some(({ datastores }) => datastores.some((used) => sameRef(used, datastore)))) return [];
      return differencesOfGroup(group, machines);
    });
    if (differences.length === 0) break;
    if (passedMs > OTHERS_MS) world.fail(`R9: hanging ${hanging.name} stop other groups: ${differences.join('; ')}`);
    await world.advance(10_000);
  }
  world.say('STEP what was stuck goes on');
  goOn();
}

function makeStuckGroups(world: SimulatedWorld, { name, groups }: Hanging): ManagedObjectReference {
  const { hand, truth } = world.vcenter;
  const clones = name === 'clones';
  const isNamed = !clones || groups.length === 1;
  const { parent } = truth.entity(LANDMARK.datastore);
  const datastore = truth.addEntity('Datastore', truth.nextId('datastore'), 'hanging-datastore', parent).ref;
  for (const group of clones ? groups : []) {
    const template = hand.template(LANDMARK.machineFolder, `${STUCK_TEMPLATE}-${group}`);
    if (!isNamed) Object.assign(truth.machine(template), { datastores: [datastore] });
    truth.changed(template);
  }
  const specOf = (group: string): VmGroupSpec => ({
    ...{ cpu: 1, memory: 1, replicas: clones ? (world.maxConcurrentTasks || ADAPTIVE.start) + 4 : 6, paused: false },
    ...{ minReadySeconds: 0, progressDeadlineSeconds: 600 },
    template: clones ? `${STUCK_TEMPLATE}-${group}` : TEMPLATE,
    ...world.homes.referenceTo('main'),
    ...(isNamed && { placement: { datastore: 'hanging-datastore' } }),
    powerState: name === 'destroys' ? 'PoweredOff' : 'PoweredOn',
    deletionPolicy: 'Delete',
  });
  for (const group of groups) world.users.create(NAMESPACE, group, specOf(group));
  return datastore;
}

function living(world: SimulatedWorld): readonly VmGroup[] {
  return world.users.list().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** Groups that make a machine when they are scaled up. Another one may wait for a person who answers for its orphans. */
export function freeGroups(world: SimulatedWorld): readonly VmGroup[] {
  const waits = ({ status }: VmGroup) =>
    status?.conditions?.some((condition) => condition.type === 'Stalled' && condition.status === 'True') === true;
  return living(world).filter((group) => !waits(group));
}

function stuck(world: SimulatedWorld): readonly VmGroup[] {
  return living(world).filter(({ metadata }) => metadata.name.startsWith('stuck'));
}
