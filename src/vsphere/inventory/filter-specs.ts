/**
 * The four filters of the stream's property collector, each through a view
 * (docs/vsphere.md#one-collector-four-filters).
 */

import type { ManagedObjectReference } from '../port';
import { typed } from '../vim25/describe';
import { type PropertyFilterSpec, TraversalSpec } from '../vim25/types';
import { ENTITY_TYPES, entityPaths } from './entity-index';
import { virtualMachinePaths } from './virtual-machine';

type PropertySpec = PropertyFilterSpec['propSet'][number];

function throughView(view: ManagedObjectReference, propSet: readonly PropertySpec[]): PropertyFilterSpec {
  const selectSet = [typed(TraversalSpec, { name: 'members', type: view.type, path: 'view', skip: false })];
  return { propSet, objectSet: [{ obj: view, skip: true, selectSet }] };
}

export function machinesFilter(view: ManagedObjectReference, watchedKeys: readonly string[]): PropertyFilterSpec {
  return throughView(view, [{ type: 'VirtualMachine', pathSet: virtualMachinePaths(watchedKeys) }]);
}

export function entitiesFilter(view: ManagedObjectReference): PropertyFilterSpec {
  return throughView(
    view,
    ENTITY_TYPES.map((type) => ({ type, pathSet: entityPaths(type) })),
  );
}

export function detailsFilter(view: ManagedObjectReference, pathSet: readonly string[]): PropertyFilterSpec {
  return throughView(view, [{ type: 'VirtualMachine', pathSet }]);
}

/** The whole `info`: its state, result and error belong together, and vCenter sends it with each change. */
export function tasksFilter(view: ManagedObjectReference): PropertyFilterSpec {
  return throughView(view, [{ type: 'Task', pathSet: ['info'] }]);
}
