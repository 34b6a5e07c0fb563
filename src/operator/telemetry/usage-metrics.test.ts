import { Registry } from 'prom-client';
import { beforeEach, expect, test } from 'vitest';
import { observeUsage, type UsageOfVCenter } from './usage-metrics';

const amount = (vms: number) => ({ vms, cpu: 2 * vms, memoryMiB: 1536 * vms });
const usageOf = (...namespaces: readonly (readonly [string, number])[]) => ({
  total: amount(namespaces.reduce((sum, [, vms]) => sum + vms, 0)),
  namespaces: new Map(namespaces.map(([name, vms]) => [name, amount(vms)])),
});

let vcenters: readonly UsageOfVCenter[];
let registry: Registry;
beforeEach(() => {
  vcenters = [];
  registry = new Registry();
  observeUsage(registry, () => vcenters);
});

/** The series, without comments and without the prefix that all have. */
async function series(): Promise<readonly string[]> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.replace('vm_operator_', ''));
}

test('usage and limits are told by vCenter, namespace and resource', async () => {
  const limits = { total: { vms: 100 }, perNamespace: { cpu: 8, memoryGiB: 16 }, perVM: { cpu: 4 } };
  vcenters = [{ name: 'east', usage: usageOf(['shop', 2], ['bank', 1]), limits }];
  expect(await series()).toEqual([
    'vcenter_usage{vcenter="east",resource="vms"} 3',
    'vcenter_usage{vcenter="east",resource="cpu"} 6',
    'vcenter_usage{vcenter="east",resource="memoryGiB"} 4.5',
    'vcenter_limit{vcenter="east",resource="vms"} 100',
    'namespace_usage{vcenter="east",namespace="shop",resource="vms"} 2',
    'namespace_usage{vcenter="east",namespace="shop",resource="cpu"} 4',
    'namespace_usage{vcenter="east",namespace="shop",resource="memoryGiB"} 3',
    'namespace_usage{vcenter="east",namespace="bank",resource="vms"} 1',
    'namespace_usage{vcenter="east",namespace="bank",resource="cpu"} 2',
    'namespace_usage{vcenter="east",namespace="bank",resource="memoryGiB"} 1.5',
    'namespace_limit{vcenter="east",resource="cpu"} 8',
    'namespace_limit{vcenter="east",resource="memoryGiB"} 16',
  ]);
});

test('the series of a namespace, a limit or a VCenter that is gone go with it', async () => {
  const limits = { total: { vms: 5 } };
  vcenters = [
    { name: 'east', usage: usageOf(['shop', 1], ['bank', 1]), limits },
    { name: 'west', usage: usageOf(['shop', 1]), limits },
  ];
  await series();
  vcenters = [{ name: 'east', usage: usageOf(['bank', 1]), limits: {} }];
  const left = await series();
  expect(left.filter((line) => /west|shop|limit/.test(line))).toEqual([]);
  expect(left).toContain('namespace_usage{vcenter="east",namespace="bank",resource="vms"} 1');
});

test('nothing is told while the usage is not known, so that no zero is taken for one', async () => {
  vcenters = [{ name: 'east', usage: undefined, limits: { total: { vms: 5 }, perNamespace: { vms: 1 } } }];
  expect(await series()).toEqual([]);
});

test('R14: of very many namespaces those with the most machines have series', async () => {
  const many = Array.from({ length: 2_000 }, (_, index) => [`team-${index}`, index + 1] as const);
  vcenters = [{ name: 'east', usage: usageOf(...many), limits: {} }];
  const machines = (await series()).filter((line) => /namespace_usage.*"vms"/.test(line));
  expect(machines).toHaveLength(500);
  expect(machines[0]).toContain('namespace="team-1999"');
});
