import { DISK_COUNT_KEY } from '../../api/ownership';
import type { LiveVirtualMachine, VirtualDisk } from '../../vsphere/port';
import { clonedDiskCount } from './disk-positions';

/**
 * The disks that the machine has from its clone. Somebody attached a disk and wants to keep it if it has an identity of its own,
 * such as a Kubernetes volume, if it lies outside the machine's directory, or if the clone had fewer disks.
 */
export function ownDisks(machine: LiveVirtualMachine): readonly VirtualDisk[] {
  const home = machine.vmPathName && directoryOf(machine.vmPathName);
  const cloned = clonedDiskCount(machine.extraConfig[DISK_COUNT_KEY]);
  const isOwn = ({ fileName, firstClassDiskId }: VirtualDisk) =>
    firstClassDiskId === undefined &&
    (fileName === undefined ||
      directoryOf(fileName) === home ||
      (cloned !== undefined && isNamedAfter(machine, fileName)));
  const own = machine.disks.filter(isOwn).sort((a, b) => a.key - b.key);
  // Which of them was added nobody can tell for sure; most likely the last ones.
  return own.slice(0, cloned ?? own.length);
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
