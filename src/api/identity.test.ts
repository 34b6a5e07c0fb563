import { describe, expect, test } from 'vitest';
import { aGroup, GROUP_UID } from '../../test/support/builders/observation';
import {
  adoptionRevisionOf,
  groupFolderName,
  hostName,
  instanceUuid,
  replicaId,
  revisionOf,
  sizeRevisionOf,
  virtualMachineName,
} from './identity';

// With other values the operator would create all machines of all groups again.
describe('names and identities are frozen', () => {
  const slot = { ordinal: 0, revision: 'a1b2c3d4e5' };

  test('id of a slot', () => {
    expect(replicaId(GROUP_UID, slot)).toBe('mkzxbesb');
    expect(replicaId(GROUP_UID, { ...slot, ordinal: 1 })).toBe('spaavyjw');
  });

  test('name of a virtual machine', () => {
    expect(virtualMachineName('web', GROUP_UID, slot)).toBe('web-replica-mkzxbesb');
  });

  test('instanceUuid of a slot is a UUID v5', () => {
    expect(instanceUuid(GROUP_UID, slot)).toBe('7e4a243b-3bfd-56bc-9cf0-722333053251');
  });

  test('folder of a group', () => {
    expect(groupFolderName('shop', 'web')).toBe('shop.web');
    expect(groupFolderName('n'.repeat(40), 'g'.repeat(62))).toBe(
      'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn.ggggggggggggggggggggggggg_0504d554f40d',
    );
  });

  test('revision of a spec', () => {
    expect(revisionOf(aGroup({ template: 'ubuntu' }).spec)).toBe('59144ca3fb');
    expect(revisionOf(aGroup({ template: 'ubuntu', placement: { cluster: 'C0', datastore: 'ds' } }).spec)).toBe(
      'afd3c97106',
    );
    expect(
      revisionOf(
        aGroup({
          template: 'ubuntu',
          networks: [{ name: 'front', network: '/dc/network/a' }],
          guest: { cloudInit: { userData: { secretKeyRef: { name: 's', key: 'k' } }, metadata: { value: 'a: b' } } },
        }).spec,
      ),
    ).toBe('ab4dc3c55c');
  });
});

test('a request for machines that exist has a hash, which an upgrade must not change: else it would begin anew', () => {
  const adopt = { machines: ['web-1'], folder: '/dc/vm/by-hand' };
  expect(adoptionRevisionOf({ adopt })).toBe('52f7b79d1f');
  expect(adoptionRevisionOf({ adopt: { ...adopt, machines: ['web-2'] } })).not.toBe(adoptionRevisionOf({ adopt }));
  expect(adoptionRevisionOf({})).toBeUndefined();
});

describe('a change in place', () => {
  const sizeOf = (spec: Parameters<typeof aGroup>[0]) => sizeRevisionOf(aGroup(spec).spec);

  test('has a hash that fields which are left out do not change', () => {
    expect(sizeOf({})).toBe('76b5430634');
    expect(sizeOf({ hardware: {} })).toBe(sizeOf({}));
  });

  test('of data disks replaces machines, but for their sizes and their order', () => {
    const of = (...extra: readonly { name: string; sizeGiB: number }[]) =>
      aGroup({ disks: { extra: [...extra] } }).spec;
    const [a, b] = [
      { name: 'a', sizeGiB: 1 },
      { name: 'b', sizeGiB: 1 },
    ];
    expect(revisionOf(of(a, b))).toBe(revisionOf(of(b, { ...a, sizeGiB: 2 })));
    expect(sizeRevisionOf(of(a))).not.toBe(sizeRevisionOf(of({ ...a, sizeGiB: 2 })));
    expect(revisionOf(of(a))).not.toBe(revisionOf(of(b)));
    expect(revisionOf(of())).toBe(revisionOf(aGroup().spec));
    expect(sizeRevisionOf(of())).toBe(sizeOf({}));
  });

  test('of a restart token replaces machines, and allows no restart for a size', () => {
    const updateStrategy = { type: 'RollingUpdate', resizePolicy: 'PowerCycle' } as const;
    const withToken = { updateStrategy: { ...updateStrategy, restartToken: 'a' } };
    expect(sizeOf(withToken)).toBe(sizeOf({ updateStrategy }));
    expect(revisionOf(aGroup(withToken).spec)).not.toBe(revisionOf(aGroup({ updateStrategy }).spec));
  });

  test.each<Parameters<typeof aGroup>[0]>([
    { cpu: 4 },
    { hardware: { coresPerSocket: 1 } },
    { hardware: { cpuHotAdd: false } },
    { disks: { rootSizeGiB: 40 } },
  ])('of %j is a new size, and no new revision', (spec) => {
    expect(sizeOf(spec)).not.toBe(sizeOf({}));
    expect(revisionOf(aGroup(spec).spec)).toBe(revisionOf(aGroup().spec));
  });
});

