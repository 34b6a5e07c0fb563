import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aGroup,
  anObservation,
  anOperation,
  aReplica,
  CLUSTER_ID,
} from '../../../test/support/builders/observation';
import type { VmGroup } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import { plan } from './plan';

const planned = (group: VmGroup, rest: Partial<Observation> = {}): string[] =>
  plan(anObservation(group, rest)).actions.map(({ kind }) => kind);

describe('before anything is changed in vCenter', () => {
  test('R13: a group without our finalizer gets the finalizer and nothing else', () => {
    const group = aGroup({}, { metadata: { ...aGroup().metadata, finalizers: [] } });
    expect(planned(group)).toEqual(['AddFinalizer']);
  });

  test('a group that lives nowhere gets no finalizer while no vCenter is selected for it, so that it can be deleted', () => {
    const group = aGroup({}, { metadata: { ...aGroup().metadata, finalizers: [] } });
    const about = {
      kind: 'Unavailable',
      reason: 'Ambiguous',
      message: '',
      needsUser: true,
      reconnecting: false,
    } as const;
    expect(planned(group, { vcenter: { ...about, name: '' } })).toEqual([]);
    expect(planned(group, { vcenter: { ...about, name: 'east' } })).toEqual(['AddFinalizer']);
    const living = { ...group, status: { vcenter: { name: 'east' } } };
    expect(planned(living, { vcenter: { ...about, name: '' } })).toEqual(['AddFinalizer']);
  });

  test('R13: nothing is planned while vCenter is not ready', () => {
    const vcenter = {
      kind: 'Unavailable',
      name: '(env)',
      reason: 'Unreachable',
      message: '',
      needsUser: false,
    } as const;
    expect(planned(aGroup(), { vcenter: { ...vcenter, reconnecting: true } })).toEqual([]);
    expect(planned(aDeletedGroup(), { vcenter: { ...vcenter, reconnecting: false } })).toEqual([]);
  });

  test('a group is frozen while another vCenter answers under the same name', () => {
    const group = aGroup({}, { status: { vcenter: { name: '(env)', instanceUuid: 'another' } } });
    expect(planned(group)).toEqual([]);
    expect(planned({ ...aDeletedGroup(), status: group.status ?? {} })).toEqual([]);
  });

  test('nothing is planned for a paused group, also when it is deleted', () => {
    const group = aGroup({ paused: true, replicas: 5 });
    const replicas = [aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' })];
    expect(planned(group, { replicas })).toEqual([]);
    expect(planned(aDeletedGroup({ paused: true }), { replicas })).toEqual([]);
  });
});

describe('folders', () => {
  test('the default folder is created first, then the group folder', () => {
    const within = { type: 'Folder', value: 'vm' };
    const placement = anObservation(aGroup()).placement;
    const observed = anObservation(aGroup(), {
      folder: { kind: 'Missing' },
      placement: {
        ...placement,
        parentFolder: { kind: 'Missing', within, name: 'vm-operator', path: '/dc/vm/vm-operator' },
      },
    });
    expect(plan(observed).actions).toEqual([{ kind: 'CreateFolder', parent: within, name: 'vm-operator' }]);
    const next = plan(anObservation(aGroup(), { folder: { kind: 'Missing' } }));
    expect(next.actions).toEqual([
      { kind: 'CreateFolder', parent: { type: 'Folder', value: 'parent' }, name: 'shop.web' },
    ]);
  });

  test('a folder whose creation is in flight is not created again', () => {
    expect(planned(aGroup(), { folder: { kind: 'Missing' }, inFlight: [anOperation('CreateFolder')] })).toEqual([]);
  });
});

test('R4: a group at rest plans nothing and is not requeued', () => {
  const group = aGroup({ replicas: 2 });
  const replicas = [aReplica(group, { ordinal: 0 }), aReplica(group, { ordinal: 1 })];
  const result = plan(anObservation(group, { replicas, clusterId: CLUSTER_ID }));
  expect(result.actions).toEqual([]);
  expect(result.requeueAtMs).toBeUndefined();
});
