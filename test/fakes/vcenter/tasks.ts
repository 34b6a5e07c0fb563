/** Runs tasks. Each has a drawn duration and may fail with a drawn fault. Collectors are notified of its end. */
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import { type FaultWeights, type Quirks, withinMagnitudes } from './chance';
import type { InventoryTruth } from './inventory-truth';
import { ModelFault, notFound } from './model-fault';
import type { ModelMachine, ModelTask } from './objects';

export interface TaskWork {
  readonly descriptionId: string;
  readonly entity: ManagedObjectReference;
  readonly userName: string;
  readonly kind: 'Clone' | 'PowerOn' | 'Other';
  /** The machine that a clone makes. */
  readonly making?: ModelMachine;
  /** Runs at the start of the task; a ModelFault ends the task. */
  readonly begin: () => void;
  /** Runs at the end of the task: the whole effect, at once. */
  readonly finish: () => ManagedObjectReference | undefined;
  /** Undoes `begin` when the task fails after it. */
  readonly undo: () => void;
}

const HANGING_MS = 1_000;

export class TaskRunner {
  readonly #tasks = new Map<string, ModelTask>();
  #chains = 0;
  faults: FaultWeights;
  /** What a clone takes longer for each GiB of disks that it copies. A linked clone copies none. */
  copyMsPerGiB = 0;
  /** So many clones run at once. The others are queued, the oldest first. */
  cloneSlots = Number.POSITIVE_INFINITY;
  #clonesRunning = 0;
  readonly #queued: (() => void)[] = [];
  /** Called for each fault that a task meets. */
  onFault: (kind: keyof FaultWeights) => void = () => {};
  readonly #hanging = new Set<(task: ModelTask) => boolean>();
  /** Tasks that have hung. */
  readonly hung = new Set<ModelTask>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly quirks: Quirks,
    faults: FaultWeights,
    private readonly truth: InventoryTruth,
  ) {
    this.faults = faults;
  }

  get(ref: ManagedObjectReference): ModelTask {
    const task = this.#tasks.get(ref.value);
    if (task === undefined) throw notFound(ref);
    return task;
  }

  has(ref: ManagedObjectReference): boolean {
    return this.#tasks.has(ref.value);
  }

  all(): readonly ModelTask[] {
    return [...this.#tasks.values()];
  }

  /**
   * While this is true for a task, it does not end, as on a datastore that hangs, or while a question is pending. It is
   * checked every second. Returns a function that lets them go on.
   */
  hang(hangs: (task: ModelTask) => boolean): () => void {
    this.#hanging.add(hangs);
    return () => this.#hanging.delete(hangs);
  }

  /** No task hangs any more. */
  hangNone(): void {
    this.#hanging.clear();
  }

  start({ descriptionId, entity, userName, ...work }: TaskWork): ManagedObjectReference {
    const ref = { type: 'Task', value: this.truth.nextId('task') };
    this.#chains += 1;
    const queuedWallMs = this.clock.wallMs();
    const task: ModelTask = {
      ...{ ref, descriptionId, entity, userName, queuedWallMs },
      ...(work.making !== undefined && { making: work.making }),
      chainId: this.#chains,
      state: 'running',
    };
    this.#tasks.set(ref.value, task);
    const durationMs = withinMagnitudes(
      work.kind === 'Clone' ? this.quirks.cloneMs : this.quirks.otherTaskMs,
      this.random,
    );
    const { capacity, taskFails, taskLost, customizationFails } = this.faults;
    const isSpoiled = work.making?.customized !== undefined && this.random() < customizationFails;
    const leavesMachine = isSpoiled && this.quirks.failedCustomization === 'LeavesMachine';
    const noRoom = work.kind !== 'Other' && this.random() < capacity;
    const breaks = this.random() < taskFails;
    const isLost = this.random() < taskLost;
    const over = (error: unknown) => {
      this.#end(task, error, isLost);
      if (work.kind === 'Clone') this.#leaveSlot();
    };
    const end = () => {
      if ([...this.#hanging].some((hangs) => hangs(task))) {
        this.hung.add(task);
        this.clock.setTimer(HANGING_MS, end);
        return;
      }
      try {
        if (noRoom) this.onFault('capacity');
        else if (breaks) this.onFault('taskFails');
        if (noRoom) throw new ModelFault('InsufficientMemoryResourcesFault', { unreserved: 1024n, requested: 4096n });
        if (breaks) throw new ModelFault('SystemError', { reason: 'drawn by the model' });
        if (isSpoiled) this.onFault('customizationFails');
        if (isSpoiled && !leavesMachine) throw new ModelFault('CustomizationFault');
        if (leavesMachine) spoil(work.making);
        const result = work.finish();
        if (leavesMachine) {
          over(new ModelFault('CustomizationFault'));
          return;
        }
        if (result !== undefined) task.result = result;
        over(undefined);
      } catch (error) {
        work.undo();
        over(error);
      }
    };
    const begin = () => {
      try {
        work.begin();
      } catch (error) {
        this.clock.setTimer(1, () => over(error));
        return;
      }
      this.clock.setTimer(durationMs + copiedGiB(work.making) * this.copyMsPerGiB, end);
    };
    if (work.kind === 'Clone') this.#enterSlot(task, begin);
    else begin();
    return ref;
  }

  #enterSlot(task: ModelTask, begin: () => void): void {
    if (this.#clonesRunning < this.cloneSlots) {
      this.#clonesRunning += 1;
      begin();
      return;
    }
    task.state = 'queued';
    this.#queued.push(() => {
      task.state = 'running';
      this.truth.changed(task.ref);
      begin();
    });
  }

  /** The next clone takes over the slot. */
  #leaveSlot(): void {
    const next = this.#queued.shift();
    if (next === undefined) this.#clonesRunning -= 1;
    else next();
  }

  #end(task: ModelTask, error: unknown, isLost: boolean): void {
    if (error === undefined) task.state = 'success';
    else if (error instanceof ModelFault) {
      task.state = 'error';
      task.fault = error.fault;
    } else throw error;
    if (isLost) {
      this.onFault('taskLost');
      this.#forget(task);
    } else {
      this.truth.changed(task.ref);
      this.clock.setTimer(this.quirks.taskMemoryMs, () => this.#forget(task));
    }
  }

  #forget(task: ModelTask): void {
    if (this.#tasks.delete(task.ref.value)) this.truth.changed(task.ref, 'Gone');
  }
}

/** Its guest is still a copy of the template. */
function spoil(machine: ModelMachine | undefined): void {
  if (machine === undefined) return;
  delete machine.customized;
  machine.isUncustomized = true;
}

const KIB_IN_GIB = 2 ** 20;

function copiedGiB(made: ModelMachine | undefined): number {
  const copied = made?.disks.filter(({ hasParent }) => hasParent !== true) ?? [];
  return copied.reduce((sum, { capacityKiB }) => sum + Number(capacityKiB) / KIB_IN_GIB, 0);
}
