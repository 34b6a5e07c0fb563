import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { MethodName } from '../../../src/vsphere/vim25/methods';

export function isRemoval(method: MethodName): boolean {
  return method === 'Destroy_Task' || method === 'UnregisterAndDestroy_Task';
}

/** The folder that a clone goes to. */
export function destinationsOf(parameters: object): readonly ManagedObjectReference[] {
  return 'folder' in parameters ? [parameters.folder as ManagedObjectReference] : [];
}
