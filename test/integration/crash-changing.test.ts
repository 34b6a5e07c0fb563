/**
 * R2, R7: the operator is killed by SIGKILL before and after calls that change or delete a group, and started again. A
 * clone takes a second. No machine may ever exist twice, the group must get exactly its machines, and nothing may be left
 * after its deletion.
 */
import { expect, test } from 'vitest';
import { aCrashWorld, exactly, killAt, nothingIsLeft, REPLICAS } from './crash-world';

test('R2, R7: killed at each step of a resize, a scale-down, an update and a deletion', async () => {
  const world = await aCrashWorld();
  const { here } = world;
  await here.apply('web', { replicas: REPLICAS });
  await exactly(world, REPLICAS);
  const patch = (spec: object) => async () => {
    await here.run('patch', 'vg', 'web', '--type', 'merge', '-p', JSON.stringify({ spec }));
  };
  const at = (method: string, when: 'Request' | 'Answer', provoke?: () => Promise<void>, nth = 1) =>
    killAt(world, { method, at: when, nth }, provoke);

  await at('PowerOffVM_Task', 'Answer', patch({ cpu: 2 }));
  await at('ReconfigVM_Task', 'Request');
  await at('ReconfigVM_Task', 'Answer');
  await exactly(world, REPLICAS);
  expect((await here.machinesOf('web')).map(({ numCpu }) => numCpu)).toEqual(Array(REPLICAS).fill(2));

  await at('PowerOffVM_Task', 'Request', patch({ replicas: REPLICAS - 1 }));
  await at('Destroy_Task', 'Request');
  await exactly(world, REPLICAS - 1);
  await patch({ replicas: REPLICAS })();
  await exactly(world, REPLICAS);

  await at('Destroy_Task', 'Answer', patch({ placement: { datastore: 'LocalDS_0' } }));
  await at('CloneVM_Task', 'Answer');
  await exactly(world, REPLICAS);

  const deletion = async () => {
    await here.run('delete', 'vg', 'web', '--wait=false');
  };
  await at('PowerOffVM_Task', 'Answer', deletion, 2);
  await at('Destroy_Task', 'Answer', undefined, 2);
  await world.run();
  await here.untilGone('web');
  await nothingIsLeft(world);
});

test('R2, R7: killed before and after the removal of the folder', async () => {
  const world = await aCrashWorld();
  const { here } = world;
  for (const at of ['Request', 'Answer'] as const) {
    await here.apply('web', { replicas: 0 });
    await exactly(world, 0);
    // Without machines the only Destroy_Task is that of the folder.
    await killAt(world, { method: 'Destroy_Task', at, nth: 1 }, async () => {
      await here.run('delete', 'vg', 'web', '--wait=false');
    });
    await world.run();
    await here.untilGone('web');
    await nothingIsLeft(world);
  }
});
