/** R1: reads a machine live and verifies that it is ours, right before it is changed for good. */
import { readOwnership } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import type { CallContext, LiveVirtualMachine, VimClient, VirtualDisk, VirtualMachine } from '../../vsphere/port';
import type { Replica } from '../model/observation';
import type { Orphan } from '../model/orphan';
import { type AdoptionRule, mayAdopt } from '../model/tenant-policy';
import { ActError } from './act-error';
import { diskOwners } from './own-disks';

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

/** Destroying a machine destroys its disks, also those that somebody attached and wants to keep (own-disks.ts). */
export function verifyOwnDisks(machine: LiveVirtualMachine): void {
  const { own, foreign, doubtful } = diskOwners(machine);
  if (foreign.length > 0)
    throw new ActError(
      'ForeignDisk',
      `${machine.name} is not destroyed because it holds a disk that is not its own: detach ${namesOf(foreign)}`,
    );
  if (doubtful.length > 0)
    throw new ActError(
      'ForeignDisk',
      `${machine.name} is not destroyed because it has ${own.length + doubtful.length} disks, more than its clone had: of ${namesOf(doubtful)} detach what was added`,
    );
}

function namesOf(disks: readonly VirtualDisk[]): string {
  return disks.map(({ label, fileName }) => `${label}${fileName === undefined ? '' : ` (${fileName})`}`).join(', ');
}
