/** The connection that is under test, and short methods for what tests do with it. */
import type {
  CallContext,
  CloneRequest,
  Inventory,
  ManagedObjectReference,
  VimClient,
  WorkOutcome,
} from '../../../src/vsphere';
import {
  type ContractConnection,
  type ContractWorld,
  cloneRequest,
  type Landmarks,
  landmarksOf,
  work,
} from './contract-world';

type Step = (machine: ManagedObjectReference, signal: AbortSignal) => Promise<ManagedObjectReference>;

const forever = new AbortController().signal;

export function call(operationId: string, signal: AbortSignal = forever): CallContext {
  return { operationId, signal };
}

export class ContractStage {
  #world: ContractWorld | undefined;
  #here: ContractConnection | undefined;
  #landmarks: Landmarks | undefined;
  #serial = 0;

  /** Before all tests. */
  async open(makeWorld: () => Promise<ContractWorld>): Promise<void> {
    this.#world = await makeWorld();
  }

  /** Before each test. */
  async connect(): Promise<void> {
    this.#here = await this.world.connect();
    await this.here.until('ready', () => this.here.connection.status.kind === 'Ready');
    this.#landmarks = landmarksOf(this.here.connection);
  }

  get world(): ContractWorld {
    return given(this.#world);
  }

  get here(): ContractConnection {
    return given(this.#here);
  }

  get landmarks(): Landmarks {
    return given(this.#landmarks);
  }

  get inventory(): Inventory {
    return this.here.connection.inventory;
  }

  get calls(): VimClient {
    return this.here.connection.calls;
  }

  clone(machine: string, rest: Partial<CloneRequest> = {}): Promise<WorkOutcome> {
    const request = cloneRequest(this.landmarks, machine, rest);
    return this.#send(machine, 'Clone', (signal) =>
      this.calls.cloneVirtualMachine(request, call(`vmop-clone-${machine}`, signal)),
    );
  }

  /** Work for the other lane of the dispatcher. */
  other(step: Step): (machine: ManagedObjectReference) => Promise<WorkOutcome> {
    this.#serial += 1;
    const key = `step-${this.#serial}`;
    return (machine) => this.#send(key, 'Other', (signal) => step(machine, signal));
  }

  powerOn(machine: ManagedObjectReference): Promise<WorkOutcome> {
    return this.other((ref, signal) => this.calls.powerOn(ref, call('vmop-on', signal)))(machine);
  }

  powerOff(machine: ManagedObjectReference): Promise<WorkOutcome> {
    return this.other((ref, signal) => this.calls.powerOff(ref, call('vmop-off', signal)))(machine);
  }

  destroy(machine: ManagedObjectReference): Promise<WorkOutcome> {
    return this.other((ref, signal) => this.calls.destroyVirtualMachine(ref, call('vmop-destroy', signal)))(machine);
  }

  /** A clone with marks that the inventory has, with its details. */
  async seen(machine: string, rest: Partial<CloneRequest> = {}): Promise<ManagedObjectReference> {
    const ref = resultOf(await this.clone(machine, rest));
    await this.here.until(`${machine} is seen`, () => this.inventory.virtualMachine(ref)?.details !== undefined);
    return ref;
  }

  async running(machine: string): Promise<ManagedObjectReference> {
    const ref = await this.seen(machine);
    await this.powerOn(ref);
    await this.here.until('on', () => this.inventory.virtualMachine(ref)?.powerState === 'poweredOn');
    return ref;
  }

  #send(
    key: string,
    lane: 'Clone' | 'Other',
    step: (signal: AbortSignal) => Promise<ManagedObjectReference>,
  ): Promise<WorkOutcome> {
    return this.world.answered(work(this.here, key, lane, step));
  }
}

export function resultOf(outcome: WorkOutcome): ManagedObjectReference {
  if (outcome.kind !== 'Succeeded' || outcome.result === undefined) throw new Error(JSON.stringify(outcome));
  return outcome.result;
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the stage is used before it is open');
  return value;
}
