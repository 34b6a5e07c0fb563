import { describe, expect, test } from 'vitest';
import { cloned, pathSet, type RawSession, ref, strictVCenter } from './raw-session';

const MARK = 'config.extraConfig["mark"].value';
const PATHS = [
  'name',
  'runtime.connectionState',
  'config.hardware.numCPU',
  MARK,
  'summary.config.numCpu',
  'config.template',
];

/** The changes of one update as path=op or path=value. */
async function update(admin: RawSession, version: string): Promise<readonly string[]> {
  const wait = `<version>${version}</version><options><maxWaitSeconds>10</maxWaitSeconds></options>`;
  const { root } = await admin.call('WaitForUpdatesEx', 'PropertyCollector:propertyCollector', wait);
  return root.findAll('changeSet').map((change) => {
    const op = change.find('op')?.text;
    return `${change.find('name')?.text} ${op} ${change.find('val')?.text ?? 'unset'}`;
  });
}

async function watched(admin: RawSession, machine: string): Promise<void> {
  const spec = `<spec><propSet><type>VirtualMachine</type>${pathSet(PATHS)}</propSet><objectSet>${ref('obj', machine)}</objectSet></spec>`;
  await admin.call(
    'CreateFilter',
    'PropertyCollector:propertyCollector',
    `${spec}<partialUpdates>false</partialUpdates>`,
  );
}

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
    await watched(admin, machine);
    expect(await update(admin, '')).toContain(`${MARK} assign ours`);
    await admin.set(machine, { 'SET.runtime.connectionState': state });
    expect([...(await update(admin, '-'))].sort()).toEqual([
      'config.extraConfig["mark"].value indirectRemove unset',
      'config.hardware.numCPU indirectRemove unset',
      'config.template indirectRemove unset',
      `runtime.connectionState assign ${state}`,
      'summary.config.numCpu indirectRemove unset',
    ]);
    await admin.set(machine, { 'SET.runtime.connectionState': 'connected' });
    expect([...(await update(admin, '-'))].sort()).toEqual([
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
    await watched(admin, machine);
    expect(await update(admin, '')).toContain('config.hardware.numCPU indirectRemove unset');
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
