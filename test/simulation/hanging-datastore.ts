import type { VmGroup, VmGroupSpec } from '../../src/api/vm-group';
import { LANDMARK } from '../fakes/vcenter';
import { differencesOfGroup, machinesOf } from './differences';
import { NAMESPACE } from './spec';
import type { SimulatedWorld } from './world';

/** Shorter than the time after which a clone is overdue: the share alone must leave room for others. */
const OTHERS_MS = 8 * 60_000;
const CLONING_MS = 60 * 60_000;

/** R9: clones of a template on a datastore that hangs never end. Groups of other templates must not be delayed. */
export async function hangADatastore(world: SimulatedWorld): Promise<void> {
  // With one clone at a time no share is left for other groups. With 64 the story gets long.
  if (world.maxConcurrentTasks < 2 || world.maxConcurrentTasks > 16) return;
  world.tally.meet('fault', 'vCenter hanging datastore');
  const template = world.vcenter.hand.template(LANDMARK.operatorFolder, 'template-on-hanging-datastore');
  world.vcenter.tasks.hangs = ({ entity }) => entity.value === template.value;
  const { parent } = world.vcenter.truth.entity(LANDMARK.datastore);
  world.vcenter.truth.addEntity('Datastore', world.vcenter.truth.nextId('datastore'), 'hanging-datastore', parent);
  const others = livingGroups(world);
  const spec = stuckSpec(world.maxConcurrentTasks + 4, 'template-on-hanging-datastore', 'PoweredOn');
  world.users.create(NAMESPACE, 'stuck', { ...spec, placement: { datastore: 'hanging-datastore' } });
  world.say(`STEP a datastore hangs, with ${spec.replicas} clones of the group stuck`);
  await world.advance(60_000);
  await othersGoOn(world, others, 'a hanging datastore');
  world.say('STEP the datastore answers again');
  world.vcenter.tasks.hangs = () => false;
}

/** R9: power-ons of two groups never end, and they fill the lane. Other groups must not be delayed for long. */
export async function hangPowerOns(world: SimulatedWorld): Promise<void> {
  if (world.maxConcurrentTasks > 16) return;
  world.tally.meet('fault', 'vCenter hanging power-ons');
  const others = livingGroups(world);
  const spec = stuckSpec(Math.max(4, world.maxConcurrentTasks), 'vm-operator-template', 'PoweredOff');
  for (const name of ['stuck', 'stuck-too']) world.users.create(NAMESPACE, name, spec);
  const stuck = livingGroups(world).filter(({ metadata }) => metadata.name.startsWith('stuck'));
  const ends = () => stuck.flatMap((group) => differencesOf(world, group)).length === 0;
  for (let passedMs = 0; !ends() && passedMs < CLONING_MS; passedMs += 10_000) await world.advance(10_000);
  const held = new Set(
    world.vcenter.machines.filter(({ name }) => name.startsWith('stuck')).map(({ ref }) => ref.value),
  );
  world.vcenter.tasks.hangs = ({ entity, descriptionId }) =>
    descriptionId === 'VirtualMachine.powerOn' && held.has(entity.value);
  for (const group of stuck) world.users.changeSpec(group, { powerState: 'PoweredOn' });
  world.say(`STEP ${held.size} machines of the groups stuck and stuck-too hang while they are powered on`);
  await world.advance(60_000);
  await othersGoOn(world, others, 'hanging power-ons');
  world.say('STEP the power-ons end');
  world.vcenter.tasks.hangs = () => false;
}

function livingGroups(world: SimulatedWorld): readonly VmGroup[] {
  return world.users.list().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

function stuckSpec(replicas: number, template: string, powerState: VmGroupSpec['powerState']): VmGroupSpec {
  const always = { minReadySeconds: 0, progressDeadlineSeconds: 600, deletionPolicy: 'Delete' } as const;
  return { cpu: 1, memory: 1, paused: false, ...always, replicas, template, powerState };
}

async function othersGoOn(world: SimulatedWorld, others: readonly VmGroup[], what: string): Promise<void> {
  for (const group of others) world.users.changeSpec(group, { replicas: group.spec.replicas + 1 });
  world.say('STEP the other groups are scaled up by one');
  for (let passedMs = 0; ; passedMs += 10_000) {
    const differences = others.flatMap((group) => differencesOf(world, group));
    if (differences.length === 0) break;
    if (passedMs > OTHERS_MS) world.fail(`R9: ${what} stops other groups: ${differences.join('; ')}`);
    await world.advance(10_000);
  }
}

function differencesOf(world: SimulatedWorld, { metadata }: VmGroup): readonly string[] {
  const group = world.users.get(`${metadata.namespace}/${metadata.name}`);
  return group === undefined ? [] : differencesOfGroup(group, machinesOf(group, world));
}
