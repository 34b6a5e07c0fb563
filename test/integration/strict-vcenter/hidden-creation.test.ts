import { expect, test } from 'vitest';
import { sleep, systemClock } from '../../../src/time/clock';
import { begun, type RawSession, strictVCenter } from './raw-session';
import { nextUpdate, watched } from './raw-updates';

const PATHS = ['name', 'runtime.connectionState', 'config.instanceUuid', 'summary.config.numCpu'];
const forever = new AbortController().signal;

async function onceThere(admin: RawSession, name: string): Promise<string> {
  for (;;) {
    try {
      return await admin.find('VirtualMachine', name);
    } catch {
      await sleep(systemClock, 20, forever);
    }
  }
}

test('a machine has no configuration while the clone that makes it runs, and has it when the clone has ended', async () => {
  const { admin } = await strictVCenter({ strict: { hiddenCreationMs: 2_000 } });
  const task = await begun(admin, 'web');
  const machine = await onceThere(admin, 'web');
  expect(await admin.read(machine, ...PATHS)).toEqual({ name: 'web', 'runtime.connectionState': 'connected' });
  expect(await admin.read(task, 'info.state')).toEqual({ 'info.state': 'running' });
  expect(await admin.end(task)).not.toHaveProperty('fault');
  expect(Object.keys(await admin.read(machine, ...PATHS)).sort()).toEqual([...PATHS].sort());
});

test('a filter tells first that the configuration is unset, and then what it is', async () => {
  const { admin } = await strictVCenter({ strict: { hiddenCreationMs: 2_000 } });
  const task = await begun(admin, 'web');
  await watched(admin, await onceThere(admin, 'web'), PATHS);
  const unset = ['config.instanceUuid indirectRemove unset', 'summary.config.numCpu indirectRemove unset'];
  expect(await nextUpdate(admin, '')).toEqual(expect.arrayContaining(unset));
  expect(await nextUpdate(admin, '-')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^config.instanceUuid assign \w+-/),
      'summary.config.numCpu assign 1',
    ]),
  );
  await admin.end(task);
});

test('other clones of the template are made meanwhile', async () => {
  const { admin } = await strictVCenter({ strict: { hiddenCreationMs: 2_000 } });
  const tasks = [await begun(admin, 'a'), await begun(admin, 'b')];
  await onceThere(admin, 'a');
  await onceThere(admin, 'b');
  const states = await Promise.all(tasks.map((task) => admin.read(task, 'info.state')));
  expect(states.map((read) => read['info.state'])).toEqual(['running', 'running']);
  for (const task of tasks) await admin.end(task);
});

test('a clone to a name that is taken hides nothing', async () => {
  const { admin } = await strictVCenter({ strict: { hiddenCreationMs: 2_000 } });
  await admin.end(await begun(admin, 'web'));
  const machine = await admin.find('VirtualMachine', 'web');
  const task = await begun(admin, 'web');
  expect(await admin.read(machine, 'summary.config.numCpu')).toEqual({ 'summary.config.numCpu': '1' });
  expect(await admin.end(task)).toMatchObject({ fault: 'DuplicateName' });
  expect(await admin.read(machine, 'summary.config.numCpu')).toEqual({ 'summary.config.numCpu': '1' });
});
