/** What vCenter tells of clones that were sent: the events of their begin, and their tasks. */
import { isDataObject } from '../fault/classify';
import { decodeName } from '../inventory/virtual-machine';
import type { CallContext, CloneTarget, ManagedObjectReference, RecentTask } from '../port';
import { retrieveProperties } from '../property/property-reader';
import { refOf } from '../property/property-value';
import type { Session } from '../session/session';
import { type AnyValue, type DataObject, typed } from '../vim25/describe';
import { type TaskInfo, TraversalSpec, type VmBeingClonedEvent } from '../vim25/types';

/** Undefined for an event of another type. */
export function cloneTarget(event: DataObject): CloneTarget | undefined {
  if (event.xsiType !== 'VmBeingClonedEvent') return undefined;
  const { destFolder, destName, chainId } = event as unknown as VmBeingClonedEvent;
  return { folder: destFolder.folder, folderName: decodeName(destFolder.name), name: decodeName(destName), chainId };
}

/** The tasks of TaskManager.recentTask, read live. */
export async function readRecentTasks(session: Session, call: CallContext): Promise<readonly RecentTask[]> {
  const { taskManager } = session.service;
  const selectSet = [typed(TraversalSpec, { name: 'tasks', type: 'TaskManager', path: 'recentTask', skip: false })];
  const spec = {
    propSet: [{ type: 'Task', pathSet: ['info'] }],
    objectSet: [{ obj: taskManager, skip: true, selectSet }],
  };
  const objects = await retrieveProperties(session, spec, call);
  return objects.flatMap(({ obj, propSet }) => {
    const info = propSet?.find(({ name }) => name === 'info')?.val;
    return isDataObject(info) && info.xsiType === 'TaskInfo' ? [recentTask(obj, info)] : [];
  });
}

function recentTask(ref: ManagedObjectReference, value: DataObject): RecentTask {
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
