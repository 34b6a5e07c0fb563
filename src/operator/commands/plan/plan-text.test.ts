import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../../test/support/builders/observation';
import type { VmGroup } from '../../../api/vm-group';
import type { Observation } from '../../../vmgroup/model/observation';
import { InventoryStore } from '../../../vsphere/inventory/inventory';
import { cannotBePlanned, type GroupPlan, groupPlan } from './group-plan';
import { planText } from './plan-text';
import { type Stored, UID_OF_A_NEW_GROUP } from './stored-group';

const inventory = new InventoryStore();
inventory.apply({ type: 'Folder', value: 'parent' }, [{ path: 'name', value: 'vm-operator' }]);
const screen = { paint: (_: string, text: string) => text, width: undefined };

const newGroup = (spec: Parameters<typeof aGroup>[0] = {}) =>
  aGroup(spec, { metadata: { ...aGroup().metadata, uid: UID_OF_A_NEW_GROUP } });

function planned(
  group: VmGroup,
  rest: Partial<Observation> = {},
  stored: Stored = { kind: 'Stored', group },
): GroupPlan {
  return groupPlan('web.yaml:1', stored, anObservation(group, rest), inventory);
}

const printed = (...plans: readonly GroupPlan[]): string => planText(plans, screen).join('\n');

describe('a plan is printed', () => {
  test('for a new group with all that follows, though names of its machines are not known yet', () => {
    const plan = planned(newGroup({ replicas: 2 }), { folder: { kind: 'Missing' } }, { kind: 'New' });
    expect(printed(plan)).toBe(
      `
shop/web  web.yaml:1, a new group

  WHEN   ACTION         OBJECT                 WHY
  now    add finalizer  shop/web               comes before all else: it holds a deleted group until its machines are gone
  now    create folder  /vm-operator/shop.web  the group has no folder
  later  create         replica 0              ordinal 0 is missing
  later  create         replica 1              ordinal 1 is missing

  2 to create.

Changes are due for 1 group. Nothing was changed.`.slice(1),
    );
  });

  test('with the VCenter that it is for, and with notes on how that was found', () => {
    const plan = { ...planned(newGroup(), {}, { kind: 'New' }), vcenter: 'east' };
    const lines = planText([plan], screen, [], ['the account in VC_USER is used', 'a\u001b[2J']);
    expect(lines.slice(0, 5)).toEqual([
      ...['Note: the account in VC_USER is used.', '', 'Note: a\\u001b[2J.', ''],
      'shop/web  web.yaml:1, a new group, VCenter east',
    ]);
  });

  test('without a step where the group belongs to no vCenter, not even for its finalizer', () => {
    const vcenter = { kind: 'Unavailable', name: '', reason: 'Ambiguous', message: 'm', needsUser: true } as const;
    const plan = planned(newGroup(), { vcenter: { ...vcenter, reconnecting: false } }, { kind: 'New' });
    expect(plan).toMatchObject({ now: [], later: [], changes: false, inTheWay: [{ reason: 'Ambiguous' }] });
    expect(cannotBePlanned(plan)).toBe(true);
  });

  test('for a changed template with what changed, and what waits for its turn', () => {
    const before = aGroup({ replicas: 2 });
    const group = aGroup({ replicas: 2, template: 'ubuntu-26' });
    const replicas = [
      aReplica(group, { ordinal: 0, revision: 'a1b2' }, { name: 'web-replica-a', powerState: 'poweredOff' }),
      aReplica(group, { ordinal: 1, revision: 'a1b2' }, { name: 'web-replica-b' }),
    ];
    expect(printed(planned(group, { replicas }, { kind: 'Stored', group: before }))).toMatch(
      new RegExp(
        `
shop/web  web.yaml:1, exists

  spec.template  "ubuntu" -> "ubuntu-26"

  WHEN   ACTION   OBJECT         WHY
  now    destroy  web-replica-a  of an older revision \\(a1b2 -> \\w{10}\\)
  later  replace  web-replica-b  of an older revision \\(a1b2 -> \\w{10}\\)

  2 to replace.

Changes are due for 1 group. Nothing was changed.`.slice(1),
      ),
    );
  });

  test('with its blockers', () => {
    const problems = [
      { reason: 'TemplateNotFound' as const, field: 'spec.template', message: 'correct spec.template' },
    ];
    const text = printed(planned(aGroup({ paused: true }), { placement: { problems } }));
    expect(text).toContain('  in the way  Paused            spec.paused is true');
    expect(text).toContain('  in the way  TemplateNotFound  correct spec.template');
  });

  test('as none for a group that lives on another vCenter', () => {
    const group = aGroup({}, { status: { vcenter: { name: '(env)', instanceUuid: 'former' } } });
    const plan = planned(group);
    expect(cannotBePlanned(plan)).toBe(true);
    expect(printed(plan)).toMatch(
      /in the way {2}InstanceMismatch {2}.*\n\n {2}No plan can be made\.\n\nNo plan can be made/,
    );
  });

  test('with a warning when nobody could say whether the group exists', () => {
    const text = printed(planned(newGroup(), {}, { kind: 'Unknown', why: 'no kubeconfig' }));
    expect(text).toContain('not known whether it exists');
    expect(text).toContain('  Planned as a new group, because the API server could not be asked: no kubeconfig.');
  });

  test('in one line when there is nothing to do', () => {
    const idle = planned(aGroup(), { replicas: [aReplica(aGroup(), { ordinal: 0 })] });
    expect(printed(idle)).toBe('shop/web  web.yaml:1, exists\n\n  Nothing to do.\n\nNothing to do for 1 group.');
    expect(printed(idle, planned(aGroup())).split('\n').at(-1)).toBe(
      'Changes are due for 1 of 2 groups. Nothing was changed.',
    );
  });
});

