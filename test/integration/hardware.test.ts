/** Hardware and disks of replicas, on a real API server and the vCenter simulator under the strict rules. */
import { expect, inject, test } from 'vitest';
import { Installation } from './installation';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);

/** What vCenter tells of each machine of web. */
async function told(here: Installation, path: string): Promise<readonly (string | undefined)[]> {
  const machines = await here.machinesOf('web');
  return await Promise.all(
    machines.map(async ({ id }) => (await here.vcenter.property('VirtualMachine', id, path, within()))?.text),
  );
}

const CORES = 'config.hardware.numCoresPerSocket';

/** Numbers of calls of the operator, by method. */
async function calls({ metricsUrl }: { readonly metricsUrl: string }, method: string): Promise<number> {
  const text = await (await fetch(`${metricsUrl}/metrics`)).text();
  return Number(new RegExp(`^vsphere_calls_total\\{[^}]*method="${method}"[^}]*\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

test('hardware is that of the clone, without a second task, and changes with a power cycle', async () => {
  const here = await Installation.start(binaries);
  const operator = await here.operator();
  const spec = { replicas: 2, cpu: 4 };
  await here.apply('web', { ...spec, hardware: { coresPerSocket: 2, cpuHotAdd: true, memoryHotAdd: true } });
  await here.untilRunning('web', 2);
  expect(await told(here, CORES)).toEqual(['2', '2']);
  expect(await told(here, 'config.cpuHotAddEnabled')).toEqual(['true', 'true']);
  expect(await told(here, 'config.memoryHotAddEnabled')).toEqual(['true', 'true']);
  expect([await calls(operator, 'PowerOffVM_Task'), await calls(operator, 'ReconfigVM_Task')]).toEqual([0, 0]);

  await here.apply('web', { ...spec, hardware: { coresPerSocket: 4, cpuHotAdd: true, memoryHotAdd: true } });
  await here.until('all with 4 cores per socket', async () => {
    const cores = await told(here, CORES);
    return cores.every((count) => count === '4') ? [] : [cores.join()];
  });
  await here.untilRunning('web', 2);
  expect(await calls(operator, 'PowerOffVM_Task')).toBe(2);

  // CPU and memory can be added now, while the machines are on.
  await here.apply('web', { ...spec, cpu: 8, hardware: { coresPerSocket: 4, cpuHotAdd: true, memoryHotAdd: true } });
  await here.until('all with 8 CPU', async () => {
    const machines = await here.machinesOf('web');
    return machines.every(({ numCpu }) => numCpu === 8) ? [] : machines.map(({ numCpu }) => `${numCpu} CPU`);
  });
  await here.untilRunning('web', 2);
  expect(await calls(operator, 'PowerOffVM_Task')).toBe(2);
});

test('hardware that a clone has dropped is put right before the machine is powered on', async () => {
  const here = await Installation.start(binaries, { strict: { off: ['WholeCloneConfig'] } });
  const operator = await here.operator();
  await here.apply('web', { replicas: 2, cpu: 4, hardware: { coresPerSocket: 2, memoryHotAdd: true } });
  await here.untilRunning('web', 2);
  expect(await told(here, CORES)).toEqual(['2', '2']);
  expect(await told(here, 'config.memoryHotAddEnabled')).toEqual(['true', 'true']);
  expect([await calls(operator, 'PowerOffVM_Task'), await calls(operator, 'ReconfigVM_Task')]).toEqual([0, 2]);
});
