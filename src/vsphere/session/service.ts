/** What a vCenter says of itself to who has not logged in yet: its managers. */
import type { ManagedObjectReference } from '../port';
import type { ServiceContent } from '../vim25/types';
import { transportError } from '../vim25/vsphere-error';

/** ServiceContent with all managers that are used. */
export interface Service extends ServiceContent {
  readonly sessionManager: ManagedObjectReference;
  readonly viewManager: ManagedObjectReference;
  readonly searchIndex: ManagedObjectReference;
  readonly taskManager: ManagedObjectReference;
}

/** Throws a VsphereError NotVCenter for a server that is something else. */
export function serviceOf(content: ServiceContent, server: string): Service {
  const { apiType, fullName } = content.about;
  if (apiType !== 'VirtualCenter')
    throw transportError('NotVCenter', `${server} is ${fullName} (${apiType}), not a vCenter`, 'Refused');
  const { sessionManager, viewManager, searchIndex, taskManager } = content;
  if (!sessionManager || !viewManager || !searchIndex || !taskManager)
    throw transportError('NotVCenter', `${server} (${fullName}) lacks a manager that a vCenter has`, 'Refused');
  return { ...content, sessionManager, viewManager, searchIndex, taskManager };
}
