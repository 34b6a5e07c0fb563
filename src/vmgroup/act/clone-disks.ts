/** What a clone does to its disks for spec.disks: the root disk grows, and empty data disks are added. */
import type { CloneRequest, CloneSource, DiskController, NewDisk, VirtualDisk } from '../../vsphere/port';
import type { DiskSizes } from '../model/disk-sizes';
import { ActError } from './act-error';
import { type DiskPositions, firstDisk, positionOf, positionsText, ROOT_DISK } from './disk-positions';

const KIB_PER_GIB = 1024 * 1024;

/** The disks of the request. Throws an ActError if the template's do not allow them: nothing is sent then. */
export function cloneDisks(
  wanted: DiskSizes,
  source: Pick<CloneSource, 'disks' | 'controllers'>,
  template: string,
): NonNullable<CloneRequest['disks']> {
  const { disks, controllers } = source;
  if (disks === undefined || controllers === undefined)
    throw new ActError(
      'DisksUnreadable',
      `the disks of template ${template} cannot be read, and spec.disks depends on them: give the operator's account System.Read on it`,
    );
  const root = firstDisk(disks);
  if (root === undefined)
    throw new ActError('NoRootDisk', `template ${template} has no disk: leave spec.disks out, or give it a disk`);
  const grow = wanted.rootSizeGiB === undefined ? undefined : growthOfRoot(root, wanted.rootSizeGiB, template);
  const add = placed(wanted, root, controllers, template);
  const positions: DiskPositions = new Map([
    [ROOT_DISK, positionOf(root)],
    ...add.map(({ name, disk }) => [name, positionOf(disk)] as const),
  ]);
  return {
    grow: grow === undefined ? [] : [grow],
    add: add.map(({ disk }) => disk),
    positionsText: positionsText(positions),
  };
}

function growthOfRoot(root: VirtualDisk, sizeGiB: number, template: string) {
  const presentKiB = root.capacityKiB ?? 0;
  if (presentKiB > sizeGiB * KIB_PER_GIB)
    throw new ActError(
      'RootDiskTooSmall',
      `spec.disks.rootSizeGiB is ${sizeGiB}, and the root disk of template ${template} has ${gibibytes(presentKiB)} GiB, which cannot get smaller: give at least ${Math.ceil(presentKiB / KIB_PER_GIB)}, or leave it out`,
    );
  return presentKiB === sizeGiB * KIB_PER_GIB ? undefined : { disk: root, sizeGiB };
}

/** On the controller of the root disk while it has room, then on the others. */
function placed(
  { extra }: DiskSizes,
  root: VirtualDisk,
  controllers: readonly DiskController[],
  template: string,
): readonly { readonly name: string; readonly disk: NewDisk }[] {
  const ordered = [...controllers].sort(
    (a, b) => Number(b.key === root.controllerKey) - Number(a.key === root.controllerKey) || a.key - b.key,
  );
  const free = ordered.flatMap(({ key: controllerKey, freeUnits }) =>
    freeUnits.map((unitNumber) => ({ controllerKey, unitNumber })),
  );
  if (free.length < extra.length)
    throw new ActError(
      'NoRoomForDisks',
      `spec.disks.extra has ${extra.length} disks, and the controllers of template ${template} have room for ${free.length}: give the template another SCSI controller, or leave disks out`,
    );
  return extra.flatMap(({ name, sizeGiB, provisioning }, index) => {
    const position = free[index];
    if (position === undefined) return [];
    return [{ name, disk: { ...position, sizeGiB, ...(provisioning !== undefined && { provisioning }) } }];
  });
}

function gibibytes(kib: number): string {
  return String(Math.round((kib / KIB_PER_GIB) * 100) / 100);
}
