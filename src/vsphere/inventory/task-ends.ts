import type { UpdateSet } from '../vim25/types';

/** Whether an update shows the end of a task of ours: what it has changed may be readable now. */
export function hasTaskEnd({ filterSet = [] }: UpdateSet): boolean {
  const objects = filterSet.flatMap(({ objectSet = [] }) => objectSet.filter(({ obj }) => obj.type === 'Task'));
  return objects.some(({ changeSet = [] }) => changeSet.some(({ val }) => isEnded(val)));
}

function isEnded(info: unknown): boolean {
  const state = typeof info === 'object' && info !== null && 'state' in info ? info.state : undefined;
  return state === 'success' || state === 'error';
}
