/** What the model's event manager keeps. */
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { DataObject } from '../../../src/vsphere/vim25/describe';
import type { ModelTask } from './objects';

export const MOST_EVENTS = 1_000;

export interface CloneBegun {
  readonly template: string;
  readonly wallMs: number;
  readonly event: DataObject;
}

/** VmBeingClonedEvent: where a clone goes. Its chain is that of its task. */
export function cloneBegun(
  order: { readonly template: ManagedObjectReference; readonly folder: ManagedObjectReference; readonly name: string },
  folderName: string,
  task: ModelTask,
): CloneBegun {
  const destFolder = { xsiType: 'FolderEventArgument', name: folderName, folder: order.folder };
  const event = { xsiType: 'VmBeingClonedEvent', chainId: task.chainId, destFolder, destName: order.name };
  return { template: order.template.value, wallMs: task.queuedWallMs, event };
}
