import { beforeAll, expect, inject, test } from 'vitest';
import type { OperatorProcess } from '../envtest/real-parts';
import { buildIfDue } from './command';
import { Installation } from './installation';

const binaries = inject('binaries');

beforeAll(buildIfDue);

test('machines whose VmGroup does not exist are counted and logged, and nothing is done to them', async () => {
  const here = await Installation.start(binaries);
  const operator = await here.operator();
  await here.apply('web', { replicas: 2 });
  await here.untilRunning('web', 2);
  expect(await unownedMachines(operator)).toBe('0');
  await here.run('annotate', 'vg/web', 'vm.codeconnect.vmworld.com/force-orphan=true');
  await here.run('delete', 'vg/web');
  await here.untilGone('web');
  await expect.poll(() => unownedMachines(operator)).toBe('2');
  await operator.stop();
  const successor = await here.operator({ flags: ['--log-format=json'] });
  await here.until('the log has it', async () =>
    /their VmGroups do not exist.*"count":2.*adopt=Adopt/.test(successor.log.last(100)) ? [] : [successor.log.last(5)],
  );
  expect(await here.machinesOf('web')).toHaveLength(2);
});

const unownedMachines = async (operator: OperatorProcess): Promise<string | undefined> => {
  const answer = await fetch(`${operator.metricsUrl}/metrics`);
  return /^vm_operator_unowned_machines\{.*\} (\d+)$/m.exec(await answer.text())?.[1];
};
