import { Mark } from '../../../src/api/ownership';
import { InventoryStore } from '../../../src/vsphere/inventory/inventory';
import type { ManagedObjectReference } from '../../../src/vsphere/port';

/** The marks of a machine. */
export interface DrawnMarks {
  readonly cluster: string;
  readonly group: string;
  readonly uid: string;
}

/**
 * An inventory as `type:name` nested in paths, e.g. 'Datacenter:dc1/Folder:vm/VirtualMachine:ubuntu'. A VirtualMachine is a
 * template here, a Machine is none. In a name `%2f` is a slash.
 */
export function anInventory(...paths: readonly string[]): InventoryStore {
  const store = new InventoryStore();
  draw(store, ...paths);
  return store;
}

/** Adds to an inventory what such paths name. */
export function draw(store: InventoryStore, ...paths: readonly string[]): void {
  const known = new Set<string>();
  for (const path of paths) {
    let parent: ManagedObjectReference = { type: 'Folder', value: 'root' };
    path.split('/').forEach((_segment, index, segments) => {
      const key = segments.slice(0, index + 1).join('/');
      const [drawn = '', name = ''] = segments[index]?.split(':') ?? [];
      const isMachine = drawn === 'Machine' || drawn === 'VirtualMachine';
      const ref = { type: isMachine ? 'VirtualMachine' : drawn, value: key };
      if (!known.has(key)) {
        store.apply(ref, [
          { path: 'name', value: name },
          { path: 'parent', value: parent },
          ...(isMachine
            ? [
                { path: 'config.template', value: drawn === 'VirtualMachine' },
                { path: 'config.changeVersion', value: '1' },
              ]
            : []),
        ]);
        known.add(key);
      }
      parent = ref;
    });
  }
}

/** The object that was drawn by this path. */
export function drawn(path: string): ManagedObjectReference {
  const type = path.split('/').at(-1)?.split(':')[0] ?? '';
  return { type: type === 'Machine' ? 'VirtualMachine' : type, value: path };
}

/** Gives marks to a machine that was drawn by this path. */
export function mark(store: InventoryStore, path: string, { cluster, group, uid }: DrawnMarks): void {
  const instance = `uuid of ${path}`;
  const marks = {
    [Mark.Cluster]: cluster,
    [Mark.Group]: group,
    [Mark.Uid]: uid,
    [Mark.Ordinal]: '0',
    [Mark.Revision]: 'r',
    [Mark.Instance]: instance,
  };
  store.apply(drawn(path), [
    { path: 'config.instanceUuid', value: instance },
    ...Object.entries(marks).map(([key, value]) => ({ path: `config.extraConfig["${key}"].value`, value })),
  ]);
}
