import { describe, expect, test } from 'vitest';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import type { Orphan } from '../model/orphan';
import { orphansMessage } from './orphans-message';

const orphan = (name: string, cluster = 'former', groupUid = 'gone'): Orphan => ({
  machine: aReplica(aGroup(), { ordinal: 0 }, { name }).machine,
  owner: { cluster, group: 'shop/web', groupUid, slot: { ordinal: 0, revision: 'r' } },
});
const restored = { kind: 'Restored', adopt: false, machines: [], refused: [], others: [] } as const;
const legacy = {
  kind: 'Legacy',
  adopt: false,
  folder: { type: 'Folder', value: 'old' },
  path: '/dc/vm/shop-web',
} as const;

describe('machines of the original operator', () => {
  test('wait for an answer, and the message says which there are', () =>
    expect(orphansMessage({ ...legacy, machines: [orphan('a'), orphan('b')] })).toBe(
      "the original operator's folder /dc/vm/shop-web holds 2 machines of this group: annotate the group " +
        'vm.codeconnect.vmworld.com/legacy=Adopt to take them over, or =Ignore to make new ones beside them',
    ));

  test('are taken over once a person has asked for it', () =>
    expect(orphansMessage({ ...legacy, adopt: true, machines: [orphan('a')] })).toBe(
      'taking over the machines of the original operator in /dc/vm/shop-web',
    ));
});

describe('machines of an earlier group of this name', () => {
  test('are named with their former owners, each once', () => {
    const machines = [orphan('a'), orphan('b'), orphan('c', 'another', 'u')];
    const message = orphansMessage({ ...restored, machines });
    expect(message).toContain(
      "a, b, c carry this group's name but belong to an earlier one (cluster former, uid gone; another, uid u): ",
    );
  });

  test('are taken over once a person has asked for it', () =>
    expect(orphansMessage({ ...restored, adopt: true, machines: [orphan('a'), orphan('b')] })).toBe(
      'taking over a, b',
    ));

  test('R15: of a cluster that nobody has named wait for an administrator, whatever a person has asked for', () => {
    const refused = [orphan('b', 'z-cluster'), orphan('a', 'a-cluster'), orphan('c', 'z-cluster')];
    expect(orphansMessage({ ...restored, adopt: true, machines: [orphan('d')], refused })).toBe(
      "b, a, c carry this group's name and belong to another cluster (a-cluster,z-cluster), whose operator may be " +
        'alive: once an administrator has made sure that it is stopped and started this one with ' +
        '--adopt-from-clusters=a-cluster,z-cluster, annotate the group vm.codeconnect.vmworld.com/adopt=Adopt; or ' +
        '=Ignore to make new ones beside them',
    );
  });

  test('of another group on another cluster have to be moved out of the folder', () => {
    const { machine } = orphan('pet');
    expect(orphansMessage({ ...restored, machines: [orphan('a')], others: [machine] })).toBe(
      "the group's folder holds machines of another group on another cluster: move pet out of it, or annotate the group " +
        'vm.codeconnect.vmworld.com/adopt=Ignore',
    );
  });
});