describe('names keep within the limits of vSphere and of a host name', () => {
  const slot = { ordinal: 499, revision: 'ffffffffff' };
  const longest = `${'a.'.repeat(30)}zz`;

  test('the longest allowed group name makes a name of 79 characters', () => {
    expect(longest).toHaveLength(62);
    expect(virtualMachineName(longest, GROUP_UID, slot)).toHaveLength(79);
  });

  test('an older, longer group name is cut', () => {
    expect(virtualMachineName('x'.repeat(200), GROUP_UID, slot)).toHaveLength(79);
  });

  test('a host name has at most 63 characters and no dot', () => {
    expect(hostName('web.shop', GROUP_UID, slot)).toMatch(/^web-shop-replica-[a-z]{8}$/);
    expect(hostName(longest, GROUP_UID, slot)).toMatch(/^[a-z-]{54}-[a-z]{8}$/);
  });

  test('a-b/c and a/b-c have different folders', () => {
    expect(groupFolderName('a-b', 'c')).not.toBe(groupFolderName('a', 'b-c'));
  });

  test('a cut folder name differs for groups that share their first 66 characters', () => {
    const namespace = 'n'.repeat(63);
    expect(groupFolderName(namespace, `${'g'.repeat(40)}1`)).not.toBe(groupFolderName(namespace, `${'g'.repeat(40)}2`));
  });
});

describe('revisionOf', () => {
  test.each([
    ['cpu', { cpu: 9 }],
    ['memory', { memory: 9 }],
    ['replicas', { replicas: 9 }],
    ['paused', { paused: true }],
    ['powerState', { powerState: 'PoweredOff' as const }],
    ['vcenterRef', { vcenterRef: { name: 'east' } }],
    ['placement.folder', { placement: { folder: 'f' } }],
    ['placement.datacenter', { placement: { datacenter: 'd' } }],
    ['an empty placement', { placement: {} }],
    ['no networks', { networks: [] }],
    ['an empty guest', { guest: {} }],
    ['readiness', { readiness: { type: 'IPAddress' as const } }],
    ['minReadySeconds', { minReadySeconds: 5 }],
    ['progressDeadlineSeconds', { progressDeadlineSeconds: 5 }],
    ['scaleDown', { scaleDown: { order: 'Oldest' as const } }],
    ['powerOff', { powerOff: { mode: 'Hard' as const } }],
    ['updateStrategy', { updateStrategy: { type: 'OnDelete' as const, resizePolicy: 'Replace' as const } }],
  ])('is the same after a change of %s', (_field, change) => {
    expect(revisionOf(aGroup(change).spec)).toBe(revisionOf(aGroup().spec));
  });

  test.each([
    ['template', { template: 'debian' }],
    ['placement.cluster', { placement: { cluster: 'c' } }],
    ['placement.resourcePool', { placement: { resourcePool: 'c' } }],
    ['placement.datastore', { placement: { datastore: 'c' } }],
    ['placement.storagePolicy', { placement: { storagePolicy: 'c' } }],
    ['networks', { networks: [{ name: 'a', network: 'b' }] }],
    ['guest.cloudInit', { guest: { cloudInit: {} } }],
    ['user-data', { guest: { cloudInit: { userData: { value: 'x' } } } }],
    ['a customization specification', { guest: { customizationSpec: { name: 'x' } } }],
    ['an Ignition config', { guest: { ignition: { config: { value: 'x' } } } }],
    ['metadata', { guest: { cloudInit: { metadata: { value: 'x' } } } }],
  ])('differs after a change of %s', (_field, change) => {
    expect(revisionOf(aGroup(change).spec)).not.toBe(revisionOf(aGroup().spec));
  });

  test('is the same after a network entry got another name, and differs after two entries were swapped', () => {
    const networks = (...entries: [string, string][]) =>
      revisionOf(aGroup({ networks: entries.map(([name, network]) => ({ name, network })) }).spec);
    expect(networks(['a', 'x'], ['b', 'y'])).toBe(networks(['c', 'x'], ['d', 'y']));
    expect(networks(['a', 'x'], ['b', 'y'])).not.toBe(networks(['a', 'y'], ['b', 'x']));
  });
});
