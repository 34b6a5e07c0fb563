/** What vCenter tells of clones that were sent: the events of their begin, and their tasks. */
import { decodeName } from '../inventory/virtual-machine';
import type { CloneTarget, ManagedObjectReference, RecentTask } from '../port';
import { refOf } from '../property/property-value';
import type { AnyValue, DataObject } from '../vim25/describe';
import type { TaskInfo, VmBeingClonedEvent } from '../vim25/types';

/** Undefined for an event of another type. */
export function cloneTarget(event: DataObject): CloneTarget | undefined {
  if (event.xsiType !== 'VmBeingClonedEvent') return undefined;
  const { destFolder, destName, chainId } = event as unknown as VmBeingClonedEvent;
  return { folder: destFolder.folder, folderName: decodeName(destFolder.name), name: decodeName(destName), chainId };
}

export function recentTask(ref: ManagedObjectReference, value: DataObject): RecentTask {
  const info = value as unknown as TaskInfo;
  const userName: AnyValue | undefined = info.reason?.userName;
  const result = refOf(info.result);
  return {
    ref,
    descriptionId: info.descriptionId,
    state: stateOf(info.state),
    ...(info.entity === undefined ? {} : { entity: info.entity }),
    ...(result === undefined ? {} : { result }),
    ...(typeof userName === 'string' ? { userName } : {}),
    ...(info.queueTime === undefined ? {} : { queueTime: info.queueTime }),
    ...(info.eventChainId === undefined ? {} : { eventChainId: info.eventChainId }),
  };
}

/** An unknown state counts as running: such a task must not be taken for ended. */
function stateOf(state: string): RecentTask['state'] {
  return state === 'queued' || state === 'success' || state === 'error' ? state : 'running';
}
