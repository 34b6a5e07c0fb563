import { describe, expect, test } from 'vitest';
import { aShape } from '../../../test/support/builders/adoption-world';
import type { MachineShape, VirtualDisk } from '../../vsphere/port';
import { dataDisksOf, shapeDifferences, wantedShape } from './machine-shape';

const GIB = 1024 * 1024;
const disk = (unitNumber: number, gib: number, key = 2000 + unitNumber): VirtualDisk => ({
  ...{ key, label: `Hard disk ${unitNumber + 1}`, controllerKey: 1000, unitNumber, capacityKiB: gib * GIB },
});
const differences = (shape: Partial<MachineShape>, spec: Parameters<typeof wantedShape>[0] = {}) =>
  shapeDifferences(aShape(shape), wantedShape(spec, aShape()));
const extra = (...names: readonly string[]) => ({ disks: { extra: names.map((name) => ({ name, sizeGiB: 5 })) } });
const network = (name: string) => ({ name, network: `net-${name}` });

describe('the shape of a machine', () => {
  test('is that of the template, also where it has more or larger disks', () => {
    expect(differences({})).toEqual([]);
    expect(differences({ disks: [disk(0, 30), disk(1, 1)] })).toEqual([]);
  });

  test.each<[string, Partial<MachineShape>, string]>([
    ['guest OS', { guestId: 'rhel9_64Guest' }, 'its guest OS is rhel9_64Guest, and that of the template ubuntu64Guest'],
    ['firmware', { firmware: 'bios' }, 'its firmware is bios, and that of the template efi'],
    ['a smaller disk', { disks: [disk(0, 10)] }, 'its disk 1 has 10 GiB, and that of the template 20 GiB'],
    ['no disk', { disks: [] }, 'it has 0 disks, and a replica 1'],
    ['one adapter more', { adapters: 2 }, 'it has 2 network adapters, and a replica 1'],
    ['one adapter less', { adapters: 0 }, 'it has 0 network adapters, and a replica 1'],
  ])('%s: told with both values', (_what, shape, told) => {
    expect(differences(shape)).toEqual([told]);
  });

  test('a firmware that vCenter does not tell is BIOS', () => {
    const { firmware: _, ...old } = aShape();
    expect(shapeDifferences(old, wantedShape({}, old))).toEqual([]);
    expect(shapeDifferences(old, wantedShape({}, aShape()))).toEqual([
      'its firmware is bios, and that of the template efi',
    ]);
  });

  test('disks are compared by their places, not by their order in the answer', () => {
    const two = aShape({ disks: [disk(0, 20), disk(1, 100)] });
    expect(shapeDifferences(aShape({ disks: [disk(1, 100, 2000), disk(0, 20, 2001)] }), wantedShape({}, two))).toEqual(
      [],
    );
    expect(shapeDifferences(aShape({ disks: [disk(0, 100), disk(1, 20)] }), wantedShape({}, two))).toHaveLength(1);
  });

  test('data disks of the spec must be there, of any size, after those of the template', () => {
    expect(differences({}, extra('data'))).toEqual(['it has 1 disk, and a replica 2']);
    const shape = aShape({ disks: [disk(1, 1), disk(0, 20)] });
    const wanted = wantedShape(extra('data'), aShape());
    expect(shapeDifferences(shape, wanted)).toEqual([]);
    expect([...dataDisksOf(shape, wanted)].map(([name, { unitNumber }]) => [name, unitNumber])).toEqual([['data', 1]]);
  });

  test('with spec.networks their number counts, and not that of the template', () => {
    const spec = { networks: [network('a'), network('b')] };
    expect(differences({ adapters: 2 }, spec)).toEqual([]);
    expect(differences({ adapters: 1 }, spec)).toEqual(['it has 1 network adapter, and a replica 2']);
  });
});
