import { describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import { Annotation, FINALIZER, type VmGroup } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { explain } from './explain';

/** The planned actions and their reasons, as lines. */
function explained(group: VmGroup, rest: Partial<Observation> = {}): string[] {
  const observed = anObservation(group, rest);
  const planned = plan(observed);
  return planned.actions.map((action) => `${action.kind}: ${explain(action, observed, planned)}`);
}

const deleted = (spec: Parameters<typeof aGroup>[0] = {}, annotations: Record<string, string> = {}): VmGroup =>
  aGroup(spec, {
    metadata: { ...aGroup().metadata, deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: [FINALIZER], annotations },
  });

describe('an action says why', () => {
  test('a slot has no machine', () => {
    const group = aGroup({ replicas: 3 });
    const replicas = [aReplica(group, { ordinal: 0 }), aReplica(group, { ordinal: 2 })];
    expect(explained(group, { replicas })).toEqual(['Clone: ordinal 1 is missing']);
  });

  test('a slot has no machine any more', () => {
    const hadMachine = new Set([`0/${revisionOf(aGroup().spec)}`]);
    expect(explained(aGroup(), { hadMachine })).toEqual(['Clone: ordinal 0 is missing: the machine it had is gone']);
  });

  test('a folder is missing: the one for all groups, or the one of the group', () => {
    const placement = anObservation(aGroup()).placement;
    const within = { type: 'Folder', value: 'vm' };
    const parentFolder = { kind: 'Missing', within, name: 'vm-operator', path: '/dc/vm/vm-operator' } as const;
    const folder = { kind: 'Missing' } as const;
    expect(explained(aGroup(), { folder, placement: { ...placement, parentFolder } })).toEqual([
      'CreateFolder: the folder that holds all groups is missing',
    ]);
    expect(explained(aGroup(), { folder })).toEqual(['CreateFolder: the group has no folder']);
  });

  test('a machine was found in another power state', () => {
    const group = aGroup({ replicas: 2 });
    const replicas = [
      aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' }),
      aReplica(group, { ordinal: 1 }, { powerState: 'suspended' }),
    ];
    expect(explained(group, { replicas })).toEqual(['PowerOn: found powered off', 'PowerOn: found suspended']);
  });

  test('a machine has another size', () => {
    const group = aGroup({ cpu: 4, memory: 8 });
    const machine = { numCpu: 2, memoryMiB: 4096, details: aGuest({ cpuHotAdd: true, memoryHotAdd: true }) };
    expect(explained(group, { replicas: [aReplica(group, { ordinal: 0 }, machine)] })).toEqual([
      'Reconfigure: size 2 CPU and 4 GiB -> 4 CPU and 8 GiB',
    ]);
    const odd = aReplica(group, { ordinal: 0 }, { numCpu: 2, memoryMiB: 1500 });
    expect(explained(group, { replicas: [odd], resizing: true })).toEqual([
      'PowerOff: size 2 CPU and 1500 MiB -> 4 CPU and 8 GiB needs a restart; its guest runs no tools and cannot be asked',
    ]);
  });

  test('there are too many machines', () => {
    const group = aGroup({ replicas: 1 });
    const off = { powerState: 'poweredOff' } as const;
    const replicas = [
      aReplica(group, { ordinal: 0 }),
      aReplica(group, { ordinal: 1 }, { details: aGuest({ toolsRunning: true }) }),
      aReplica(group, { ordinal: 2 }, off),
    ];
    expect(explained(group, { replicas })).toEqual([
      'Destroy: surplus: 3 exist, 1 wanted',
      'Shutdown: surplus: 3 exist, 1 wanted; it is powered off first',
    ]);
  });

  test('a machine is of an older revision, and its successor comes first with maxSurge', () => {
    const group = aGroup({ replicas: 1 });
    const wanted = revisionOf(group.spec);
    const replicas = [aReplica(group, { ordinal: 0, revision: 'a1b2' })];
    expect(explained(group, { replicas })).toEqual([
      `PowerOff: of an older revision (a1b2 -> ${wanted}); it is powered off first; its guest runs no tools and cannot be asked`,
    ]);
    const surging = aGroup({
      replicas: 1,
      updateStrategy: {
        type: 'RollingUpdate',
        resizePolicy: 'PowerCycle',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      },
    });
    expect(explained(surging, { replicas })).toEqual([
      `Clone: a successor for a replica of an older revision (a1b2 -> ${wanted})`,
    ]);
  });

  test('the group is powered off', () => {
    const group = aGroup({ powerState: 'PoweredOff', powerOff: { mode: 'Hard' } });
    expect(explained(group, { replicas: [aReplica(group, { ordinal: 0 })] })).toEqual([
      'PowerOff: spec.powerState is PoweredOff; spec.powerOff.mode is Hard',
    ]);
  });

  test('the group is deleted', () => {
    const off = [aReplica(aGroup(), { ordinal: 0 }, { powerState: 'poweredOff' })];
    expect(explained(deleted(), { replicas: off })).toEqual(['Destroy: the group is deleted']);
    expect(explained(deleted({ deletionPolicy: 'Orphan' }), { replicas: off })).toEqual([
      'ReleaseMarks: the group is deleted, and spec.deletionPolicy is Orphan',
    ]);
    expect(explained(deleted())).toEqual(['DestroyFolder: the group is deleted, and its folder is empty']);
    expect(explained(deleted(), { foreignNames: ['mine'] })).toEqual([
      'RemoveFinalizer: the group is deleted and has no machine left; its folder is kept for mine',
    ]);
    const folder = { ...anObservation(aGroup()).folder, createdByOperator: false, isOurs: false };
    expect(explained(deleted(), { folder })).toEqual([
      'RemoveFinalizer: the group is deleted and has no machine left; the folder /dc/vm/vm-operator/shop.web stays, since ' +
        'nothing shows that the operator made it',
    ]);
    expect(explained(deleted({}, { [Annotation.ForceOrphan]: 'true' }))).toEqual([
      `RemoveFinalizer: the group is deleted, and annotation ${Annotation.ForceOrphan} leaves vCenter as it is`,
    ]);
  });
});
