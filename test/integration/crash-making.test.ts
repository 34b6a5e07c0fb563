/**
 * R2, R7: the operator is killed by SIGKILL before and after each call that makes a group, and started again. A clone
 * takes a second. No machine may ever exist twice, the group must get exactly its machines, and nothing may be left after
 * its deletion.
 */
import { test } from 'vitest';
import { aCrashWorld, exactly, killAt, nothingIsLeft, REPLICAS, remove } from './crash-world';

const BOUNDARIES = [
  { method: 'CreateFolder', at: 'Request', nth: 1 },
  { method: 'CreateFolder', at: 'Answer', nth: 1 },
  { method: 'CloneVM_Task', at: 'Request', nth: 2 },
  { method: 'CloneVM_Task', at: 'Answer', nth: 2 },
  { method: 'PowerOnVM_Task', at: 'Request', nth: 1 },
  { method: 'PowerOnVM_Task', at: 'Answer', nth: 2 },
] as const;

test('R2, R7: killed before and after each call that makes a group', async () => {
  const world = await aCrashWorld();
  for (const hold of BOUNDARIES) {
    await killAt(world, hold, () => world.here.apply('web', { replicas: REPLICAS }));
    await exactly(world, REPLICAS);
    await remove(world);
    await nothingIsLeft(world);
  }
});

test('R2, R7: killed after its clones have ended, before it sees that', async () => {
  const world = await aCrashWorld();
  const { here, proxy } = world;
  await world.run();
  await here.apply('web', { replicas: REPLICAS });
  await here.until('all clones were sent', async () =>
    proxy.calls.filter(({ method }) => method === 'CloneVM_Task').length === REPLICAS ? [] : ['fewer'],
  );
  const endHold = proxy.add({
    methods: ['WaitForUpdatesEx'],
    failure: { kind: 'Hold', at: 'Answer', held: () => undefined },
  });
  await here.until('all machines exist', async () =>
    (await here.machinesOf('web')).length === REPLICAS ? [] : ['fewer'],
  );
  await world.kill();
  endHold();
  await exactly(world, REPLICAS);
  await remove(world);
  await nothingIsLeft(world);
});
