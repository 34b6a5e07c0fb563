import { describe, expect, test } from 'vitest';
import { cloned, strictVCenter } from './raw-session';
import { nextUpdate, watched } from './raw-updates';

const MARK = 'config.extraConfig["mark"].value';
const PATHS = [
  'name',
  'runtime.connectionState',
  'config.hardware.numCPU',
  MARK,
  'summary.config.numCpu',
  'config.template',
];

describe.each(['inaccessible', 'orphaned', 'invalid'])('a machine that is %s', (state) => {
  test('has no configuration in RetrievePropertiesEx: absent, not missing', async () => {
    const { admin } = await strictVCenter();
    const machine = await cloned(admin, 'web');
    await admin.set(machine, { mark: 'ours' });
    expect(Object.keys(await admin.read(machine, ...PATHS)).sort()).toEqual([...PATHS].sort());
    await admin.set(machine, { 'SET.runtime.connectionState': state });
    expect(await admin.read(machine, ...PATHS)).toEqual({ name: 'web', 'runtime.connectionState': state });
    expect(await admin.read(machine, 'config')).toEqual({});
  });

  test('tells each path of it as indirectRemove without a value, and as assigned when it is back', async () => {
    const { admin } = await strictVCenter();
    const machine = await cloned(admin, 'web');
    await admin.set(machine, { mark: 'ours' });
    await watched(admin, machine, PATHS);
    expect(await nextUpdate(admin, '')).toContain(`${MARK} assign ours`);
    await admin.set(machine, { 'SET.runtime.connectionState': state });
    expect([...(await nextUpdate(admin, '-'))].sort()).toEqual([
      'config.extraConfig["mark"].value indirectRemove unset',
      'config.hardware.numCPU indirectRemove unset',
      'config.template indirectRemove unset',
      `runtime.connectionState assign ${state}`,
      'summary.config.numCpu indirectRemove unset',
    ]);
    await admin.set(machine, { 'SET.runtime.connectionState': 'connected' });
    expect([...(await nextUpdate(admin, '-'))].sort()).toEqual([
      'config.extraConfig["mark"].value assign ours',
      'config.hardware.numCPU assign 1',
      'config.template assign false',
      'runtime.connectionState assign connected',
      'summary.config.numCpu assign 1',
    ]);
  });

  test('enters without it, and takes no reconfiguration', async () => {
    const { admin } = await strictVCenter();
    const machine = await cloned(admin, 'web');
    await admin.set(machine, { 'SET.runtime.connectionState': state });
    await watched(admin, machine, PATHS);
    expect(await nextUpdate(admin, '')).toContain('config.hardware.numCPU indirectRemove unset');
    expect(await admin.task('ReconfigVM_Task', machine, '<spec><numCPUs>2</numCPUs></spec>')).toMatchObject({
      fault: 'InvalidState',
    });
  });
});

test('a disconnected machine keeps its configuration', async () => {
  const { admin } = await strictVCenter();
  const machine = await cloned(admin, 'web');
  await admin.set(machine, { 'SET.runtime.connectionState': 'disconnected' });
  expect(await admin.read(machine, 'config.template')).toEqual({ 'config.template': 'false' });
});
