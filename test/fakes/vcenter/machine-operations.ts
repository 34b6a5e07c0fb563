/** What vCenter does to machines and folders: the checks, the effect, and the order of both. */
import type { Clock } from '../../../src/time/clock';
import { decodeName } from '../../../src/vsphere/inventory/virtual-machine';
import type { ManagedObjectReference, PowerState } from '../../../src/vsphere/port';
import type { DataObject } from '../../../src/vsphere/vim25/describe';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import type { Quirks } from './chance';
import { changedAdapters } from './devices';
import { type CloneBegun, cloneBegun, MOST_EVENTS } from './events';
import type { InventoryTruth } from './inventory-truth';
import { ModelFault } from './model-fault';
import { type ModelMachine, SILENT_GUEST } from './objects';
import type { TaskRunner, TaskWork } from './tasks';

export interface CloneOrder {
  readonly template: ManagedObjectReference;
  readonly folder: ManagedObjectReference;
  readonly name: string;
  readonly spec: ParametersOf<'CloneVM_Task'>['spec'];
}

type Ref = ManagedObjectReference;

export class MachineOperations {
  /** Names that a clone under way holds: refKey-like `folder/name`. */
  readonly #reserved = new Map<string, Ref>();
  /** Events VmBeingClonedEvent, the oldest first. */
  readonly clonesBegun: CloneBegun[] = [];

  constructor(
    private readonly truth: InventoryTruth,
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
    );
    machine.adapters = changedAdapters(truth, template.adapters, order.spec.config?.deviceChange ?? []);
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
      truth.addMachine(machine);
      visible = true;
    };
    const work: TaskWork = {
      descriptionId: 'VirtualMachine.clone',
      entity: order.template,
      userName,
      kind: 'Clone',
      begin: () => {
        if (early) {
          this.#requireFreeName(order.folder, order.name);
          this.#reserved.set(nameKey, machine.ref);
          holdsName = true;
        }
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
      effect: (machine) => {
        if (spec.numCPUs !== undefined) machine.numCpu = spec.numCPUs;
        if (spec.memoryMB !== undefined) machine.memoryMiB = Number(spec.memoryMB);
        if (spec.annotation !== undefined) machine.annotation = spec.annotation;
        setExtraConfig(machine, spec.extraConfig);
        machine.changes += 1;
      },
    });
  }

  power(ref: Ref, wanted: PowerState, userName: string): Ref {
    const from = wanted === 'poweredOn' ? 'poweredOff' : 'poweredOn';
    const descriptionId = wanted === 'poweredOn' ? 'VirtualMachine.powerOn' : 'VirtualMachine.powerOff';
    return this.#onMachine(ref, descriptionId, userName, {
      kind: wanted === 'poweredOn' ? 'PowerOn' : 'Other',
      check: (machine) => requirePower(machine, from),
      effect: (machine) => switchTo(machine, wanted),
    });
  }

  /** The guest is asked; no task tells when it has done so. */
  shutdownGuest(ref: Ref, userName: string): void {
    const machine = this.truth.machine(ref);
    requirePower(machine, 'poweredOn');
    if (!machine.guest.toolsRunning) throw new ModelFault('ToolsUnavailable');
    this.#onMachine(ref, 'VirtualMachine.shutdownGuest', userName, {
      effect: (found) => switchTo(found, 'poweredOff'),
    });
  }

  rename(ref: Ref, newName: string, userName: string): Ref {
    if (ref.type !== 'VirtualMachine') return this.#renamePlace(ref, newName, userName);
    return this.#onMachine(ref, 'VirtualMachine.rename', userName, {
      check: (machine) => this.#requireFreeName(machine.parent, decodeName(newName)),
      effect: (machine) => {
        machine.name = decodeName(newName);
      },
    });
  }

  #renamePlace(ref: Ref, newName: string, userName: string): Ref {
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
   * Both ways take along whatever is inside, which is why nobody may call them on a folder with content (R1). At the
   * task's start, when vCenter locks the folder; the task's end comes later.
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
        this.#removeTree(ref);
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

  #removeTree(ref: Ref): void {
    for (const child of this.truth.children(ref)) this.#removeTree(child);
    this.truth.remove(ref);
  }

  #requireFreeName(folder: Ref, name: string): void {
    const object = this.truth.holderOfName(folder, name) ?? this.#reserved.get(`${folder.value}/${name}`);
    if (object !== undefined) throw new ModelFault('DuplicateName', { name, object });
  }

  /** One task at a time on a machine, as vCenter holds it. */
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
    const letGo = () => {
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
        letGo();
        step.effect(machine);
        if (this.truth.has(ref)) this.truth.changed(ref);
        return undefined;
      },
      undo: letGo,
    });
  }
}

/** What holds a machine needs no name of its own here. */
const BUSY: Ref = { type: 'Task', value: 'task-in-the-way' };

/** vCenter copies the template's extraConfig, then sets that of the spec. */
function newMachine(
  { folder, name, spec }: CloneOrder,
  template: ModelMachine,
  ref: Ref,
  userName: string,
  createdWallMs: number,
): ModelMachine {
  const { config, location } = spec;
  const machine: ModelMachine = {
    ref,
    name,
    parent: folder,
    isTemplate: spec.template,
    powerState: 'poweredOff',
    connectionState: 'connected',
    instanceUuid: config?.instanceUuid || `5000${ref.value.replace(/\D/g, '').padStart(28, '0')}`,
    numCpu: config?.numCPUs ?? template.numCpu,
    memoryMiB: config?.memoryMB === undefined ? template.memoryMiB : Number(config.memoryMB),
    annotation: config?.annotation ?? template.annotation,
    extraConfig: new Map(template.extraConfig),
    host: template.host,
    resourcePool: location.pool ?? template.resourcePool,
    adapters: template.adapters,
    home: `[datastore-1] ${name}`,
    disks: template.disks.map(({ label }, index) => ({
      label,
      fileName: `[datastore-1] ${name}/${name}-${index}.vmdk`,
    })),
    guest: SILENT_GUEST,
    cpuHotAdd: template.cpuHotAdd,
    memoryHotAdd: template.memoryHotAdd,
    createdWallMs,
    hasVAppConfig: template.hasVAppConfig && config?.vAppConfigRemoved !== true,
    changes: 1,
    madeBy: userName,
  };
  setExtraConfig(machine, config?.extraConfig);
  return machine;
}

/** A guest says nothing while it is off. */
function switchTo(machine: ModelMachine, powerState: PowerState): void {
  machine.powerState = powerState;
  machine.guest = SILENT_GUEST;
}

function setExtraConfig(machine: ModelMachine, values: readonly DataObject[] | undefined): void {
  for (const { key, value } of values ?? []) {
    if (typeof key !== 'string') continue;
    if (value === '' || value === undefined) machine.extraConfig.delete(key);
    else machine.extraConfig.set(key, String(value));
  }
}

function requirePower(machine: ModelMachine, state: PowerState): void {
  if (machine.powerState === state) return;
  throw new ModelFault('InvalidPowerState', { existingState: machine.powerState, requestedState: state });
}
