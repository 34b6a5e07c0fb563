import { describe, expect, test } from 'vitest';
import { aFault, aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { instanceUuid, revisionOf } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import { refKey } from '../../vsphere/port';
import type { Observation } from '../model/observation';
import { plan } from './plan';

const planned = (group: VmGroup, rest: Partial<Observation> = {}): string[] =>
  plan(anObservation(group, rest)).actions.map(({ kind }) => kind);

describe('scale-down', () => {
  const removedFrom = (group: VmGroup, replicas: Observation['replicas'], rest: Partial<Observation> = {}) => {
    const { leaving } = plan(anObservation(group, { replicas, ...rest }));
    return replicas
      .filter(({ machine }) => leaving.has(`VirtualMachine:${machine.ref.value}`))
      .map(({ slot }) => slot.ordinal);
  };

  test('takes the newest first when all are equal', () => {
    const group = aGroup({ replicas: 1 });
    expect(
      removedFrom(
        group,
        [0, 1, 2].map((ordinal) => aReplica(group, { ordinal })),
      ),
    ).toEqual([1, 2]);
  });

  test('takes those that are not ready and need a person first, then those that are powered off, then running ones', () => {
    const group = aGroup({ replicas: 2 });
    const replicas = [
      aReplica(group, { ordinal: 0 }),
      aReplica(group, { ordinal: 1 }, { powerState: 'poweredOff' }),
      aReplica(group, { ordinal: 2 }),
    ] as const;
    expect(removedFrom(group, replicas)).toEqual([1]);
    const faults = new Map([[`0/${revisionOf(group.spec)}`, aFault(group, { class: 'NeedsUser' })]]);
    expect(removedFrom(group, replicas, { faults })).toEqual([1]);
    const [{ readySince: _, ...stuck }, ...others] = replicas;
    expect(removedFrom(group, [stuck, ...others], { faults })).toEqual([0]);
  });

  test('takes a machine on a disconnected host last', () => {
    const group = aGroup({ replicas: 1 });
    const replicas = [
      aReplica(group, { ordinal: 0 }),
      aReplica(group, { ordinal: 1 }, { connectionState: 'disconnected' }),
    ];
    expect(removedFrom(group, replicas)).toEqual([0]);
  });

  test('powers a surplus machine off, then destroys it', () => {
    const group = aGroup({ replicas: 0 });
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 })] })).toEqual(['PowerOff']);
    const off = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
    expect(planned(group, { replicas: [off] })).toEqual(['Destroy']);
  });

  test('of two machines with one ordinal the outdated one is removed, also with OnDelete', () => {
    const group = aGroup({ replicas: 2, updateStrategy: { type: 'OnDelete', resizePolicy: 'PowerCycle' } });
    const old = aReplica(group, { ordinal: 1, revision: 'old0000000' });
    const { leaving } = plan(anObservation(group, { replicas: [old, aReplica(group, { ordinal: 1 })] }));
    expect([...leaving]).toEqual([[refKey(old.machine.ref), 'Surplus']]);
  });

  const claimants = (group: VmGroup, ...uuids: readonly string[]) =>
    uuids.map((uuid) =>
      aReplica(group, { ordinal: 0 }, { ref: { type: 'VirtualMachine', value: uuid }, instanceUuid: uuid }),
    );

  test('R1: of two machines that claim one slot, one that was adopted stays: it may have a history', () => {
    const group = aGroup();
    const clone = aReplica(group, { ordinal: 0 });
    const { leaving } = plan(anObservation(group, { replicas: [clone, ...claimants(group, 'adopted')] }));
    expect([...leaving.keys()]).toEqual([refKey(clone.machine.ref)]);
  });

  test('of two that clones have made, the one with the first choice of its instanceUuid stays', () => {
    const group = aGroup();
    const { uid } = group.metadata;
    const { slot } = aReplica(group, { ordinal: 0 });
    const [second, first] = [instanceUuid(uid, slot, 1), instanceUuid(uid, slot)];
    const { leaving } = plan(anObservation(group, { replicas: claimants(group, second, first) }));
    expect([...leaving.keys()]).toEqual([`VirtualMachine:${second}`]);
  });

  test('R1: a foreign object in the folder is no replica', () => {
    expect(planned(aGroup({ replicas: 0 }), { foreignNames: ['pet'] })).toEqual([]);
  });
});
