import type { VmGroupSpec } from '../../src/api/vm-group';
import { LANDMARK } from '../fakes/vcenter';
import { differencesOfGroup, machinesOf } from './differences';
import { NAMESPACE } from './spec';
import type { SimulatedWorld } from './world';

const OTHERS_MS = 30 * 60_000;

/** R9: clones of a template on a datastore that hangs never end. Groups of other templates must not be delayed. */
export async function hangADatastore(world: SimulatedWorld): Promise<void> {
  // With one clone at a time no share is left for other groups. With 64 the story gets long.
  if (world.maxConcurrentTasks < 2 || world.maxConcurrentTasks > 16) return;
  world.tally.meet('fault', 'vCenter hanging datastore');
  const template = world.vcenter.hand.template(LANDMARK.operatorFolder, 'template-on-hanging-datastore');
  world.vcenter.tasks.hangs = ({ entity }) => entity.value === template.value;
  const { parent } = world.vcenter.truth.entity(LANDMARK.datastore);
  world.vcenter.truth.addEntity('Datastore', world.vcenter.truth.nextId('datastore'), 'hanging-datastore', parent);
  const others = world.users.list().filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const spec: VmGroupSpec = {
    ...{ cpu: 1, memory: 1, replicas: world.maxConcurrentTasks + 4, paused: false },
    ...{ minReadySeconds: 0, progressDeadlineSeconds: 600 },
    template: 'template-on-hanging-datastore',
    placement: { datastore: 'hanging-datastore' },
    powerState: 'PoweredOn',
    deletionPolicy: 'Delete',
  };
  world.users.create(NAMESPACE, 'stuck', spec);
  world.say(`STEP a datastore hangs, with ${spec.replicas} clones of the group stuck`);
  await world.advance(60_000);
  for (const group of others) world.users.changeSpec(group, { replicas: group.spec.replicas + 1 });
  world.say('STEP the other groups are scaled up by one');
  for (let passedMs = 0; ; passedMs += 10_000) {
    const differences = others.flatMap(({ metadata }) => {
      const group = world.users.get(`${metadata.namespace}/${metadata.name}`);
      return group === undefined ? [] : differencesOfGroup(group, machinesOf(group, world));
    });
    if (differences.length === 0) break;
    if (passedMs > OTHERS_MS) world.fail(`R9: a hanging datastore stops other groups: ${differences.join('; ')}`);
    await world.advance(10_000);
  }
  world.say('STEP the datastore answers again');
  world.vcenter.tasks.hangs = () => false;
}
