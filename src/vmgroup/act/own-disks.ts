import { DISK_COUNT_KEY } from '../../api/ownership';
import type { LiveVirtualMachine, VirtualDisk } from '../../vsphere/port';
import { clonedDiskCount, positionOf, readPositions } from './disk-positions';

/** Whose the disks of a machine are. Each is in one of the lists. */
export interface DiskOwners {
  /** From its clone. */
  readonly own: readonly VirtualDisk[];
  /** Somebody attached it and wants to keep it. */
  readonly foreign: readonly VirtualDisk[];
  /** They are more than the clone had, and nobody can tell which of them somebody attached. */
  readonly doubtful: readonly VirtualDisk[];
}

/**
 * A disk is somebody's who attached it if it has an identity of its own, such as a Kubernetes volume, or if it lies outside the
 * machine's directory. Of the others those are from the clone that are where it put them. Where it recorded no positions
 * only their number tells; and no order of keys does, for the root disk may be on any kind of controller.
 */
export function diskOwners(machine: LiveVirtualMachine): DiskOwners {
  const mark = machine.extraConfig[DISK_COUNT_KEY];
  const cloned = clonedDiskCount(mark);
  const positions = new Set(readPositions(mark).values());
  const likely = likelyOwn(machine, cloned);
  const placed = likely.filter((disk) => positions.has(positionOf(disk)));
  const others = likely.filter((disk) => !placed.includes(disk));
  const foreign = machine.disks.filter((disk) => !likely.includes(disk));
  // A recorded disk that was detached makes no room for one that was attached.
  const left = cloned === undefined ? Infinity : cloned - positions.size;
  if (others.length <= left) return { own: likely, foreign, doubtful: [] };
  if (left <= 0) return { own: placed, foreign: [...foreign, ...others], doubtful: [] };
  return { own: placed, foreign, doubtful: others };
}

function likelyOwn(machine: LiveVirtualMachine, cloned: number | undefined): readonly VirtualDisk[] {
  const home = machine.vmPathName && directoryOf(machine.vmPathName);
  const isOwn = ({ fileName, firstClassDiskId }: VirtualDisk) =>
    firstClassDiskId === undefined &&
    (fileName === undefined ||
      directoryOf(fileName) === home ||
      (cloned !== undefined && isNamedAfter(machine, fileName)));
  return machine.disks.filter(isOwn).sort((a, b) => a.key - b.key);
}

/** Storage vMotion puts a disk into another directory, such as a UUID on vSAN, and names its file after the machine. */
function isNamedAfter(machine: LiveVirtualMachine, path: string): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return /^(_\d+)?\.vmdk$/.test(file.slice(machine.name.length)) && file.startsWith(machine.name);
}

/**
 * `[ssd-1] web-1/web-1.vmx` lies in `web-1`. The datastore does not count: if a template has disks on several
 * datastores, its clones have a directory of the same name on each.
 */
function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))).replace(/^\[[^\]]*\] ?/, '');
}
