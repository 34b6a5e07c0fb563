/** Somebody else at the model's vCenter: changes by hand, at once and without tasks unless they clone. */
import { type ManagedObjectReference, type PowerState, refKey } from '../../../src/vsphere/port';
import { typed } from '../../../src/vsphere/vim25/describe';
import { OptionValue } from '../../../src/vsphere/vim25/types';
import type { InventoryTruth } from './inventory-truth';
import type { MachineOperations } from './machine-operations';
import { ownInstanceUuid } from './new-machine';
import { type ModelGuest, type ModelMachine, SILENT_GUEST } from './objects';

type Ref = ManagedObjectReference;

export class SecondHand {
  /** moRefs of the machines that were registered again. */
  readonly registered = new Set<string>();

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

  /** As a guest does it by `vmware-rpctool "info-set guestinfo.KEY VALUE"`. */
  setGuestInfo(machine: Ref, key: string, value: string): void {
    this.#change(machine, (found) => {
      found.extraConfig.set(`guestinfo.${key}`, value);
      found.changes += 1;
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

  move(object: Ref, folder: Ref): void {
    this.truth.entity(folder);
    if (object.type === 'VirtualMachine')
      this.#change(object, (found) => {
        found.parent = folder;
      });
    else {
      this.truth.entity(object).parent = folder;
      this.#tellAllIn(object);
    }
  }

  /** Removes a folder, with everything inside. */
  destroyFolder(folder: Ref): void {
    this.operations.removeTree(folder);
  }

  /** A vApp that the folder shows. */
  vApp(folder: Ref, resourcePool: Ref, name: string): Ref {
    return this.truth.addEntity('VirtualApp', this.truth.nextId('resgroup-v'), name, resourcePool, folder).ref;
  }

  /** Takes a machine out of the inventory. Its files stay. Returns a function that registers it again, as another object. */
  unregister(machine: Ref): (name: string) => Ref {
    const found = this.truth.machine(machine);
    this.truth.remove(machine);
    return (name) => {
      const ref = { type: 'VirtualMachine', value: this.truth.nextId('vm') };
      this.registered.add(ref.value);
      const { busy: _, ...rest } = found;
      const isTaken = this.truth.hasInstanceUuid(found.instanceUuid);
      const instanceUuid = isTaken ? ownInstanceUuid(ref) : found.instanceUuid;
      this.truth.addMachine({ ...rest, ref, name, instanceUuid, powerState: 'poweredOff', guest: SILENT_GUEST });
      return ref;
    };
  }

  /** Removes keys of extraConfig, such as our marks. */
  removeExtraConfig(machine: Ref, prefix: string): void {
    this.#change(machine, (found) => {
      for (const key of [...found.extraConfig.keys()]) if (key.startsWith(prefix)) found.extraConfig.delete(key);
      found.changes += 1;
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
    const { busy: _, snapshots: _others, ...rest } = like;
    const machine: ModelMachine = {
      ...rest,
      ref: { type: 'VirtualMachine', value: this.truth.nextId('vm') },
      name,
      parent: folder,
      isTemplate: false,
      instanceUuid: `5001${this.truth.nextId('').slice(1).padStart(28, '0')}`,
      extraConfig: new Map(),
      powerState: 'poweredOff',
      connectionState: 'connected',
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

  /** On top of those that the machine has: it is the current one then. */
  takeSnapshot(machine: Ref, name: string): void {
    this.#change(machine, (found) => {
      const ref = { type: 'VirtualMachineSnapshot', value: this.truth.nextId('snapshot') };
      found.snapshots = [...(found.snapshots ?? []), { ref, name }];
    });
  }

  /** All of them. */
  removeSnapshots(machine: Ref): void {
    this.#change(machine, (found) => {
      found.snapshots = [];
    });
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
    this.#tellAllIn(entity);
  }

  /** What is in it may be seen now, or not any more: permissions propagate. */
  #tellAllIn(entity: Ref): void {
    this.truth.changed(entity);
    for (const child of this.truth.children(entity)) this.#tellAllIn(child);
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
