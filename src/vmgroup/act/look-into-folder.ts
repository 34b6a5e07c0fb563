import type { CallContext, ManagedObjectReference } from '../../vsphere/port';
import type { KnownFolder } from '../model/known-objects';
import { type DestroyFolderContext, foreignName } from './destroy-folder';
import { readKnownFolder } from './prove-gone';

export interface LookIntoFolderContext extends DestroyFolderContext {
  /** Whether the inventory shows the machine. */
  isShown(machine: ManagedObjectReference): boolean;
}

/**
 * Throws while a machine in the folder may be the group's that the inventory does not show: a clone of an earlier process has
 * made it, and the stream hangs (R7). What is shown is known by its marks, so it is not read. Throws NotVisible if the account
 * may not look.
 */
export async function lookIntoFolder(
  folder: Pick<KnownFolder, 'ref' | 'path'>,
  context: LookIntoFolderContext,
  call: CallContext,
): Promise<void> {
  const names: string[] = [];
  for (const child of (await readKnownFolder(folder, context, call)) ?? [])
    if (child.type === 'VirtualMachine' && !context.isShown(child))
      names.push(...(await foreignName(child, context, call)));
  context.foreignInFolder(names);
}
