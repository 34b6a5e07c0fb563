/** What vCenter does to machines and folders: the checks, the effects, and their order. */
import type { Clock } from '../../../src/time/clock';
import { decodeName } from '../../../src/vsphere/inventory/virtual-machine';
import type { ManagedObjectReference, PowerState } from '../../../src/vsphere/port';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import type { Quirks } from './chance';
import type { ModelCompute } from './compute';
import { customizedBy } from './customization';
import { changedAdapters } from './devices';
import { changedDisks } from './disks';
import { type CloneBegun, cloneBegun, MOST_EVENTS } from './events';
import type { InventoryTruth } from './inventory-truth';
import {
  requireDatastore,
  requireOffForHardware,
  requireOtherPower,
  requirePower,
  requireVersion,
  requireWholeSockets,
} from './machine-requirements';
import { ModelFault } from './model-fault';
import { type CloneOrder, newMachine, ownInstanceUuid, setExtraConfig } from './new-machine';
import { type ModelMachine, SILENT_GUEST } from './objects';
import type { TaskRunner, TaskWork } from './tasks';

type Ref = ManagedObjectReference;

export class MachineOperations {
  /** Names that running clones reserve, as `folder/name`. */
  readonly #reserved = new Map<string, Ref>();
  /** Events VmBeingClonedEvent, the oldest first. */
  readonly clonesBegun: CloneBegun[] = [];

  constructor(
    private readonly truth: InventoryTruth,
    private readonly compute: ModelCompute,
    private readonly tasks: TaskRunner,
    private readonly quirks: Quirks,
    private readonly clock: Clock,
  ) {}

  clone(order: CloneOrder, userName: string): Ref {
    const { truth } = this;
    const template = truth.machine(order.template);
    truth.entity(order.folder);
    const vmFolder = this.#vmFolderOf(order.folder);
    if (order.spec.location.pool !== undefined) truth.entity(order.spec.location.pool);
    const machine = newMachine(
      order,
      template,
      { type: 'VirtualMachine', value: truth.nextId('vm') },
      userName,
      this.clock.wallMs(),
      this.quirks.cloneHardware,
    );
    if (this.quirks.cloneAttributes === 'Copied') machine.customValues = new Map(template.customValues);
    machine.adapters = changedAdapters(truth, template.adapters, order.spec.config?.deviceChange ?? []);
    const { customization } = order.spec;
    if (customization !== undefined) machine.customized = customizedBy(customization, machine.adapters.length);
    machine.disks = changedDisks(machine, order.spec.config?.deviceChange ?? []);
    const nameKey = `${order.folder.value}/${order.name}`;
    const early = this.quirks.nameReserved === 'AtStart';
    let holdsName = false;
    let visible = false;
    const release = () => {
      if (holdsName) this.#reserved.delete(nameKey);
      holdsName = false;
    };
    const appear = () => {
      if (!truth.has(order.folder) && this.quirks.folderLost === 'CloneLandsInVmFolder') machine.parent = vmFolder;
      truth.entity(machine.parent);
      if (truth.hasInstanceUuid(machine.instanceUuid)) machine.instanceUuid = ownInstanceUuid(machine.ref);
      truth.addMachine(machine);
      visible = true;
    };
    const work: TaskWork = {
      descriptionId: 'VirtualMachine.clone',
      entity: order.template,
      userName,
      kind: 'Clone',
      making: machine,
      begin: () => {
        this.compute.requireHost(order.spec.location.pool, order.spec.location.host);
        requireDatastore(order.spec.location.datastore);
        requireWholeSockets(machine);
        if (early) {
          this.#requireFreeName(order.folder, order.name);
          this.#reserved.set(nameKey, machine.ref);
          holdsName = true;
        }
        if (this.quirks.cloneGhosts === 'Sometimes' && this.clonesBegun.length % 3 === 0)
          truth.addGhost({ name: order.name, parent: order.folder });
        if (early && this.quirks.cloneVisible === 'WhileCloning') {
          machine.busy = BUSY;
          appear();
        }
      },
      finish: () => {
        delete machine.busy;
        release();
        if (!visible) {
          this.#requireFreeName(order.folder, order.name);
          appear();
        } else if (!truth.has(machine.ref)) throw new ModelFault('ManagedObjectNotFound', { obj: machine.ref });
        return machine.ref;
      },
      undo: () => {
        release();
        if (visible) truth.remove(machine.ref);
      },
    };
    const task = this.tasks.start(work);
    this.clonesBegun.push(cloneBegun(order, truth.entity(order.folder).name, this.tasks.get(task)));
    if (this.clonesBegun.length > MOST_EVENTS) this.clonesBegun.shift();
    return task;
  }

