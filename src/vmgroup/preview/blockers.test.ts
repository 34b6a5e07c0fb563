import { expect, test } from 'vitest';
import { aFault, aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import { Annotation, type VmGroup } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { blockers } from './blockers';

function inTheWay(group: VmGroup, rest: Partial<Observation> = {}): string[] {
  const observed = anObservation(group, rest);
  return blockers(observed, plan(observed)).map(({ reason, message }) => `${reason}: ${message}`);
}

test('a group that has what its spec asks for has no blockers', () => {
  expect(inTheWay(aGroup(), { replicas: [aReplica(aGroup(), { ordinal: 0 })] })).toEqual([]);
});

test('another vCenter stops everything', () => {
  const group = aGroup({ paused: true }, { status: { vcenter: { name: '(env)', instanceUuid: 'former' } } });
  const observed = anObservation(group);
  expect(blockers(observed, plan(observed))).toEqual([
    { reason: 'InstanceMismatch', message: expect.stringContaining('lives on the vCenter former'), stops: 'Planning' },
  ]);
});

test('a pause and names that were not found are listed together', () => {
  const problems = [
    { reason: 'TemplateNotFound' as const, field: 'spec.template', message: 'correct spec.template' },
    {
      reason: 'DatastoreNotFound' as const,
      field: 'spec.placement.datastore',
      message: 'correct spec.placement.datastore',
    },
  ];
  expect(inTheWay(aGroup({ paused: true }), { placement: { problems } })).toEqual([
    'Paused: spec.paused is true: nothing is changed in vCenter until it is false',
    'TemplateNotFound: correct spec.template',
    'DatastoreNotFound: correct spec.placement.datastore',
  ]);
});

test('a failure that waits for its next try says when that is', () => {
  const group = aGroup();
  const faults = new Map([[`0/${revisionOf(group.spec)}`, aFault(group, { reason: 'NoPermission', message: 'no' })]]);
  expect(inTheWay(group, { faults })).toEqual([
    expect.stringMatching(/^NoPermission: web-replica-\w+: no; the next try is at 2026-01-01T00:01:00Z$/),
  ]);
});

test('machines of an earlier group are a blocker until a person has decided what happens to them', () => {
  const machine = aReplica(aGroup(), { ordinal: 0 }).machine;
  const orphans = {
    kind: 'Restored',
    adopt: false,
    machines: [{ machine, owner: undefined }],
    refused: [],
    others: [],
  } as const;
  expect(inTheWay(aGroup(), { orphans })).toEqual([expect.stringMatching(/^FolderInUse: .*adopt=Adopt/)]);
});

test('replicas that wait are listed by what they wait for', () => {
  const group = aGroup({ replicas: 3, updateStrategy: { type: 'OnDelete', resizePolicy: 'HotAddOnly' } });
  const replicas = [
    aReplica(group, { ordinal: 0, revision: 'a1b2' }, { name: 'old' }),
    aReplica(group, { ordinal: 1 }, { name: 'small', numCpu: 1 }),
    aReplica(group, { ordinal: 2 }, { name: 'away', connectionState: 'disconnected' }),
  ];
  expect(inTheWay(group, { replicas, resizing: true })).toEqual([
    'HostNotConnected: away: its host is not connected: it is left alone until the host is back',
    'OnDelete: old: of an older revision, which updateStrategy OnDelete leaves until it is deleted in vCenter',
    'PowerOffRequired: small: gets its size only when it is next powered off',
  ]);
});

test('R15: a limit of the vCenter is in the way of what it stops, also before the group has a folder', () => {
  const group = aGroup({ replicas: 2 });
  const used = { vms: 1, cpu: 2, memoryMiB: 4096 };
  const usage = { namespace: used, total: used };
  const limits = { perNamespace: { vms: 2 } };
  const room = { limits, source: 'VCenter lab', used: usage, present: usage, isUncertain: false };
  expect(inTheWay(group, { room, folder: { kind: 'Missing' } })).toEqual([
    'NamespaceQuota: 1 replica not made: 1 machine is asked for, and namespace shop uses 2 of the 2 machines that VCenter lab ' +
      'allows to it: scale down in namespace shop, or have an administrator raise spec.limits.perNamespace.vms of VCenter lab',
  ]);
  expect(inTheWay(group, { room: { ...room, isUncertain: true } })).toEqual([
    'ClonesUnderWay: clones that an operator has started still run: until they are seen, nobody knows what fits',
  ]);
});

test('an annotation of the stored group whose value means nothing is told, and stops nothing', () => {
  const group = aGroup({ replicas: 0 });
  const annotations = { [Annotation.Legacy]: 'adopt' };
  expect(inTheWay({ ...group, metadata: { ...group.metadata, annotations } })).toEqual([
    `AnnotationIgnored: annotation ${Annotation.Legacy} is "adopt", which has no effect: give Adopt or Ignore`,
  ]);
});