test('R14: problems of documents that are not planned are told below the plans of the others', () => {
  const idle = planned(aGroup(), { replicas: [aReplica(aGroup(), { ordinal: 0 })] });
  const text = planText([idle], screen, ['a.yaml:1: VmGroup x: spec.cpu is 0: give at least 1', 'b.yaml:1: is none']);
  expect(text.slice(-6)).toEqual([
    '',
    'Not planned, for 2 problems:',
    '  a.yaml:1: VmGroup x: spec.cpu is 0: give at least 1',
    '  b.yaml:1: is none',
    '',
    'Nothing to do for 1 group.',
  ]);
});

test('a group with nothing to do has no changes, one with only a finalizer to add has', () => {
  const replicas = [aReplica(aGroup(), { ordinal: 0 })];
  expect(planned(aGroup(), { replicas }).changes).toBe(false);
  const bare = aGroup({}, { metadata: { ...aGroup().metadata, finalizers: [] } });
  const adopted = planned(aGroup(), { replicas }, { kind: 'Stored', group: bare });
  expect(adopted).toMatchObject({ changes: true, now: [{ kind: 'AddFinalizer' }], later: [] });
});

test('R14: no name of a manifest, a stored group or a machine commands a terminal', () => {
  const evil = 'evil\u001b[2J\u009b\nshop/web  nothing to do';
  const group = aGroup({ template: evil }, { metadata: { ...aGroup().metadata, name: evil } });
  const replicas = [aReplica(group, { ordinal: 0, revision: 'old' }, { name: evil, powerState: 'poweredOff' })];
  const stored = { kind: 'Stored', group: { ...group, spec: { ...group.spec, template: `${evil}2` } } } as const;
  const problems = [{ reason: 'TemplateNotFound', field: evil, message: evil }] as never;
  const plan = { ...planned(group, { replicas, placement: { problems } }, stored), source: evil, stateMessage: evil };
  expect(printed(plan)).toMatch(/^[ -~\n]+$/);
  expect(printed(plan)).not.toMatch(/^shop\/web {2}nothing to do/m);
});

test('a long value of a change is cut', () => {
  const userData = { value: 'x'.repeat(60_000) };
  const stored = { kind: 'Stored', group: aGroup({ guest: { cloudInit: { userData } } }) } as const;
  expect(printed(planned(aGroup(), {}, stored)).length).toBeLessThan(4_000);
});
