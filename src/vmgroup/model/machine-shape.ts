/** Whether a machine that exists has the shape of the machines that the template makes. */
import type { VmGroupSpec } from '../../api/vm-group';
import type { MachineShape, VirtualDisk } from '../../vsphere/port';

/** What a machine must have to become a replica. CPU and memory are not among it: they are changed in place. */
export interface WantedShape {
  readonly guestId: string;
  readonly firmware: string;
  /** Least capacity of each disk in KiB, in the order of their places. */
  readonly disksKiB: readonly number[];
  readonly adapters: number;
  /** Names of the data disks of the spec, which are the last of them. */
  readonly dataDisks: readonly string[];
}

/** vCenter tells no firmware of machines that an old one has made: they have a BIOS. */
const DEFAULT_FIRMWARE = 'bios';

/**
 * That of a clone of this template. Sizes in the spec are not asked for: a disk that is smaller than the spec says grows
 * in place, as on a replica. Data disks of the spec must be there, of any size.
 */
export function wantedShape(spec: Pick<VmGroupSpec, 'disks' | 'networks'>, template: MachineShape): WantedShape {
  const { networks } = spec;
  const dataDisks = (spec.disks?.extra ?? []).map(({ name }) => name);
  return {
    guestId: template.guestId,
    firmware: template.firmware ?? DEFAULT_FIRMWARE,
    disksKiB: [...inOrder(template.disks).map(({ capacityKiB = 0 }) => capacityKiB), ...dataDisks.map(() => 0)],
    adapters: networks === undefined || networks.length === 0 ? template.adapters : networks.length,
    dataDisks,
  };
}

/** How a machine differs, one clause per difference; empty: it does not. */
export function shapeDifferences(shape: MachineShape, wanted: WantedShape): readonly string[] {
  const differences: string[] = [];
  const { guestId, firmware = DEFAULT_FIRMWARE, adapters } = shape;
  if (guestId !== wanted.guestId)
    differences.push(`its guest OS is ${guestId}, and that of the template ${wanted.guestId}`);
  if (firmware !== wanted.firmware)
    differences.push(`its firmware is ${firmware}, and that of the template ${wanted.firmware}`);
  const disks = inOrder(shape.disks);
  if (disks.length < wanted.disksKiB.length)
    differences.push(`it has ${counted(disks.length, 'disk')}, and a replica ${wanted.disksKiB.length}`);
  else
    wanted.disksKiB.forEach((leastKiB, index) => {
      const capacityKiB = disks[index]?.capacityKiB ?? 0;
      if (capacityKiB < leastKiB)
        differences.push(
          `its disk ${index + 1} has ${gibibytes(capacityKiB)} GiB, and that of the template ${gibibytes(leastKiB)} GiB`,
        );
    });
  if (adapters !== wanted.adapters)
    differences.push(`it has ${counted(adapters, 'network adapter')}, and a replica ${wanted.adapters}`);
  return differences;
}

/** Where the data disks of the spec are on a machine of this shape, by their names. */
export function dataDisksOf(
  shape: MachineShape,
  { disksKiB, dataDisks }: WantedShape,
): ReadonlyMap<string, VirtualDisk> {
  const first = disksKiB.length - dataDisks.length;
  const last = inOrder(shape.disks).slice(first, disksKiB.length);
  return new Map(last.map((disk, index) => [dataDisks[index] ?? '', disk]));
}

/** By their places, which vCenter keeps when files are moved. */
function inOrder(disks: readonly VirtualDisk[]): readonly VirtualDisk[] {
  const place = ({ controllerKey = 0, unitNumber = 0 }: VirtualDisk) => controllerKey * 1_000 + unitNumber;
  return [...disks].sort((a, b) => place(a) - place(b) || a.key - b.key);
}

const KIB_PER_GIB = 1024 * 1024;

/** With two digits where it is no whole number. */
function gibibytes(kib: number): string {
  return String(Math.round((kib / KIB_PER_GIB) * 100) / 100);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