  reconfigure(ref: Ref, spec: ParametersOf<'ReconfigVM_Task'>['spec'], userName: string): Ref {
    return this.#onMachine(ref, 'VirtualMachine.reconfigure', userName, {
      check: (machine) => {
        requireVersion(machine, spec.changeVersion);
        requireOffForHardware(machine, spec);
      },
      effect: (machine) => {
        const numCpu = spec.numCPUs ?? machine.numCpu;
        const coresPerSocket = spec.numCoresPerSocket ?? machine.coresPerSocket;
        requireWholeSockets({ numCpu, coresPerSocket });
        const { cpuHotAddEnabled: cpuHotAdd = machine.cpuHotAdd } = spec;
        const { memoryHotAddEnabled: memoryHotAdd = machine.memoryHotAdd } = spec;
        Object.assign(machine, { numCpu, coresPerSocket, cpuHotAdd, memoryHotAdd });
        machine.disks = changedDisks(machine, spec.deviceChange ?? []);
        if (spec.memoryMB !== undefined) machine.memoryMiB = Number(spec.memoryMB);
        if (spec.annotation !== undefined) machine.annotation = spec.annotation;
        setExtraConfig(machine, spec.extraConfig);
        machine.changes += 1;
      },
    });
  }

  power(ref: Ref, wanted: PowerState, userName: string): Ref {
    const descriptionId = wanted === 'poweredOn' ? 'VirtualMachine.powerOn' : 'VirtualMachine.powerOff';
    return this.#onMachine(ref, descriptionId, userName, {
      kind: wanted === 'poweredOn' ? 'PowerOn' : 'Other',
      check: (machine) => requireOtherPower(machine, wanted),
      effect: (machine) => setPower(machine, wanted),
    });
  }

  /** Asks the guest. The caller gets no task that shows when the guest is off. */
  shutdownGuest(ref: Ref, userName: string): void {
    const machine = this.truth.machine(ref);
    requirePower(machine, 'poweredOn');
    if (!machine.guest.toolsRunning) throw new ModelFault('ToolsUnavailable');
    this.#onMachine(ref, 'VirtualMachine.shutdownGuest', userName, {
      effect: (found) => setPower(found, 'poweredOff'),
    });
  }

  rename(ref: Ref, newName: string, userName: string): Ref {
    if (ref.type !== 'VirtualMachine') return this.#renameEntity(ref, newName, userName);
    return this.#onMachine(ref, 'VirtualMachine.rename', userName, {
      check: (machine) => this.#requireFreeName(machine.parent, decodeName(newName)),
      effect: (machine) => {
        machine.name = decodeName(newName);
      },
    });
  }

  #renameEntity(ref: Ref, newName: string, userName: string): Ref {
    const entity = this.truth.entity(ref);
    return this.tasks.start({
      descriptionId: `${ref.type}.rename`,
      entity: ref,
      userName,
      kind: 'Other',
      begin: () => this.#requireFreeName(entity.parent, decodeName(newName)),
      finish: () => {
        this.truth.entity(ref).name = decodeName(newName);
        this.truth.changed(ref);
        return undefined;
      },
      undo: () => undefined,
    });
  }

  destroy(ref: Ref, userName: string): Ref {
    return this.#onMachine(ref, 'VirtualMachine.destroy', userName, {
      check: (machine) => requirePower(machine, 'poweredOff'),
      effect: (machine) => this.truth.remove(machine.ref),
    });
  }

  createFolder(parent: Ref, name: string): Ref {
    this.truth.entity(parent);
    this.#requireFreeName(parent, name);
    return this.truth.addEntity('Folder', this.truth.nextId('group-v'), name, parent).ref;
  }

  /**
   * Both methods remove everything inside, so they must not be called on a folder with content (R1). The effect comes at
   * the start of the task, when vCenter locks the folder; the task ends later.
   */
  removeFolder(ref: Ref, userName: string): Ref {
    this.truth.entity(ref);
    return this.tasks.start({
      descriptionId: 'Folder.destroy',
      entity: ref,
      userName,
      kind: 'Other',
      begin: () => {
        this.truth.entity(ref);
        this.removeTree(ref);
      },
      finish: () => undefined,
      undo: () => undefined,
    });
  }

  /** The folder right below the datacenter. */
  #vmFolderOf(folder: Ref): Ref {
    const { parent } = this.truth.entity(folder);
    return parent.type === 'Datacenter' ? folder : this.#vmFolderOf(parent);
  }

  /** Removes an object and everything inside, at once. */
  removeTree(ref: Ref): void {
    for (const child of this.truth.children(ref)) this.removeTree(child);
    this.truth.remove(ref);
  }

  #requireFreeName(folder: Ref, name: string): void {
    const object = this.truth.holderOfName(folder, name) ?? this.#reserved.get(`${folder.value}/${name}`);
    if (object !== undefined) throw new ModelFault('DuplicateName', { name, object });
  }

  /** A task on a machine. vCenter runs one task at a time on a machine. */
  #onMachine(
    ref: Ref,
    descriptionId: string,
    userName: string,
    step: {
      readonly kind?: TaskWork['kind'];
      readonly check?: (machine: ModelMachine) => void;
      readonly effect: (machine: ModelMachine) => void;
    },
  ): Ref {
    const machine = this.truth.machine(ref);
    let holds = false;
    const release = () => {
      if (holds) delete machine.busy;
    };
    return this.tasks.start({
      descriptionId,
      entity: ref,
      userName,
      kind: step.kind ?? 'Other',
      begin: () => {
        if (machine.busy !== undefined) throw new ModelFault('TaskInProgress', { task: machine.busy });
        step.check?.(this.truth.machine(ref));
        machine.busy = BUSY;
        holds = true;
      },
      finish: () => {
        step.check?.(this.truth.machine(ref));
        release();
        step.effect(machine);
        if (this.truth.has(ref)) this.truth.changed(ref);
        return undefined;
      },
      undo: release,
    });
  }
}

/** The task that works on a busy machine: one value for all of them is enough here. */
const BUSY: Ref = { type: 'Task', value: 'task-in-the-way' };

/** A guest without power, or just powered on, shows no tools and no addresses. */
function setPower(machine: ModelMachine, powerState: PowerState): void {
  machine.powerState = powerState;
  machine.guest = SILENT_GUEST;
}
