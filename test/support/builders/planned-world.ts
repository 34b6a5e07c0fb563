import { expect } from 'vitest';
import { type Slot, slotKey } from '../../../src/api/identity';
import { FINALIZER, type VmGroup } from '../../../src/api/vm-group';
import type { Action } from '../../../src/vmgroup/model/action';
import { diskKey } from '../../../src/vmgroup/model/disk-sizes';
import { amountOf, NOTHING_USED, plus } from '../../../src/vmgroup/model/limits';
import type { MachineSize } from '../../../src/vmgroup/model/machine-size';
import type { Observation, Replica } from '../../../src/vmgroup/model/observation';
import { SlotHistory } from '../../../src/vmgroup/model/slot-history';
import { plan } from '../../../src/vmgroup/plan/plan';
import type { MachineDetails } from '../../../src/vsphere/port';
import { aGuest, anObservation, aReplica, asSeen } from './observation';

/** The smallest world for a plan: machines and a folder. */
export class PlannedWorld {
  replicas: Replica[] = [];
  folder = false;
  finalizer = false;
  gone = false;
  #born = 0;

  constructor(
    public group: VmGroup,
    private readonly guest: Partial<MachineDetails>,
    /** The most machines that the namespace may have. */
    public mostMachines?: number,
  ) {}

  readonly #hostRules = new SlotHistory();
  /** By machine. */
  readonly #disks = new Map<string, string>();

  get #room(): Pick<Observation, 'room'> {
    if (this.mostMachines === undefined) return {};
    const used = this.replicas.map(({ machine }) => amountOf(machine)).reduce(plus, NOTHING_USED);
    const usage = { namespace: used, total: used };
    const limits = { perNamespace: { vms: this.mostMachines } };
    return { room: { limits, source: 'VCenter lab', used: usage, present: usage, isUncertain: false } };
  }

  get observed() {
    const finalizers = this.finalizer ? [FINALIZER] : [];
    const group = { ...this.group, metadata: { ...this.group.metadata, finalizers } };
    const folder = this.folder ? anObservation(group).folder : ({ kind: 'Missing' } as const);
    const replicas = [...this.replicas].sort((a, b) => a.slot.ordinal - b.slot.ordinal);
    const seen = replicas.map(({ slot, machine }) => {
      const disks = this.#disks.get(machine.ref.value);
      return { ...asSeen(group, slot, machine), ...(disks !== undefined && { disks }) };
    });
    return anObservation(group, {
      folder,
      replicas: seen,
      hostRules: this.#hostRules.hostRules,
      resizing: true,
      ...this.#room,
    });
  }

  /** Carries out an action. vCenter's own lock is modelled too: a name that exists is not created again. */
  apply(action: Action): void {
    switch (action.kind) {
      case 'AddFinalizer':
        this.finalizer = true;
        return;
      case 'RemoveFinalizer':
        this.finalizer = false;
        this.gone = true;
        return;
      case 'CreateFolder':
        this.folder = true;
        return;
      case 'DestroyFolder':
        expect(this.replicas).toEqual([]);
        this.folder = false;
        return;
      case 'Clone':
        this.#clone(action.slot);
        return;
      case 'PowerOn':
        this.#change(action.replica, { powerState: 'poweredOn' });
        return;
      // In this world a guest shuts down at once.
      case 'Shutdown':
      case 'PowerOff':
        this.#change(action.replica, { powerState: 'poweredOff' });
        return;
      case 'Reconfigure':
        this.#resize(action.replica, action.size);
        return;
      case 'WriteHostRules':
        this.#hostRules.wroteHostRules(action.rules, 0);
        return;
      case 'SizeDisks':
        this.#disks.set(action.replica.machine.ref.value, diskKey(action.disks));
        return;
      case 'Destroy':
        expect(action.replica.machine.powerState).toBe('poweredOff');
        this.replicas = this.replicas.filter(({ machine }) => machine.ref.value !== action.replica.machine.ref.value);
        return;
      case 'ReleaseMarks':
        this.replicas = this.replicas.filter(({ machine }) => machine.ref.value !== action.replica.machine.ref.value);
        return;
      case 'Adopt':
      case 'RenameFolder':
        throw new Error('this world has no orphans');
      case 'LookIntoFolder':
      case 'ProveMachineGone':
      case 'ProveFolderGone':
      case 'FindStoragePolicy':
      case 'Settle':
        throw new Error('nothing is ever lost in this world');
    }
  }

  #clone(slot: Slot): void {
    expect(this.finalizer, 'R13: no mutation before the finalizer').toBe(true);
    if (this.replicas.some((replica) => slotKey(replica.slot) === slotKey(slot))) return;
    this.#born += 1;
    const ref = { type: 'VirtualMachine', value: `vm-${this.#born}` };
    const details = aGuest(this.guest);
    this.replicas.push(aReplica(this.group, slot, { ref, powerState: 'poweredOff', details }));
  }

  /** Hot-add settings and cores per socket change only while the machine is off. */
  #resize(replica: Replica, { numCpu, memoryMiB, ...hardware }: MachineSize): void {
    const { powerState, details = aGuest() } = replica.machine;
    const isOff = powerState === 'poweredOff';
    this.#change(replica, { numCpu, memoryMiB, details: { ...details, ...(isOff && hardware) } });
  }

  #change(replica: Replica, machine: Partial<Replica['machine']>): void {
    this.replicas = this.replicas.map((candidate) =>
      candidate.machine.ref.value === replica.machine.ref.value
        ? { ...candidate, machine: { ...candidate.machine, ...machine } }
        : candidate,
    );
  }

  /** Plans and carries out actions until nothing is left to do. */
  converge(): void {
    for (let round = 0; round < 200; round += 1) {
      if (this.gone) return;
      const { actions } = plan(this.observed);
      if (actions.length === 0) return;
      for (const action of actions) this.apply(action);
    }
    throw new Error(`no end in sight: ${JSON.stringify(plan(this.observed).actions)}`);
  }
}
