import { describe, expect, test } from 'vitest';
import { anActContext } from '../../../test/support/builders/acts';
import { aGroup, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { apartRuleName } from '../../api/host-rule-name';
import type { ClusterChange, ClusterRule, ClusterRules, LiveVirtualMachine } from '../../vsphere/port';
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
  readonly cluster?: ClusterRules | undefined;
  readonly machines?: Readonly<Record<string, LiveVirtualMachine>>;
  readonly context?: Partial<ActContext>;
}

/** The changes that are sent, and what is told. */
async function written({ apart = '', kept = '', own = 'a b c', machines = {}, context, ...world }: World) {
  const changes: ClusterChange[] = [];
  const told: string[] = [];
  const rules: HostRules = { cluster: CLUSTER, apart: refs(apart), kept: refs(kept) };
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
