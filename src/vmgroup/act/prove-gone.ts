/**
 * Proofs that an object is gone. That the inventory does not show it is none: a person may have taken the right to see it
 * from the account. Only vCenter's own ManagedObjectNotFound is (docs/vsphere.md#what-the-account-may-not-see).
 */
import { readOwnership } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import type {
  CallContext,
  LiveVirtualMachine,
  ManagedObjectReference,
  VimClient,
  VirtualMachine,
} from '../../vsphere/port';
import type { KnownFolder, KnownMachine } from '../model/known-objects';
import { ActError } from './act-error';

export interface ProofContext {
  readonly group: VmGroup;
  readonly clusterId: string;
  readonly calls: Pick<VimClient, 'readVirtualMachine'>;
  /** vCenter says that the machine does not exist. */
  machineGone(known: KnownMachine): void;
  /** The reference is now that of a machine which is not the group's: somebody took the marks off, or vCenter was restored. */
  notOurs(known: KnownMachine): void;
}

export interface FolderProofContext {
  readonly calls: Pick<VimClient, 'readFolderChildren'>;
  /** vCenter says that the folder does not exist. */
  folderGone(folder: KnownFolder): void;
}

/** Throws unless the machine is gone, or not the group's any more. */
export async function proveMachineGone(known: KnownMachine, context: ProofContext, call: CallContext): Promise<void> {
  const machine = await readKnownMachine(known, context, call);
  if (machine !== undefined) throw stillThere(known);
}

/** Throws unless the folder is gone. */
export async function proveFolderGone(
  folder: KnownFolder,
  context: FolderProofContext,
  call: CallContext,
): Promise<void> {
  if ((await readKnownFolder(folder, context, call)) !== undefined) throw stillThere(folderNamed(folder));
  context.folderGone(folder);
}

/** What is in a folder that was the group's; undefined if it is gone. Throws NotVisible if the account may not look at it. */
export async function readKnownFolder(
  folder: Pick<KnownFolder, 'ref' | 'path'>,
  { calls }: Pick<FolderProofContext, 'calls'>,
  call: CallContext,
): Promise<readonly ManagedObjectReference[] | undefined> {
  return await told(folderNamed(folder), () => calls.readFolderChildren(folder.ref, call));
}

function folderNamed({ ref, path }: Pick<KnownFolder, 'ref' | 'path'>): Named {
  return { ref, name: `the group's folder ${path}` };
}

/** A machine that was the group's, if it still is or may be. Throws NotVisible if the account may not look at it. */
export async function readKnownMachine(
  known: KnownMachine,
  context: ProofContext,
  call: CallContext,
): Promise<LiveVirtualMachine | undefined> {
  const machine = await told(known, () => context.calls.readVirtualMachine(known.ref, call));
  if (machine === undefined) {
    context.machineGone(known);
    return undefined;
  }
  // Not even its name is told: the account has System.View on it, and not System.Read.
  if (machine.unreadable && machine.name === '') throw notVisible(known);
  if (machine.unreadable || isOurs(machine, context)) return machine;
  context.notOurs(known);
  return undefined;
}

export function isOurs(
  machine: VirtualMachine,
  { group, clusterId }: Pick<ProofContext, 'group' | 'clusterId'>,
): boolean {
  const owner = readOwnership(machine);
  return owner?.cluster === clusterId && owner.groupUid === group.metadata.uid;
}

interface Named {
  readonly ref: ManagedObjectReference;
  readonly name: string;
}

async function told<T>(about: Named, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw isNoPermission(error) ? notVisible(about) : error;
  }
}

/** Whether a call was refused because the account lacks a privilege. */
export function isNoPermission(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'NoPermission';
}

function notVisible({ name, ref }: Named): ActError {
  return new ActError(
    'NotVisible',
    `${name} (${ref.value}) may still be there, but vCenter does not let the operator's account look: grant System.View and ` +
      'System.Read on it and where it is',
  );
}

function stillThere({ name, ref }: Named): ActError {
  return new ActError('NotInInventory', `${name} (${ref.value}) is in vCenter, and the inventory does not show it yet`);
}
