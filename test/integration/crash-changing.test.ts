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
  let operator = await stage.start();
  await here.apply('web', { replicas: REPLICAS });
  await exactly(stage, REPLICAS);
  const patch = (spec: object) => async () => {
    await here.run('patch', 'vg', 'web', '--type', 'merge', '-p', JSON.stringify({ spec }));
  };
  const at = async (method: string, when: 'Request' | 'Answer', provoke: () => Promise<void>, nth = 1) => {
    operator = await killAt(stage, operator, { method, at: when, nth }, provoke);
  };
  const nothing = async () => undefined;

  await at('PowerOffVM_Task', 'Answer', patch({ cpu: 2 }));
  await at('ReconfigVM_Task', 'Request', nothing);
  await at('ReconfigVM_Task', 'Answer', nothing);
  await exactly(stage, REPLICAS);
  expect((await here.machinesOf('web')).map(({ numCpu }) => numCpu)).toEqual(Array(REPLICAS).fill(2));

  await at('PowerOffVM_Task', 'Request', patch({ replicas: REPLICAS - 1 }));
  await at('Destroy_Task', 'Request', nothing);
  await exactly(stage, REPLICAS - 1);
  await patch({ replicas: REPLICAS })();
  await exactly(stage, REPLICAS);

  await at('Destroy_Task', 'Answer', patch({ placement: { datastore: 'LocalDS_0' } }));
  await at('CloneVM_Task', 'Answer', nothing);
  await exactly(stage, REPLICAS);

  const deletion = async () => {
    await here.run('delete', 'vg', 'web', '--wait=false');
  };
  await at('PowerOffVM_Task', 'Answer', deletion, 2);
  await at('Destroy_Task', 'Answer', nothing, 2);
  await here.untilGone('web');
  await nothingIsLeft(stage);
});

test('killed before and after the removal of the folder', async () => {
  const stage = await aStage();
  const { here } = stage;
  let operator = await stage.start();
  for (const at of ['Request', 'Answer'] as const) {
    await here.apply('web', { replicas: 0 });
    await here.untilRunning('web', 0);
    // Without machines the folder's is the only one.
    operator = await killAt(stage, operator, { method: 'Destroy_Task', at, nth: 1 }, async () => {
      await here.run('delete', 'vg', 'web', '--wait=false');
    });
    await here.untilGone('web');
    await nothingIsLeft(stage);
  }
});
