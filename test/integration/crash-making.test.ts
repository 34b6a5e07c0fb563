/**
 * R2, R7: the operator is killed by SIGKILL right before, within and right after each kind of call, and started again. The
 * vCenter simulator takes a second for a clone. Whatever happens, no machine is there twice at any moment, the group comes
 * to exactly its machines, and nothing of it is left after its deletion.
 */
import { test } from 'vitest';
import { aStage, exactly, killAt, nothingIsLeft, REPLICAS, remove } from './crash-stage';

const BOUNDARIES = [
  { method: 'CreateFolder', at: 'Request', nth: 1 },
  { method: 'CreateFolder', at: 'Answer', nth: 1 },
  { method: 'CloneVM_Task', at: 'Request', nth: 2 },
  { method: 'CloneVM_Task', at: 'Answer', nth: 2 },
  { method: 'PowerOnVM_Task', at: 'Request', nth: 1 },
  { method: 'PowerOnVM_Task', at: 'Answer', nth: 2 },
] as const;

test('killed before and after each call that makes a group', async () => {
  const stage = await aStage();
  for (const hold of BOUNDARIES) {
    await killAt(stage, hold, () => stage.here.apply('web', { replicas: REPLICAS }));
    await exactly(stage, REPLICAS);
    await remove(stage);
    await nothingIsLeft(stage);
  }
});

test('killed after its clones have ended, before it is told', async () => {
  const stage = await aStage();
  const { here, proxy } = stage;
  await stage.run();
  await here.apply('web', { replicas: REPLICAS });
  await here.until('clones under way', async () =>
    proxy.calls.filter(({ method }) => method === 'CloneVM_Task').length === REPLICAS ? [] : ['fewer'],
  );
  const free = proxy.add({
    methods: ['WaitForUpdatesEx'],
    failure: { kind: 'Hold', at: 'Answer', held: () => undefined },
  });
  await here.until('all machines are there', async () =>
    (await here.machinesOf('web')).length === REPLICAS ? [] : ['fewer'],
  );
  await stage.kill();
  free();
  await exactly(stage, REPLICAS);
  await remove(stage);
  await nothingIsLeft(stage);
});
