/**
 * R2, R7: the operator is killed by SIGKILL right before, within and right after each kind of call, and started again. The
 * vCenter simulator takes a second for a clone. Whatever happens, no machine is there twice at any moment, the group comes
 * to exactly its machines, and nothing of it is left after its deletion.
 */
import { expect, test } from 'vitest';
import { aStage, exactly, killAt, nothingIsLeft, REPLICAS } from './crash-stage';

test('killed at each step of a resize, a scale-down, an update and a deletion', async () => {
  const stage = await aStage();
  const { here } = stage;
  await here.apply('web', { replicas: REPLICAS });
  await exactly(stage, REPLICAS);
  const patch = (spec: object) => async () => {
    await here.run('patch', 'vg', 'web', '--type', 'merge', '-p', JSON.stringify({ spec }));
  };
  const at = (method: string, when: 'Request' | 'Answer', provoke?: () => Promise<void>, nth = 1) =>
    killAt(stage, { method, at: when, nth }, provoke);

  await at('PowerOffVM_Task', 'Answer', patch({ cpu: 2 }));
  await at('ReconfigVM_Task', 'Request');
  await at('ReconfigVM_Task', 'Answer');
  await exactly(stage, REPLICAS);
  expect((await here.machinesOf('web')).map(({ numCpu }) => numCpu)).toEqual(Array(REPLICAS).fill(2));

  await at('PowerOffVM_Task', 'Request', patch({ replicas: REPLICAS - 1 }));
  await at('Destroy_Task', 'Request');
  await exactly(stage, REPLICAS - 1);
  await patch({ replicas: REPLICAS })();
  await exactly(stage, REPLICAS);

  await at('Destroy_Task', 'Answer', patch({ placement: { datastore: 'LocalDS_0' } }));
  await at('CloneVM_Task', 'Answer');
  await exactly(stage, REPLICAS);

  const deletion = async () => {
    await here.run('delete', 'vg', 'web', '--wait=false');
  };
  await at('PowerOffVM_Task', 'Answer', deletion, 2);
  await at('Destroy_Task', 'Answer', undefined, 2);
  await stage.run();
  await here.untilGone('web');
  await nothingIsLeft(stage);
});

test('killed before and after the removal of the folder', async () => {
  const stage = await aStage();
  const { here } = stage;
  for (const at of ['Request', 'Answer'] as const) {
    await here.apply('web', { replicas: 0 });
    await exactly(stage, 0);
    // Without machines the folder's is the only one.
    await killAt(stage, { method: 'Destroy_Task', at, nth: 1 }, async () => {
      await here.run('delete', 'vg', 'web', '--wait=false');
    });
    await stage.run();
    await here.untilGone('web');
    await nothingIsLeft(stage);
  }
});
