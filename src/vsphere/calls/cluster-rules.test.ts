import { expect, test } from 'vitest';
import type { Session } from '../session/session';
import { UnreadValue } from '../vim25/describe';
import { readClusterRules } from './cluster-rules';

const CLUSTER = { type: 'ClusterComputeResource', value: 'domain-c1' };
const VM = { type: 'VirtualMachine', value: 'vm-1' };
const HOST = { type: 'HostSystem', value: 'host-1' };
const call = { operationId: 'x', signal: new AbortController().signal };

/** What is read of a cluster with this configuration. */
function read(configurationEx: unknown) {
  const propSet = [
    { name: 'name', val: 'C0' },
    { name: 'configurationEx', val: configurationEx },
  ];
  const session = {
    service: { propertyCollector: { type: 'PropertyCollector', value: 'pc' } },
    invoke: async () => ({ objects: [{ obj: CLUSTER, propSet }] }),
  };
  return readClusterRules(session as unknown as Session, CLUSTER, call);
}
const config = (rest: object) => ({
  xsiType: 'ClusterConfigInfoEx',
  drsConfig: { xsiType: '', enabled: 'true' },
  ...rest,
});
const apart = { xsiType: 'ClusterAntiAffinityRuleSpec', key: 1, name: 'r', enabled: true, vm: [VM] };

test('rules and groups are told by their kind, one alone as well as many', async () => {
  const toHosts = {
    xsiType: 'ClusterVmHostRuleInfo',
    ...{ key: 2, name: 'h', mandatory: true, vmGroupName: 'v', affineHostGroupName: 'g' },
  };
  const group = [
    { xsiType: 'ClusterVmGroup', name: 'v', vm: [VM] },
    { xsiType: 'ClusterHostGroup', name: 'g', host: [HOST] },
  ];
  expect(await read(config({ rule: [apart, toHosts], group }))).toEqual({
    name: 'C0',
    drsEnabled: true,
    rules: [
      { kind: 'AntiAffinity', name: 'r', key: 1, enabled: true, mandatory: false, machines: [VM] },
      ...[
        {
          kind: 'MachinesToHosts',
          name: 'h',
          key: 2,
          enabled: false,
          mandatory: true,
          machineGroup: 'v',
          hostGroup: 'g',
        },
      ],
    ],
    groups: [
      { kind: 'Machines', name: 'v', members: [VM] },
      { kind: 'Hosts', name: 'g', members: [HOST] },
    ],
  });
  expect((await read(config({ rule: apart })))?.rules).toHaveLength(1);
  expect(await read(config({}))).toMatchObject({ rules: [], groups: [] });
});

test('R14: a rule that cannot be read is one of another kind, and the others are told', async () => {
  const unread = { ...apart, key: 3, vm: [new UnreadValue('nonsense')] };
  const dependency = { xsiType: 'ClusterDependencyRuleInfo', key: '4', name: 'd', vmGroup: 'a' };
  const told = await read(config({ rule: [unread, dependency, apart] }));
  expect(told?.rules.map(({ kind, key }) => [kind, key])).toEqual([
    ['Other', 3],
    ['Other', 4],
    ['AntiAffinity', 1],
  ]);
});

test.each([undefined, 'text', { xsiType: 'ClusterConfigInfoEx' }])(
  'R13: a configuration that is not told is no empty one: %j',
  async (told) => {
    await expect(read(told)).rejects.toMatchObject({ code: 'NoPermission', outcome: 'Refused' });
  },
);
