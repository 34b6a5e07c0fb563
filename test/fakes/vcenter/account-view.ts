/** The objects of the model as the operator's account sees them. */
import { encodeName } from '../../../src/vsphere/inventory/virtual-machine';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { AnyValue } from '../../../src/vsphere/vim25/describe';
import type { ObjectContent } from '../../../src/vsphere/vim25/types';
import { CUSTOM_FIELDS_MANAGER } from './custom-fields';
import { ModelFault, notFound } from './model-fault';
import { networkProperty, SWITCH } from './networks';
import { machineProperty, taskInfo } from './properties';
import type { ServerParts } from './server-parts';

type Ref = ManagedObjectReference;

export class AccountView {
  constructor(private readonly parts: Omit<ServerParts, 'accounts' | 'service'>) {}

  exists(ref: Ref): boolean {
    if (ref.type === SWITCH.ref.type || ref.type === CUSTOM_FIELDS_MANAGER.type) return true;
    return ref.type === 'Task' ? this.parts.tasks.has(ref) : this.parts.truth.has(ref);
  }

  sees(ref: Ref): boolean {
    return this.exists(ref) && !this.parts.permissions.hides(ref);
  }

  holdsHidden(folder: Ref): boolean {
    return this.parts.truth.children(folder).some((child) => this.parts.permissions.hides(child));
  }

  /** The answer of a read. Throws for an object that is gone, and maybe for one that is hidden. */
  read(obj: Ref, paths: readonly string[]): readonly ObjectContent[] {
    if (!this.exists(obj)) throw notFound(obj);
    if (!this.sees(obj)) return this.#hidden(obj, paths);
    const propSet = paths.flatMap((name) => {
      const val = this.property(obj, name);
      return val === undefined ? [] : [{ name, val }];
    });
    return [{ obj, propSet }];
  }

  property(ref: Ref, path: string): AnyValue | undefined {
    const { truth, tasks } = this.parts;
    if (ref.type === 'Task') return path === 'info' ? taskInfo(tasks.get(ref)) : undefined;
    if (ref.type === 'VirtualMachine')
      return machineProperty(truth.machine(ref), path) ?? this.parts.storage.property(ref, path);
    if (ref.type === CUSTOM_FIELDS_MANAGER.type)
      return path === 'field' ? this.parts.customFields.definitions() : undefined;
    if (ref.type === SWITCH.ref.type) return path === 'uuid' ? SWITCH.uuid : undefined;
    const entity = truth.entity(ref);
    if (path === 'name') return encodeName(entity.name);
    if (path === 'parent') return entity.parent;
    if (path === 'parentFolder') return entity.folder;
    if (path === 'childEntity') return truth.children(ref).filter((child) => this.sees(child));
    const { compute, storage } = this.parts;
    return compute.property(ref, path) ?? storage.property(ref, path) ?? networkProperty(ref, path);
  }

  #hidden(obj: Ref, paths: readonly string[]): readonly ObjectContent[] {
    switch (this.parts.quirks.hiddenRead) {
      case 'NoPermission':
        throw noPermission(obj);
      case 'LeftOut':
        return [];
      case 'MissingSet': {
        const { fault } = noPermission(obj);
        const missingSet = paths.map((path) => ({ path, fault: { xsiType: 'LocalizedMethodFault', fault } }));
        return [{ obj, propSet: [], missingSet }];
      }
    }
  }
}

export function noPermission(object: Ref): ModelFault {
  return new ModelFault('NoPermission', { object, privilegeId: 'System.View' });
}
