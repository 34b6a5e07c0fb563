/** Machines that the spec asks to take over (spec.adopt), and what is known of them. */
import type { MachineShape, ManagedObjectReference, VirtualMachine } from '../../vsphere/port';

/** Why a machine is not taken, as codes of the condition MachinesAdopted tell it, and in a sentence with the remedy. */
export interface Refusal {
  readonly code:
    | 'NotFound'
    | 'OtherDatacenter'
    | 'Ambiguous'
    | 'NotAllowed'
    | 'OwnedByAnother'
    | 'IsTemplate'
    | 'NotConnected'
    | 'Unreadable'
    | 'TaskRunning'
    | 'ShapeDiffers'
    | 'WouldBeReplaced'
    | 'StaticAddresses';
  readonly message: string;
}

/** What a live look has found. The inventory has neither shapes nor the tasks of others. */
export interface Inspection {
  /** As the inventory showed it then: another object means that it has changed since. */
  readonly machine: VirtualMachine;
  /** Absent: vCenter did not tell it. */
  readonly shape?: MachineShape;
  /** TaskInfo.descriptionId of a task that was queued or running on it. */
  readonly task?: string;
  /** Monotonic time. */
  readonly atMs: number;
}

/** A machine that the spec asks for and that is not in the group. */
export interface Candidate {
  /** As the spec names it; of a folder the path of the machine. */
  readonly name: string;
  /** Absent: it was not found, or its name fits several. */
  readonly machine?: VirtualMachine;
  /** What speaks against it without a live look. */
  readonly refusal?: Refusal;
  /** Of the machine as it is now. */
  readonly inspection?: Inspection;
}

export interface AdoptionRequest {
  /** Hash of the request. */
  readonly revision: string;
  /** The status says that the machines of this request are in the group: what is not found is passed over. */
  readonly isFulfilled: boolean;
  /** In the order in which they are taken. */
  readonly candidates: readonly Candidate[];
  /** What their shapes are compared with. Absent while the template is not known. */
  readonly template?: { readonly machine: VirtualMachine; readonly inspection?: Inspection };
  /** spec.adopt.folder, if it was found: a machine that comes into it is asked for. */
  readonly folder?: ManagedObjectReference;
}

/** What a look at the machines of a request, and its fault, are about. No object of vCenter has such a reference. */
export function adoptionSubject(revision: string): ManagedObjectReference {
  return { type: 'AdoptionRequest', value: revision };
}
