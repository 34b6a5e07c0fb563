import { describe, expect, test } from 'vitest';
import { aGroup } from '../../../../test/support/builders/observation';
import type { VmGroup, VmGroupStatus, VmGroupStatusReplica } from '../../../api/vm-group';
import type { Screen } from '../text-table';
import { groupView } from './group-view';
import { statusJson, statusText } from './status-text';

const NOW = Date.UTC(2026, 0, 1, 1);
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
const plain: Screen = { paint: (_, text) => text, width: undefined };

const replica = (ordinal: number, rest: Partial<VmGroupStatusReplica> = {}): VmGroupStatusReplica => ({
  ...{ name: `web-replica-${ordinal}`, ordinal, revision: 'new', moRef: `vm-${ordinal}`, powerState: 'PoweredOn' },
  ...{ ready: true, readySince: ago(300) },
  ...rest,
});

const groupWith = (status: VmGroupStatus | undefined, spec: object = {}, name = 'web'): VmGroup =>
  aGroup({ replicas: 3, ...spec }, { metadata: { ...aGroup().metadata, name }, ...(status && { status }) });

const UPDATING = groupWith({
  ...{ phase: 'PENDING', currentReplicas: 3, readyReplicas: 2, updatedReplicas: 2, lastMessage: '2 of 3 updated' },
  ...{ currentRevision: 'old', updateRevision: 'new', vcenter: { name: 'lab' }, folder: { path: '/DC/vm/shop.web' } },
  conditions: [
    { type: 'Ready', status: 'False', reason: 'Updating', message: '2 of 3 updated', lastTransitionTime: ago(9) },
    { type: 'Progressing', status: 'True', reason: 'Updating', message: 'more', lastTransitionTime: ago(9) },
    { type: 'Stalled', status: 'True', reason: 'ReplicaFault', message: 'a disk is full', lastTransitionTime: ago(9) },
  ],
  replicas: [
    replica(0, { host: 'esx-1', ips: ['10.0.0.1', 'fe80::1'], failureDomain: 'east' }),
    replica(1, { ready: false, notReady: 'the guest reports no address', failureDomain: 'west' }),
    replica(2, {
      revision: 'old',
      task: { operation: 'PowerOff', startedAt: ago(12) },
      fault: {
        ...{ class: 'Capacity', reason: 'NoDiskSpace', message: 'datastore ssd-1 is full' },
        ...{ since: ago(200), attempts: 3, retryAt: ago(-40) },
      },
    }),
  ],
});

const shown = (
  groups: readonly VmGroup[],
  name?: string,
  screen: Screen = plain,
  namespace: string | undefined = 'shop',
) => statusText(groups.map(groupView), { namespace, name }, NOW, screen);

describe('one group', () => {
  test('is a tree of its replicas: what each is, lacks and waits for, and what to do about it', () => {
    expect(shown([UPDATING], 'web')).toEqual([
      'shop/web  PENDING  2 of 3 ready, made 60m ago',
      '  template  ubuntu',
      '  folder    /DC/vm/shop.web',
      '  vCenter   lab',
      '  message   2 of 3 updated',
      '  Stalled   ReplicaFault: a disk is full',
      '',
      '  update  ██████████▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░  1 of 3 updated and ready, 1 updated, not ready yet  old -> new',
      '',
      '  REPLICA           ORDINAL  REVISION   DOMAIN  HOST   ADDRESSES          POWER  READY    TASK',
      '  ├─ web-replica-0  0        new        east    esx-1  10.0.0.1, fe80::1  On     yes, 5m',
      '  ├─ web-replica-1  1        new        west                              On     no',
      '  │    the guest reports no address',
      '  └─ web-replica-2  2        old (old)                                    On     yes, 5m  PowerOff 12s',
      '       NoDiskSpace (Capacity, 3 tries in 3m20s): datastore ssd-1 is full',
      '       -> Free space or I/O capacity on the datastore, then annotate `retry`; or name another datastore, which replaces all replicas, disks included.',
      '       next try in 40s',
    ]);
  });

  test('leaves out columns that no replica has anything for, and the bar when nothing is under way', () => {
    const status: VmGroupStatus = { phase: 'RUNNING', currentReplicas: 1, readyReplicas: 1, updatedReplicas: 1 };
    const settled = groupWith({ ...status, updateRevision: 'new', replicas: [replica(0)] }, { replicas: 1 });
    expect(shown([settled], 'web').slice(1)).toEqual([
      '  template  ubuntu',
      '',
      '  REPLICA           ORDINAL  REVISION  POWER  READY',
      '  └─ web-replica-0  0        new       On     yes, 5m',
    ]);
  });

  test('that is being made shows how many replicas are ready and there', () => {
    const making = groupWith({ currentReplicas: 2, readyReplicas: 1, updateRevision: 'new', replicas: [replica(0)] });
    expect(shown([making], 'web').join('\n')).toContain(
      '  replicas  ██████████▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░  1 of 3 ready, 1 there, not ready yet',
    );
  });

  test('that is powered off, or is being deleted, has no bar', () => {
    const status = { currentReplicas: 1, readyReplicas: 0, replicas: [] };
    expect(groupView(groupWith(status, { powerState: 'PoweredOff' })).progress).toBeUndefined();
    const group = groupWith(status);
    const metadata = { ...group.metadata, deletionTimestamp: ago(1) };
    expect(groupView({ ...group, metadata }).progress).toBeUndefined();
  });

  test('says when the operator has told nothing yet, or has not seen the last change', () => {
    expect(shown([groupWith(undefined)], 'web').join('\n')).toContain(
      'has told nothing of this group yet: does it run?',
    );
    const metadata = { ...aGroup().metadata, generation: 2 };
    const changed = { ...groupWith({ observedGeneration: 1, lastMessage: 'all is well' }), metadata };
    expect(shown([changed], 'web').join('\n')).toContain(
      'the operator has not seen the last change yet; before it: all is well',
    );
  });

  test('on a narrow screen long notes wrap inside the tree', () => {
    const lines = shown([UPDATING], 'web', { ...plain, width: 60 });
    expect(lines.filter((line) => /^ {7}\S/.test(line)).length).toBeGreaterThan(3);
    expect(lines.filter((line) => /^ {7}\S/.test(line)).every((line) => line.length <= 60)).toBe(true);
  });
});

