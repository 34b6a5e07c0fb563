import type { CallContext, ManagedObjectReference } from '../../vsphere/port';
import { type DestroyFolderContext, foreignName } from './destroy-folder';

export interface LookIntoFolderContext extends DestroyFolderContext {
  /** Whether the inventory shows the machine. */
  isShown(machine: ManagedObjectReference): boolean;
}

/**
 * Throws while a machine in the folder may be the group's that the inventory does not show: a clone of an earlier process has
 * made it, and the stream hangs (R7). What is shown is known by its marks, so it is not read.
 */
export async function lookIntoFolder(
  folder: ManagedObjectReference,
  context: LookIntoFolderContext,
  call: CallContext,
): Promise<void> {
  const names: string[] = [];
  for (const child of (await context.calls.readFolderChildren(folder, call)) ?? [])
    if (child.type === 'VirtualMachine' && !context.isShown(child))
      names.push(...(await foreignName(child, context, call)));
  context.foreignInFolder(names);
}
