import { beforeEach, describe, expect, test } from 'vitest';
import { cloned, type RawSession, strictVCenter } from './raw-session';

let admin: RawSession;
let machine: string;

beforeEach(async () => {
  ({ admin } = await strictVCenter());
  machine = await cloned(
    admin,
    'web',
    '<config><numCPUs>4</numCPUs><numCoresPerSocket>2</numCoresPerSocket><memoryMB>1024</memoryMB></config>',
  );
});

const reconfigured = async (spec: string) =>
  (await admin.task('ReconfigVM_Task', machine, `<spec>${spec}</spec>`)).fault;
const CPUS = (count: number) => `<numCPUs>${count}</numCPUs>`;
const CORES = (count: number) => `<numCoresPerSocket>${count}</numCoresPerSocket>`;
const MEMORY = (mib: number) => `<memoryMB>${mib}</memoryMB>`;

describe('a machine that is off', () => {
  test('takes any size but CPUs that do not fill its sockets', async () => {
    expect(await reconfigured(CPUS(3))).toBe('InvalidArgument');
    expect(await reconfigured(CPUS(3) + CORES(3))).toBeUndefined();
    expect(await reconfigured(CPUS(2) + CORES(1) + MEMORY(512))).toBeUndefined();
  });

  test('takes CPUs that do not fill a socket where the cores are chosen at power-on', async () => {
    await admin.set(machine, { 'SET.config.hardware.autoCoresPerSocket': true });
    expect(await reconfigured(CPUS(3))).toBeUndefined();
  });

  test('refuses a device that it does not have, by the index of the change', async () => {
    const change = (operation: string, key: number) =>
      `<deviceChange xsi:type="VirtualDeviceConfigSpec"><operation>${operation}</operation>` +
      `<device xsi:type="VirtualE1000"><key>${key}</key></device></deviceChange>`;
    for (const operation of ['edit', 'remove'])
      expect(await reconfigured(change(operation, 4999))).toBe('InvalidDeviceSpec');
    expect(await reconfigured(change('remove', 4000))).toBeUndefined();
  });

  test('refuses a change that names the version of before another change', async () => {
    const version = async () => (await admin.read(machine, 'config.changeVersion'))['config.changeVersion'];
    const change = `<changeVersion>${await version()}</changeVersion><annotation>first</annotation>`;
    expect(await reconfigured(change)).toBeUndefined();
    expect(await reconfigured(change)).toBe('ConcurrentAccess');
    expect(
      await reconfigured(`<changeVersion>${await version()}</changeVersion><annotation>second</annotation>`),
    ).toBeUndefined();
  });

  test('refuses a name of more than 80 characters', async () => {
    expect(await reconfigured(`<name>${'x'.repeat(81)}</name>`)).toBe('InvalidName');
    expect((await admin.call('Rename_Task', machine, `<newName>${'x'.repeat(81)}</newName>`)).fault).toBe(
      'InvalidName',
    );
  });

  test('gets another instance UUID than one that is taken', async () => {
    const uuid = (await admin.read(machine, 'config.instanceUuid'))['config.instanceUuid'];
    const other = await cloned(admin, 'other');
    await admin.task('ReconfigVM_Task', other, `<spec><instanceUuid>${uuid}</instanceUuid></spec>`);
    expect((await admin.read(other, 'config.instanceUuid'))['config.instanceUuid']).not.toBe(uuid);
  });
});

describe('a machine that is on', () => {
  beforeEach(async () => {
    expect(await admin.task('PowerOnVM_Task', machine)).not.toHaveProperty('fault');
  });

  test('takes no CPU and no memory without hot-add', async () => {
    expect(await reconfigured(CPUS(6))).toBe('CpuHotPlugNotSupported');
    expect(await reconfigured(MEMORY(2048))).toBe('MemoryHotPlugNotSupported');
    expect(await reconfigured(CPUS(4) + MEMORY(1024))).toBeUndefined();
  });

  test('takes more, but never less, with hot-add', async () => {
    await admin.set(machine, { 'SET.config.cpuHotAddEnabled': true, 'SET.config.memoryHotAddEnabled': true });
    expect(await reconfigured(CPUS(6) + MEMORY(2048))).toBeUndefined();
    expect(await reconfigured(CPUS(4))).toBe('CpuHotPlugNotSupported');
    expect(await reconfigured(MEMORY(1024))).toBe('MemoryHotPlugNotSupported');
    expect(await reconfigured(CPUS(7))).toBe('InvalidArgument');
  });

  test('takes memory in steps and up to a limit', async () => {
    await admin.set(machine, {
      'SET.config.memoryHotAddEnabled': true,
      'SET.config.hotPlugMemoryIncrementSize': 128,
      'SET.config.hotPlugMemoryLimit': 2048,
    });
    expect(await reconfigured(MEMORY(1100))).toBe('InvalidArgument');
    expect(await reconfigured(MEMORY(4096))).toBe('InvalidArgument');
    expect(await reconfigured(MEMORY(1152))).toBeUndefined();
  });

  test('keeps its hot-add flags', async () => {
    expect(await reconfigured('<memoryHotAddEnabled>true</memoryHotAddEnabled>')).toBe('InvalidPowerState');
    expect(await reconfigured('<cpuHotAddEnabled>true</cpuHotAddEnabled>')).toBe('InvalidPowerState');
  });

  test('keeps its cores per socket, and suspended its whole size', async () => {
    expect(await reconfigured(CORES(4))).toBe('InvalidPowerState');
    await admin.task('SuspendVM_Task', machine);
    expect(await reconfigured(CPUS(6))).toBe('InvalidPowerState');
    expect(await reconfigured(MEMORY(2048))).toBe('InvalidPowerState');
  });

  test('shuts its guest down only through running Tools', async () => {
    expect((await admin.call('ShutdownGuest', machine)).fault).toBe('ToolsUnavailable');
    await admin.set(machine, { 'SET.guest.toolsRunningStatus': 'guestToolsRunning' });
    expect((await admin.call('ShutdownGuest', machine)).fault).toBeUndefined();
  });
});

test('a power-on that raises a question runs until it is answered', async () => {
  await admin.task(
    'ReconfigVM_Task',
    machine,
    '<spec><extraConfig xsi:type="OptionValue"><key>strict.question</key><value xsi:type="xsd:string">moved or copied?</value></extraConfig></spec>',
  );
  const task = `Task:${(await admin.call('PowerOnVM_Task', machine)).value}`;
  await expect
    .poll(() => admin.read(machine, 'runtime.question'))
    .toMatchObject({
      'runtime.question': expect.stringContaining('moved or copied?'),
    });
  expect(await admin.read(task, 'info.state')).toEqual({ 'info.state': 'running' });
  expect(await admin.read(machine, 'runtime.powerState')).toEqual({ 'runtime.powerState': 'poweredOff' });
  const wrong = await admin.call('AnswerVM', machine, '<questionId>9</questionId><answerChoice>0</answerChoice>');
  expect(wrong.fault).toBe('InvalidArgument');
  await admin.call('AnswerVM', machine, '<questionId>1</questionId><answerChoice>0</answerChoice>');
  expect(await admin.end(task)).not.toHaveProperty('fault');
  expect(await admin.read(machine, 'runtime.question', 'runtime.powerState')).toEqual({
    'runtime.powerState': 'poweredOn',
  });
});
