import { describe, expect, test } from 'vitest';
import { anActContext } from '../../../test/support/builders/acts';
import { aGroup, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { apartRuleName, domainRuleName } from '../../api/host-rule-name';
import type { ClusterChange, ClusterGroup, ClusterRule, ClusterRules, LiveVirtualMachine } from '../../vsphere/port';
import { clusterRef, type HostRules } from '../model/host-rule-wish';
import { workFor } from './act';
import type { ActContext } from './act-context';

const group = aGroup({ placement: { hostAntiAffinity: 'Preferred' } });
const NAME = apartRuleName(group, CLUSTER_ID);
const CLUSTER = clusterRef('domain-c1');
const vm = (value: string) => ({ type: 'VirtualMachine', value });
const refs = (text: string) => text.split(' ').filter(Boolean).map(vm);
const found = (rules: readonly ClusterRule[], drsEnabled = true): ClusterRules => ({
  ...{ name: 'C0', drsEnabled, rules, groups: [] },
});
const rule = (machines: string, rest: Partial<Extract<ClusterRule, { kind: 'AntiAffinity' }>> = {}): ClusterRule => ({
  ...{ kind: 'AntiAffinity', name: NAME, key: 7, ruleUuid: 'u', enabled: true, mandatory: false },
  ...{ machines: refs(machines), ...rest },
});
const { machine } = aReplica(group, { ordinal: 0 });
const ours: LiveVirtualMachine = { ...machine, disks: [] };
const foreign: LiveVirtualMachine = { ...ours, name: 'other', extraConfig: {} };

interface World {
  readonly apart?: string;
  readonly kept?: string;
  readonly own?: string;
  readonly domains?: HostRules['domains'];
  readonly cluster?: ClusterRules | undefined;
  readonly machines?: Readonly<Record<string, LiveVirtualMachine>>;
  readonly context?: Partial<ActContext>;
}

/** The changes that are sent, and what is told. */
async function written({ apart = '', kept = '', own = 'a b c', domains, machines = {}, context, ...world }: World) {
  const changes: ClusterChange[] = [];
  const told: string[] = [];
  const rules: HostRules = { cluster: CLUSTER, apart: refs(apart), kept: refs(kept), ...(domains && { domains }) };
  const calls = {
    readClusterRules: async () => ('cluster' in world ? world.cluster : found([])),
    readVirtualMachine: async ({ value }: { readonly value: string }) => machines[value],
    changeClusterRules: async (_: unknown, given: readonly ClusterChange[]) => {
      changes.push(...given);
      return { type: 'Task', value: 'task-1' };
    },
  };
  const whole = anActContext(calls, {
    group,
    hostRulesNotEnforced: (_, name) => told.push(`no DRS in ${name}`),
    hostRuleKept: (_, name, why) => told.push(`kept in ${name}: ${why}`),
    ...context,
  });
  await workFor({ kind: 'WriteHostRules', rules, own: refs(own) }, whole).send(new AbortController().signal);
  return { changes, told };
}

const replaces = { key: 7, ruleUuid: 'u' };

describe('the rule of a group', () => {
  test('is made for two machines, and not for one', async () => {
    const { changes } = await written({ apart: 'a b' });
    expect(changes).toEqual([{ kind: 'AntiAffinity', name: NAME, machines: refs('a b') }]);
    expect((await written({ apart: 'a' })).changes).toEqual([]);
  });

  test('is edited where it differs, and only there', async () => {
    const edit = (machines: string) => [{ kind: 'AntiAffinity', name: NAME, machines: refs(machines), replaces }];
    const with_ = async (given: ClusterRule) => (await written({ apart: 'a b', cluster: found([given]) })).changes;
    expect(await with_(rule('b a'))).toEqual([]);
    expect(await with_(rule('a c'))).toEqual(edit('a b'));
    expect(await with_(rule('a b', { enabled: false }))).toEqual(edit('a b'));
    expect(await with_(rule('a b', { mandatory: true }))).toEqual(edit('a b'));
  });

  test('keeps machines of which nobody knows where they are', async () => {
    const cluster = found([rule('a c x')]);
    const machines = { x: ours };
    const { changes } = await written({ apart: 'a b', kept: 'c d', cluster, machines });
    expect(changes).toMatchObject([{ machines: refs('a b c') }]);
  });

  test('is removed with the second machine, and a machine that is gone is no other', async () => {
    const { changes, told } = await written({ apart: 'a', cluster: found([rule('a gone')]) });
    expect(changes).toEqual([{ kind: 'RemoveRule', key: 7 }]);
    expect(told).toEqual([]);
  });

  test('R1: with a machine of somebody else it is neither changed nor removed', async () => {
    const cluster = found([rule('a x')]);
    const machines = { x: foreign };
    await expect(written({ apart: 'a b', cluster, machines })).rejects.toMatchObject({ code: 'HostRuleNotOurs' });
    expect(await written({ cluster, machines })).toEqual({
      changes: [],
      told: ['kept in C0: has other, which is not of this group'],
    });
  });

  test('R1: a rule of another kind with its name is somebody else’s', async () => {
    const cluster = found([{ kind: 'Other', name: NAME, key: 7, enabled: true, mandatory: false }]);
    await expect(written({ apart: 'a b', cluster })).rejects.toMatchObject({ code: 'HostRuleNotOurs' });
    expect((await written({ cluster })).changes).toEqual([]);
  });

  test('R13: is left alone while vCenter does not tell whose one of its machines is', async () => {
    const machines = { x: { ...foreign, unreadable: true } as const };
    for (const apart of ['a b', ''])
      await expect(written({ apart, cluster: found([rule('a x')]), machines })).rejects.toMatchObject({
        code: 'HostDisconnected',
      });
  });

  test('R7: is not sent for a group that asks for it no more once the cluster was read', async () => {
    const context = { isAllowed: () => false };
    await expect(written({ apart: 'a b', context })).rejects.toMatchObject({ code: 'RulesChanged' });
  });

  test('goes with its cluster', async () => {
    expect(await written({ apart: 'a b', cluster: undefined })).toEqual({ changes: [], told: [] });
  });
});

test('a cluster without DRS is told, where a rule is asked for', async () => {
  const cluster = found([], false);
  expect(await written({ apart: 'a b', cluster })).toMatchObject({ changes: [{}], told: ['no DRS in C0'] });
  expect((await written({ cluster })).told).toEqual([]);
});

test('work for one cluster is sent alone', () => {
  const action = { kind: 'WriteHostRules', rules: { cluster: CLUSTER, apart: [], kept: [] }, own: [] } as const;
  expect(workFor(action, anActContext({}))).toMatchObject({ alone: 'domain-c1', key: 'host-rules domain-c1' });
});

describe('a failure domain with a DRS host group', () => {
  const ZONE = domainRuleName(group, CLUSTER_ID, 'zone-a');
  const hosts: ClusterGroup = { kind: 'Hosts', name: 'rack 1', members: [] };
  const members = (machines: string, name = ZONE): ClusterGroup => ({
    kind: 'Machines',
    name,
    members: refs(machines),
  });
  const toHosts = (name = ZONE): ClusterRule => ({
    ...{ kind: 'MachinesToHosts', name, key: 9, enabled: true, mandatory: false },
    ...{ machineGroup: name, hostGroup: 'rack 1' },
  });
  const domains = (machines: string) => [
    { failureDomain: 'zone-a', hostGroup: 'rack 1', machines: refs(machines) },
    { failureDomain: 'zone-b', hostGroup: 'rack 2', machines: [] },
  ];
  const withGroups = (groups: readonly ClusterGroup[], rules: readonly ClusterRule[] = []): ClusterRules => ({
    ...found(rules),
    groups,
  });
  const made = async (machines: string, cluster: ClusterRules, rest: World = {}) =>
    (await written({ ...rest, domains: domains(machines), cluster })).changes;

  test('has a group of machines and a rule, which are made, edited and left alone as one', async () => {
    const rule = { kind: 'MachinesToHosts', name: ZONE, machineGroup: ZONE, hostGroup: 'rack 1' };
    const group = { kind: 'MachineGroup', name: ZONE, machines: refs('a b') };
    expect(await made('a b', withGroups([hosts]))).toEqual([{ ...group, isEdit: false }, rule]);
    expect(await made('a b', withGroups([hosts, members('a')], [toHosts()]))).toEqual([{ ...group, isEdit: true }]);
    const moved = { ...toHosts(), hostGroup: 'rack 3' } as ClusterRule;
    expect(await made('a b', withGroups([hosts, members('a b')], [moved]))).toEqual([
      { ...rule, replaces: { key: 9 } },
    ]);
    expect(await made('a b', withGroups([hosts, members('b a')], [toHosts()]))).toEqual([]);
  });

  test('loses them with its last machine, and with the domain', async () => {
    const former = domainRuleName(group, CLUSTER_ID, 'former');
    const cluster = withGroups([hosts, members('a'), members('', former)], [toHosts(), { ...toHosts(former), key: 8 }]);
    const changes = await made('', cluster);
    expect(new Set(changes)).toEqual(
      new Set([
        ...[8, 9].map((key) => ({ kind: 'RemoveRule', key })),
        ...[ZONE, former].map((name) => ({ kind: 'RemoveGroup', name })),
      ]),
    );
  });

  test('keeps them while a machine of a domain that was taken out is in them', async () => {
    const former = domainRuleName(group, CLUSTER_ID, 'former');
    const cluster = withGroups([hosts, members('c', former)], [{ ...toHosts(former), key: 8 }]);
    expect(await made('', cluster, { kept: 'c' })).toEqual([]);
  });

  test('R1: a machine of which nobody knows the place stays in its group, and one of others stops all changes', async () => {
    expect(await made('a', withGroups([hosts, members('a c')], [toHosts()]), { kept: 'c' })).toEqual([]);
    const cluster = withGroups([hosts, members('x')], [toHosts()]);
    const machines = { x: foreign };
    await expect(made('a', cluster, { machines })).rejects.toMatchObject({ code: 'HostRuleNotOurs' });
    expect(await written({ domains: domains(''), cluster, machines })).toEqual({
      changes: [],
      told: ['kept in C0: has other, which is not of this group'],
    });
  });

  test('R14: one whose host group is missing does not stop the others: they are written first, then the fault is told', async () => {
    const ZONE_B = domainRuleName(group, CLUSTER_ID, 'zone-b');
    const given = [
      { failureDomain: 'zone-a', hostGroup: 'renamed', machines: refs('a') },
      { failureDomain: 'zone-b', hostGroup: 'rack 1', machines: refs('b') },
    ];
    const told: string[] = [];
    const context = { hostRulesRefused: ({ value }: { readonly value: string }) => told.push(value) };
    const all: World = { apart: 'a b', domains: given, context };
    const { changes } = await written({ ...all, cluster: withGroups([hosts, members('a')], [toHosts()]) });
    expect(changes.map(({ kind }) => kind)).toEqual(['AntiAffinity', 'MachineGroup', 'MachinesToHosts']);
    expect(told).toEqual([CLUSTER.value]);
    const groups = [hosts, members('a'), members('b', ZONE_B)];
    const done = withGroups(groups, [rule('a b'), toHosts(), { ...toHosts(ZONE_B), key: 8 }]);
    await expect(written({ ...all, cluster: done })).rejects.toMatchObject({ code: 'HostGroupNotFound' });
    expect(told).toEqual([CLUSTER.value]);
  });

  test('without its host group nothing is written, and the fault names it', async () => {
    await expect(made('a', withGroups([{ ...hosts, kind: 'Machines' }]))).rejects.toMatchObject({
      code: 'HostGroupNotFound',
      message: expect.stringContaining('cluster C0 has no DRS host group "rack 1"'),
    });
  });

  test('R7: tells a process that does not know it which machines are in it', async () => {
    const told: [string, string | undefined][] = [];
    const context = { domainsFound: (of: ReadonlyMap<string, string | undefined>) => told.push(...of) };
    const cluster = withGroups([hosts, members('a x')], [toHosts()]);
    await written({ domains: domains('a'), kept: 'b', own: 'a b', cluster, machines: { x: ours }, context });
    expect(told).toEqual([
      ['a', 'zone-a'],
      ['b', undefined],
    ]);
  });
});
