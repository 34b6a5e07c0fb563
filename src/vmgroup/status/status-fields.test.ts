/** R5, R7: which fields a status has, and what is kept in it while nobody can see better. */
import { describe, expect, test } from 'vitest';
import { adoptionWorld, observedAdoption } from '../../../test/support/builders/adoption-world';
import { aGroup, anObservation, aReplica, VCENTER_UUID } from '../../../test/support/builders/observation';
import { statusFor } from '../../../test/support/builders/told-status';
import { adoptionRevisionOf } from '../../api/identity';
import type { VmGroup, VmGroupStatus } from '../../api/vm-group';
import type { KnownFolder } from '../model/known-objects';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { statusOf } from './status';

const away: Partial<Observation> = {
  vcenter: {
    kind: 'Unavailable',
    ...{ name: '(env)', reason: 'Unreachable', message: 'gone', needsUser: false, reconnecting: false },
  },
};
const withStatus = (status: VmGroupStatus, spec: Partial<VmGroup['spec']> = {}) => aGroup(spec, { status });

describe('what is told of vCenter', () => {
  const { placement } = anObservation(aGroup());
  const before: VmGroupStatus = {
    vcenter: { name: '(env)', instanceUuid: VCENTER_UUID },
    folder: { moRef: 'group-folder', path: '/dc/vm/vm-operator/shop.web' },
    template: { moRef: 'template', path: '/dc/vm/ubuntu' },
    replicas: [{ ordinal: 0, revision: 'r', name: 'web', ready: true }],
  };
  const fields = ['vcenter', 'folder', 'template', 'replicas'] as const;

  test('is what it shows', () => {
    expect(statusFor(aGroup({ replicas: 0 }))).toMatchObject({ ...before, replicas: [] });
    const { template: _, ...nameless } = placement;
    const told = statusFor(aGroup(), { placement: nameless, folder: { kind: 'Missing' } });
    for (const field of ['template', 'folder']) expect(told).not.toHaveProperty(field);
    const vcenter = { kind: 'Ready', name: '(env)', instanceUuid: VCENTER_UUID, host: 'vc.example.com' } as const;
    expect(statusFor(aGroup(), { vcenter }).vcenter).toEqual({ ...before.vcenter, host: 'vc.example.com' });
  });

  test('is what was told last, while it cannot be seen', () => {
    expect(statusFor(withStatus(before), away)).toMatchObject(before);
    for (const field of fields) expect(statusFor(aGroup(), away)).not.toHaveProperty(field);
  });

  test('is told anew where the same vCenter has another name by now', () => {
    const renamed = withStatus({ vcenter: { name: 'former', instanceUuid: VCENTER_UUID } });
    expect(statusFor(renamed).vcenter).toEqual(before.vcenter);
  });
});

describe('the folder', () => {
  const known: KnownFolder = {
    ...{ ref: { type: 'Folder', value: 'group-v7' }, path: '/dc/vm/x' },
    ...{ isShown: false, wasOurs: true, heldMachines: true },
  };
  const outOfSight = (folder: VmGroupStatus['folder']) =>
    statusFor(withStatus({ ...(folder && { folder }) }), {
      ...{ folder: { kind: 'Missing' }, known: { machines: [], folder: known } },
    }).folder;
  const recorded = { moRef: 'group-v7', path: '/dc/vm/x' };

  test.each<[string, VmGroupStatus['folder'], VmGroupStatus['folder']]>([
    ['is known by this process alone', undefined, recorded],
    ['was used', recorded, recorded],
    ['was made', { ...recorded, createdByOperator: true }, { ...recorded, createdByOperator: true }],
    ['is another than the one that was made', { moRef: 'other', path: '', createdByOperator: true }, recorded],
  ])('R1: that is out of sight and %s is told so', (_, before, expected) =>
    expect(outOfSight(before)).toEqual(expected),
  );

  test('that the operator made is told as such', () => {
    const { folder } = anObservation(aGroup());
    const made = (createdByOperator: boolean) =>
      statusFor(aGroup(), { folder: { ...folder, createdByOperator } as Observation['folder'] }).folder;
    expect([made(true)?.createdByOperator, made(false)?.createdByOperator]).toEqual([true, undefined]);
  });
});

