import { readOwnership } from '../../api/ownership';
import type { CallContext, ManagedObjectReference } from '../../vsphere/port';
import { ActError } from './act-error';
import type { VerifyContext } from './verify';

export interface DestroyFolderContext extends VerifyContext {
  foreignInFolder(names: readonly string[]): void;
}

/** A folder with more than this is kept without a look at each of its machines. */
const MOST_READS = 20;

/**
 * Removing a folder removes what is in it, so a live read has to show it empty (R1). What it holds may be in no inventory,
 * such as a vApp, whose parent is a resource pool, or what the account may not see. If all of it is foreign, the folder is
 * kept and the group let go. A machine of the group, or one that cannot be read, is waited for.
 */
export async function destroyFolder(
  folder: ManagedObjectReference,
  context: DestroyFolderContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const children = await context.calls.readFolderChildren(folder, call);
  if (children === undefined) return undefined;
  if (children.length === 0) return context.calls.destroyFolder(folder, call);
  const names: string[] = [];
  for (const [index, child] of children.entries()) {
    if (child.type !== 'VirtualMachine' || index >= MOST_READS) names.push(`${child.type} ${child.value}`);
    else names.push(...(await foreignName(child, context, call)));
  }
  if (names.length === 0) {
    throw new ActError(
      'FolderNotEmpty',
      "the machines in the group's folder are being removed: the folder is kept until then",
    );
  }
  context.foreignInFolder(names);
  throw new ActError('FolderHoldsForeign', `the group's folder is kept because it holds ${names.join(', ')}`);
}

/** Empty if the machine is gone meanwhile. Throws unless it is known to be foreign. */
export async function foreignName(
  ref: ManagedObjectReference,
  { group, clusterId, calls }: DestroyFolderContext,
  call: CallContext,
): Promise<readonly string[]> {
  const machine = await calls.readVirtualMachine(ref, call);
  if (machine === undefined) return [];
  const owner = readOwnership(machine);
  if (owner?.cluster === clusterId && owner.groupUid === group.metadata.uid) {
    throw new ActError(
      'FolderNotEmpty',
      `${machine.name} in the group's folder is a machine of this group: it is removed first`,
    );
  }
  if (machine.unreadable) {
    throw new ActError(
      'FolderNotEmpty',
      `${machine.name} in the group's folder may be a machine of this group, but vCenter does not tell its configuration ` +
        `(${machine.connectionState}): bring its host or datastore back, or remove it from the inventory`,
    );
  }
  return [machine.name];
}
