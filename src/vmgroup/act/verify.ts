/** R1: reads a machine live and verifies that it is ours, right before it is changed for good. */
import { DISK_COUNT_KEY, readOwnership } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import type { CallContext, LiveVirtualMachine, VimClient, VirtualDisk, VirtualMachine } from '../../vsphere/port';
import type { Replica } from '../model/observation';
import type { Orphan } from '../model/orphan';
import { type AdoptionRule, mayAdopt } from '../model/tenant-policy';
import { ActError } from './act-error';

export interface VerifyContext {
  readonly group: VmGroup;
  readonly clusterId: string;
  readonly calls: VimClient;
}

/** Reads a machine live. Undefined if it is gone. Throws if it is not, or no longer, a replica of this group. */
export async function verifyOwnership(
  replica: Replica,
  context: VerifyContext,
  call: CallContext,
): Promise<LiveVirtualMachine | undefined> {
  const machine = await context.calls.readVirtualMachine(replica.machine.ref, call);
  if (machine === undefined) return undefined;
  // First: vCenter tells no marks of a machine that it cannot reach, and that is no sign of another owner.
  verifyReachable(machine);
  const owner = readOwnership(machine);
  if (owner?.cluster !== context.clusterId || owner.groupUid !== context.group.metadata.uid) {
    throw new ActError(
      'OwnershipUnproven',
      `${machine.name} does not carry the marks of this group any more: it is left as it is`,
    );
  }
  return machine;
}

/**
 * Reads a machine live that will be adopted. Undefined if it is gone. Throws if it got another owner meanwhile, or if its
 * owner lives.
 */
export async function verifyAdoptable(
  { machine: seen, owner: formerOwner }: Orphan,
  context: VerifyContext & AdoptionRule,
  call: CallContext,
): Promise<LiveVirtualMachine | undefined> {
  const machine = await context.calls.readVirtualMachine(seen.ref, call);
  if (machine === undefined) return undefined;
  verifyReachable(machine);
  const owner = readOwnership(machine);
  if (owner?.cluster !== formerOwner?.cluster || owner?.groupUid !== formerOwner?.groupUid) {
    throw new ActError('OwnershipUnproven', `${machine.name} got another owner meanwhile: it is left as it is`);
  }
  if (!mayAdopt(owner, context)) {
    const of =
      owner?.cluster === context.clusterId ? `VmGroup ${owner.group}, which exists` : `cluster ${owner?.cluster}`;
    throw new ActError('OwnershipUnproven', `${machine.name} belongs to ${of}: it is left as it is`);
  }
  return machine;
}

function verifyReachable(machine: VirtualMachine): void {
  if (machine.connectionState === 'connected' && !machine.unreadable) return;
  throw new ActError(
    'HostDisconnected',
    machine.connectionState === 'connected'
      ? `vCenter does not tell the configuration of ${machine.name}: it is left alone until it does`
      : `${machine.name} is ${machine.connectionState} in vCenter: it is left alone until its host or datastore is back`,
  );
}

/**
 * Destroying a machine destroys its disks. Somebody attached a disk and wants to keep it if it has an identity of its own,
 * such as a Kubernetes volume, if it lies outside the machine's directory, or if the clone had fewer disks.
 */
export function verifyOwnDisks(machine: LiveVirtualMachine): void {
  const home = machine.vmPathName && directoryOf(machine.vmPathName);
  const isOwn = ({ fileName, firstClassDiskId }: VirtualDisk) =>
    firstClassDiskId === undefined &&
    (fileName === undefined || directoryOf(fileName) === home || isNamedAfter(machine, fileName));
  const own = machine.disks.filter(isOwn).sort((a, b) => a.key - b.key);
  // Which of them was added nobody can tell for sure; most likely the last ones.
  const added = own.slice(clonedDisksOf(machine) ?? own.length);
  const foreign = machine.disks.filter((disk) => !isOwn(disk) || added.includes(disk));
  if (foreign.length === 0) return;
  const names = foreign.map(({ label, fileName }) => `${label}${fileName === undefined ? '' : ` (${fileName})`}`);
  throw new ActError(
    'ForeignDisk',
    `${machine.name} is not destroyed because it holds a disk that is not its own: detach ${names.join(', ')}`,
  );
}

/** How many disks the clone had; undefined for a machine that was adopted, or cloned by an earlier version. */
function clonedDisksOf({ extraConfig }: LiveVirtualMachine): number | undefined {
  const text = extraConfig[DISK_COUNT_KEY];
  return text !== undefined && /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

/** Storage vMotion puts a disk into another directory, such as a UUID on vSAN, and names its file after the machine. */
function isNamedAfter(machine: LiveVirtualMachine, path: string): boolean {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return (
    clonedDisksOf(machine) !== undefined &&
    /^(_\d+)?\.vmdk$/.test(file.slice(machine.name.length)) &&
    file.startsWith(machine.name)
  );
}

/**
 * `[ssd-1] web-1/web-1.vmx` lies in `web-1`. The datastore does not count: if a template has disks on several
 * datastores, its clones have a directory of the same name on each.
 */
function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))).replace(/^\[[^\]]*\] ?/, '');
}
