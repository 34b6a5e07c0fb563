import { describe, expect, test } from 'vitest';
import type { CloneSource, VirtualDisk } from '../../vsphere/port';
import { classifyOwn } from './act-error';
import { cloneDisks } from './clone-disks';

const GIB = 1024 * 1024;
const disk = (unitNumber: number, gib: number, rest: Partial<VirtualDisk> = {}): VirtualDisk => ({
  ...{ key: 2_000 + unitNumber, label: `Hard disk ${unitNumber + 1}`, controllerKey: 1_000, unitNumber },
  ...{ capacityKiB: gib * GIB, isGrowable: true as const },
  ...rest,
});
const source: Pick<CloneSource, 'disks' | 'controllers'> = {
  disks: [disk(2, 5), disk(0, 10)],
  controllers: [
    { key: 15_000, freeUnits: [0, 1, 2] },
    { key: 1_000, freeUnits: [1, 3] },
  ],
};
const made = (wanted: Parameters<typeof cloneDisks>[0], from = source) => cloneDisks(wanted, from, '/dc/vm/ubuntu');

function refusal(wanted: Parameters<typeof cloneDisks>[0], from = source): { code: string; message: string } {
  try {
    made(wanted, from);
  } catch (error) {
    const failure = error as { code: string; message: string; outcome: 'NotSent' };
    expect(classifyOwn(failure)?.apiClass).toBe('NeedsUser');
    return failure;
  }
  throw new Error('it was not refused');
}

describe('the disks of a clone', () => {
  test('the root disk is the first by controller and unit, and grows', () => {
    const { grow, add, positionsText } = made({ rootSizeGiB: 40, extra: [] });
    expect(grow).toEqual([{ disk: disk(0, 10), sizeGiB: 40 }]);
    expect([add, positionsText]).toEqual([[], ' root=1000:0']);
  });

  test('one of the size of the template is not edited', () => {
    expect(made({ rootSizeGiB: 10, extra: [] }).grow).toEqual([]);
  });

  test('data disks go to free units of the controller of the root disk, then to other controllers', () => {
    const extra = ['a', 'b', 'c'].map((name) => ({ name, sizeGiB: 1 }));
    const { add, positionsText } = made({ extra });
    expect(add.map(({ controllerKey, unitNumber }) => [controllerKey, unitNumber])).toEqual([
      [1_000, 1],
      [1_000, 3],
      [15_000, 0],
    ]);
    expect(positionsText).toBe(' root=1000:0 a=1000:1 b=1000:3 c=15000:0');
  });

  test('a size below that of the template is refused with the least that is possible', () => {
    const { code, message } = refusal({ rootSizeGiB: 8, extra: [] });
    expect(code).toBe('RootDiskTooSmall');
    expect(message).toBe(
      'spec.disks.rootSizeGiB is 8, and the root disk of template /dc/vm/ubuntu has 10 GiB, which cannot get smaller: give at least 10, or leave it out',
    );
  });

  test('without room, without disks, and with disks that cannot be read nothing is sent', () => {
    const extra = Array.from({ length: 6 }, (_, index) => ({ name: `d${index}`, sizeGiB: 1 }));
    expect(refusal({ extra })).toMatchObject({
      code: 'NoRoomForDisks',
      message: expect.stringContaining('have room for 5'),
    });
    expect(refusal({ extra: [] }, { disks: [], controllers: [] }).code).toBe('NoRootDisk');
    expect(refusal({ extra: [] }, {}).code).toBe('DisksUnreadable');
  });
});
