/** Growth of the disks of a machine that exists, while it is on or off. The disks are read live: the stream has none. */
import { DISK_COUNT_KEY } from '../../api/ownership';
import type {
  CallContext,
  DiskGrowth,
  LiveVirtualMachine,
  ManagedObjectReference,
  VirtualDisk,
} from '../../vsphere/port';
import type { DiskSizes } from '../model/disk-sizes';
import type { Replica } from '../model/observation';
import { ActError } from './act-error';
import { firstDisk, positionOf, ROOT_DISK, readPositions } from './disk-positions';
import { diskOwners } from './own-disks';
import { type VerifyContext, verifyOwnership } from './verify';

const KIB_PER_GIB = 1024 * 1024;

/** The task that makes disks larger; undefined if none has to be, or if the machine is gone. Throws an ActError. */
export async function sizeDisks(
  { replica, disks }: { readonly replica: Replica; readonly disks: DiskSizes },
  context: VerifyContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const machine = await verifyOwnership(replica, context, call);
  if (machine === undefined) return undefined;
  const growDisks = growthOf(machine, disks);
  return growDisks.length === 0 ? undefined : context.calls.reconfigure(machine, { growDisks }, call);
}

function growthOf(machine: LiveVirtualMachine, { rootSizeGiB, extra }: DiskSizes): readonly DiskGrowth[] {
  const { own, doubtful } = diskOwners(machine);
  const positions = readPositions(machine.extraConfig[DISK_COUNT_KEY]);
  const at = (name: string) => own.find((disk) => positionOf(disk) === positions.get(name));
  const wanted = extra.map(({ name, sizeGiB }) => ({ disk: at(name), field: `spec.disks.extra[${name}]`, sizeGiB }));
  if (rootSizeGiB !== undefined && !positions.has(ROOT_DISK) && doubtful.length > 0)
    throw new ActError(
      'DiskNotFound',
      `nobody can tell which disk of ${machine.name} is its root disk for spec.disks.rootSizeGiB, because one was added since its clone: detach that, or add ${machine.ref.value} to spec.retire to get a new machine`,
    );
  // A machine that was cloned without spec.disks has no positions.
  const root = positions.has(ROOT_DISK) ? at(ROOT_DISK) : firstDisk(own);
  const all =
    rootSizeGiB === undefined
      ? wanted
      : [{ disk: root, field: 'spec.disks.rootSizeGiB', sizeGiB: rootSizeGiB }, ...wanted];
  return all.flatMap(({ disk, field, sizeGiB }) => {
    if (disk === undefined)
      throw new ActError(
        'DiskNotFound',
        `${machine.name} has no disk of its own for ${field} any more: add ${machine.ref.value} to spec.retire to get a new machine with it`,
      );
    // It may be larger: a person has made it so, and no disk gets smaller.
    if ((disk.capacityKiB ?? 0) >= sizeGiB * KIB_PER_GIB) return [];
    requireGrowable(machine, disk, field);
    return [{ disk, sizeGiB }];
  });
}

function requireGrowable({ name }: LiveVirtualMachine, disk: VirtualDisk, field: string): void {
  if (disk.capacityKiB !== undefined && disk.isGrowable === true && disk.hasParent !== true) return;
  throw new ActError(
    disk.hasParent === true ? 'DiskHasParent' : 'DiskNotGrowable',
    disk.hasParent === true
      ? `${disk.label} of ${name} cannot grow to ${field}, because it has a parent: delete the snapshots of the machine; a linked clone has to be replaced by a full one`
      : `${disk.label} of ${name} cannot grow to ${field}: its kind of disk has a fixed size`,
  );
}