describe('all groups', () => {
  test('are a table, ordered by name, with the namespace where it may differ', () => {
    const groups = [UPDATING, groupWith(undefined, {}, 'api')];
    expect(shown(groups)).toEqual([
      'NAME  PHASE    READY  UPDATED  AGE  VCENTER  MESSAGE',
      'api   PENDING  0/3    0/3      60m           the operator has told nothing of this group yet: does it run?',
      'web   PENDING  2/3    2/3      60m  lab      2 of 3 updated',
    ]);
    const everywhere = statusText(groups.map(groupView), { namespace: undefined, name: undefined }, NOW, plain);
    expect(everywhere[1]).toMatch(/^shop {7}api /);
  });

  test('none is said in words', () => {
    expect(shown([])).toEqual(['there are no VmGroups in namespace shop']);
    const choice = { namespace: undefined, name: undefined };
    expect(statusText([], choice, NOW, plain)).toEqual(['there are no VmGroups in any namespace']);
  });
});

describe('R14: whatever is stored', () => {
  const hostile = '\u001b[2J\u202e\nx';

  test('texts of strangers have no power over the terminal, in text and in JSON', () => {
    const status: VmGroupStatus = {
      ...{ phase: 'ERROR', lastMessage: hostile, vcenter: { name: hostile }, folder: { path: hostile } },
      replicas: [
        replica(0, {
          ...{ name: hostile, host: hostile, failureDomain: hostile, notReady: hostile, ready: false },
          fault: { class: 'NeedsUser', reason: hostile, message: hostile, since: ago(1), attempts: 1 },
        }),
      ],
      conditions: [{ type: hostile, status: 'True', reason: hostile, message: hostile, lastTransitionTime: ago(1) }],
    };
    const groups = [groupWith(status)];
    const texts = [
      shown(groups, 'web').join(''),
      shown(groups).join(''),
      statusJson(groups.map(groupView), { namespace: 'shop', name: undefined }, 0),
    ];
    for (const text of texts) expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    for (const line of shown(groups, 'web')) expect(line).not.toContain('\n');
  });

  test('a spec that cannot be read does not change how many replicas the status counts from', () => {
    const status: VmGroupStatus = {
      phase: 'ERROR',
      desiredReplicas: 2,
      readyReplicas: 2,
      lastMessage: 'spec.cpu is 0',
    };
    expect(shown([groupWith(status, { cpu: 0 })])[1]).toMatch(/^web +ERROR +2\/2 .* spec\.cpu is 0$/);
  });

  test('a status of another shape counts as none', () => {
    const broken = { ...groupWith(undefined), status: { replicas: 'many', phase: 3 } } as unknown as VmGroup;
    expect(shown([broken], 'web').join('\n')).toContain('no replicas');
  });
});

test('JSON: the group itself if one is asked for, with the remedy of each fault; else a list', () => {
  const views = [groupView(UPDATING)];
  const one = JSON.parse(statusJson(views, { namespace: 'shop', name: 'web' }, 2));
  expect(one).toMatchObject({ namespace: 'shop', name: 'web', progress: { kind: 'Update', of: 3, done: 1, begun: 1 } });
  expect(one.replicas[2].fault).toMatchObject({ reason: 'NoDiskSpace', remedy: expect.stringContaining('Free space') });
  expect(JSON.parse(statusJson(views, { namespace: 'shop', name: undefined }, 0)).groups).toHaveLength(1);
});