describe('the request of spec.adopt that was fulfilled', () => {
  const adopt = { folder: 'by-hand' };
  const revision = adoptionRevisionOf({ adopt }) ?? '';
  const told = (adoptionRevision: string | undefined, rest: Partial<Observation> = {}, asks = true) =>
    statusFor(withStatus({ ...(adoptionRevision && { adoptionRevision }) }, asks ? { adopt } : {}), rest)
      .adoptionRevision;

  test('is kept while nobody looks, and is of no other request', () => {
    expect(told(revision, away)).toBe(revision);
    expect(told('former', away)).toBeUndefined();
    expect(told(undefined, away)).toBeUndefined();
    expect(told(revision, away, false)).toBeUndefined();
  });

  test('is told once its machines are in the group', () => {
    const group = aGroup({ replicas: 1, adopt });
    const [open, done] = [[], [aReplica(group, { ordinal: 0 })]].map((replicas) => {
      const spec = { replicas: 1 };
      const observed = observedAdoption(adoptionWorld('web-1'), { adopt, spec, observed: { replicas } });
      return statusOf(observed, plan(observed))?.adoptionRevision;
    });
    expect([open, done]).toEqual([undefined, revision]);
  });
});

test('R7: what machines may have been given is told, and nothing of what nobody asked for', () => {
  const given = ['extraConfigGiven', 'customAttributesGiven', 'tagsGiven'] as const;
  const group = aGroup({
    extraConfig: [{ key: 'a', value: 'b' }],
    customAttributes: [{ name: 'a', value: 'b' }],
    tags: [{ category: 'a', name: 'b' }],
  });
  for (const field of given) {
    expect(statusFor(group)).toHaveProperty(field, true);
    expect(statusFor(aGroup())).not.toHaveProperty(field);
  }
});

test('R7: clusters that may have rules of the group are kept while vCenter cannot be seen', () => {
  expect(statusFor(withStatus({ hostRuleClusters: ['c1', 'c2'] }), away).hostRuleClusters).toEqual(['c1', 'c2']);
  expect(statusFor(aGroup(), away)).not.toHaveProperty('hostRuleClusters');
});

describe('R14: the status of a spec that cannot be used', () => {
  const specProblems = ['spec.cpu: 0 is less than 1', 'spec.memory: none'];
  const message = specProblems.join('; ');
  const transition = { lastTransitionTime: '2025-01-01T00:00:00Z' };
  const conditions: VmGroupStatus['conditions'] = [
    { type: 'Ready', status: 'False', reason: 'Updating', message: 'm', ...transition },
    { type: 'VCenterReady', status: 'True', reason: 'Connected', message: 'm', ...transition },
  ];

  test('says what is wrong, and keeps what was known of machines', () => {
    const group = { ...withStatus({ currentReplicas: 3, conditions }), specProblems };
    const status = statusFor(group);
    expect(status).toMatchObject({ phase: 'ERROR', lastMessage: message, currentReplicas: 3, observedGeneration: 1 });
    expect(status.conditions?.map(({ type, status: its, reason }) => [type, its, reason])).toEqual([
      ['Ready', 'False', 'InvalidSpec'],
      ['Progressing', 'False', 'InvalidSpec'],
      ['Stalled', 'True', 'InvalidSpec'],
      ['VCenterReady', 'True', 'Connected'],
    ]);
    expect(status.conditions?.map(({ lastTransitionTime }) => lastTransitionTime.slice(0, 4))).toEqual([
      ...['2025', '2026', '2026', '2025'],
    ]);
  });

  test('has no machines where none were known', () =>
    expect(statusFor({ ...aGroup(), specProblems })).toMatchObject({ currentReplicas: 0, desiredReplicas: 0 }));
});
