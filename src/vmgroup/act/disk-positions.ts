/**
 * Where the disks of a machine are that the clone gave it, written by the clone beside their number: `2 root=1000:0
 * data=1000:1`. A position is the key of a controller and the number of a unit on it. vCenter keeps both when it moves a machine
 * or its files, unlike the names of files, and a disk that a person adds gets another one.
 */
import type { VirtualDisk } from '../../vsphere/port';

/** `root` is the root disk. The names of data disks are DNS labels. */
export type DiskPositions = ReadonlyMap<string, string>;

/** The name of the root disk among the positions; a data disk cannot have it (spec.disks.extra). */
export const ROOT_DISK = 'root';

export function positionOf({ controllerKey, unitNumber }: Pick<VirtualDisk, 'controllerKey' | 'unitNumber'>): string {
  return `${controllerKey}:${unitNumber}`;
}

/** What is written behind the number of disks. */
export function positionsText(positions: DiskPositions): string {
  return [...positions].map(([name, position]) => ` ${name}=${position}`).join('');
}

/** How many disks the clone had; undefined for a machine that was adopted, or cloned by an earlier version. */
export function clonedDiskCount(text: string | undefined): number | undefined {
  const count = /^(\d{1,3})( |$)/.exec(text ?? '')?.[1];
  return count === undefined ? undefined : Number(count);
}

export function readPositions(text: string | undefined): DiskPositions {
  const entries = [...(text ?? '').matchAll(/ ([a-z0-9-]{1,63})=(\d{1,6}:\d{1,3})(?= |$)/g)];
  return new Map(entries.map(([, name = '', position = '']) => [name, position]));
}

/** The first by controller and unit, which is where the guest boots from. */
export function firstDisk(disks: readonly VirtualDisk[]): VirtualDisk | undefined {
  const order = ({ controllerKey = Infinity, unitNumber = Infinity }: VirtualDisk) =>
    [controllerKey, unitNumber] as const;
  return [...disks].sort((a, b) => {
    const [[controllerA, unitA], [controllerB, unitB]] = [order(a), order(b)];
    return controllerA === controllerB ? unitA - unitB : controllerA - controllerB;
  })[0];
}
