/** Somebody else at the model's vCenter: changes by hand, at once and without tasks unless they clone. */
import { type ManagedObjectReference, type PowerState, refKey } from '../../../src/vsphere/port';
import { typed } from '../../../src/vsphere/vim25/describe';
import { OptionValue } from '../../../src/vsphere/vim25/types';
import type { InventoryTruth } from './inventory-truth';
import type { MachineOperations } from './machine-operations';
import { type ModelGuest, type ModelMachine, SILENT_GUEST } from './objects';

type Ref = ManagedObjectReference;

export class SecondHand {
  constructor(
    private readonly truth: InventoryTruth,
    private readonly operations: MachineOperations,
    readonly userName: string,
  ) {}

  power(machine: Ref, powerState: PowerState): void {
    this.#change(machine, (found) => {
      found.powerState = powerState;
      found.guest = SILENT_GUEST;
    });
  }

  /** What the guest of a running machine tells. */
  setGuest(machine: Ref, guest: ModelGuest): void {
    this.#change(machine, (found) => {
      found.guest = guest;
    });
  }

  /** As a host that goes down and comes back does; or, with `inaccessible`, its storage. */
  connect(machine: Ref, connectionState: 'connected' | 'disconnected' | 'inaccessible' | 'orphaned' | 'invalid'): void {
    this.#change(machine, (found) => {
      found.connectionState = connectionState;
    });
  }

  /** As the client does it: with sockets that fit. */
  resize(machine: Ref, size: { readonly numCpu: number; readonly memoryMiB: number }): void {
    this.#change(machine, (found) => {
      Object.assign(found, { ...size, coresPerSocket: 1 });
      found.changes += 1;
    });
  }

  /** Also machines that run: a person switches off and destroys in two clicks. */
  destroy(machine: Ref): void {
    this.truth.remove(machine);
  }

  rename(object: Ref, name: string): void {
    if (object.type === 'VirtualMachine')
      this.#change(object, (found) => {
        found.name = name;
      });
    else {
      this.truth.entity(object).name = name;
      this.truth.changed(object);
    }
  }

  move(machine: Ref, folder: Ref): void {
    this.truth.entity(folder);
    this.#change(machine, (found) => {
      found.parent = folder;
    });
  }

  /** A clone by a person. As in real vCenter, the clone carries all of the source's extraConfig, our marks too. */
  clone(source: Ref, folder: Ref, name: string, extraConfig: Readonly<Record<string, string>> = {}): Ref {
    const values = Object.entries(extraConfig).map(([key, value]) => typed(OptionValue, { key, value }));
    const spec = { location: {}, template: false, powerOn: false, config: { extraConfig: values } };
    return this.operations.clone({ template: source, folder, name, spec }, this.userName);
  }

  /** A machine that is there at once, in somebody's folder or under somebody's name. */
  entity(folder: Ref, name: string): Ref {
    const like = [...this.truth.machines.values()][0];
    if (like === undefined) throw new Error('the model has no machine to make another one like');
    const machine: ModelMachine = {
      ...like,
      ref: { type: 'VirtualMachine', value: this.truth.nextId('vm') },
      name,
      parent: folder,
      isTemplate: false,
      instanceUuid: `5001${this.truth.nextId('').slice(1).padStart(28, '0')}`,
      extraConfig: new Map(),
      guest: SILENT_GUEST,
      madeBy: this.userName,
    };
    this.truth.addMachine(machine);
    return machine.ref;
  }

  /** Another template. */
  template(folder: Ref, name: string): Ref {
    const ref = this.entity(folder, name);
    this.#change(ref, (found) => {
      found.isTemplate = true;
    });
    return ref;
  }

  /** A vApp that a folder shows; its parent is the resource pool. */
  createVirtualApp(pool: Ref, folder: Ref, name: string): Ref {
    const entity = this.truth.addEntity('VirtualApp', this.truth.nextId('resgroup-v'), name, pool);
    entity.folder = folder;
    this.truth.changed(entity.ref);
    return entity.ref;
  }

  /** A datastore cluster around a datastore. */
  createStoragePod(datastore: Ref, name: string): Ref {
    const { parent } = this.truth.entity(datastore);
    const pod = this.truth.addEntity('StoragePod', this.truth.nextId('group-p'), name, parent);
    this.moveEntity(datastore, pod.ref);
    return pod.ref;
  }

  moveEntity(entity: Ref, parent: Ref): void {
    this.truth.entity(entity).parent = parent;
    this.truth.changed(entity);
  }

  createFolder(parent: Ref, name: string): Ref {
    return this.operations.createFolder(parent, name);
  }

  #change(machine: Ref, edit: (found: ModelMachine) => void): void {
    const found = this.truth.machines.get(refKey(machine));
    if (found === undefined) return;
    edit(found);
    this.truth.changed(machine);
  }
}
