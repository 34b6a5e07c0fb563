/**
 * What vCenter was seen to have of one group, by reference. That the inventory does not show an object any more proves
 * nothing: the account may have lost the right to see it. So the object stays known until vCenter itself says that it does
 * not exist, or shows that it is no longer the group's (R1, R2, R7). The status carries it over a restart.
 */
import { type Slot, slotKey } from '../../api/identity';
import { machineNameOf } from '../../api/naming';
import type { VmGroup } from '../../api/vm-group';
import { type ManagedObjectReference, refKey, sameRef } from '../../vsphere/port';
import type { InFlightOperation } from './in-flight';

export interface KnownMachine {
  readonly ref: ManagedObjectReference;
  readonly slot: Slot;
  readonly name: string;
  /** As of Replica. */
  readonly failureDomain?: string;
  /** Whether the inventory showed it at the last look. */
  readonly isShown: boolean;
  /** Shown, but without its configuration, which this process has never read: nothing tells whose it is but the status. */
  readonly isUnreadable?: boolean;
  /** A destroy of this process: it is on its way, or it has ended well. */
  readonly destroy?: 'Sent' | 'Done';
}

export interface KnownFolder {
  readonly ref: ManagedObjectReference;
  readonly path: string;
  readonly isShown: boolean;
  /** Whether this process has seen it with the group's name or with machines of the group in it. */
  readonly wasOurs: boolean;
  /** Whether this process has seen machines of the group in it. */
  readonly heldMachines: boolean;
  /** As of a machine. */
  readonly destroy?: 'Sent' | 'Done';
}

/** All that is known of a group at one moment. */
export interface Known {
  readonly machines: readonly KnownMachine[];
  readonly folder?: KnownFolder;
}

/** What is known of one group. A later group of the same name has another UID, and references are of one vCenter. */
export interface KnownGroup {
  readonly uid: string;
  readonly vcenterInstanceUuid: string;
  readonly known: Known;
}

export class KnownObjects {
  readonly #machines = new Map<string, KnownMachine>();
  #folder: KnownFolder | undefined;

  /** As the last status names them. */
  static from({ metadata, spec, status }: VmGroup): KnownObjects {
    const known = new KnownObjects();
    for (const { moRef, name, failureDomain, ...slot } of status?.replicas ?? [])
      if (moRef !== undefined)
        known.made({
          ref: { type: 'VirtualMachine', value: moRef },
          slot: { ordinal: slot.ordinal, revision: slot.revision },
          name: name ?? machineNameOf({ metadata, spec }, slot),
          ...(failureDomain !== undefined && { failureDomain }),
        });
    const { moRef, path = '' } = status?.folder ?? {};
    if (moRef !== undefined) {
      const ref = { type: 'Folder', value: moRef };
      known.#folder = { ref, path, isShown: false, wasOurs: false, heldMachines: false };
    }
    return known;
  }

  get all(): Known {
    return { machines: [...this.#machines.values()], ...(this.#folder && { folder: this.#folder }) };
  }

  /** The machines that the slot has or had. */
  ofSlot(slot: Slot): readonly KnownMachine[] {
    return this.all.machines.filter((machine) => slotKey(machine.slot) === slotKey(slot));
  }

  /** A clone has ended with this machine. The inventory may never show it. */
  made(machine: Pick<KnownMachine, 'ref' | 'slot' | 'name' | 'failureDomain'>): void {
    this.#machines.set(refKey(machine.ref), { ...machine, isShown: false });
  }

  /** Adds what was seen through another connection to the same vCenter. None of it is shown by the present one yet. */
  inherit({ machines, folder }: Known): void {
    for (const machine of machines) this.#machines.set(refKey(machine.ref), { ...machine, isShown: false });
    if (folder !== undefined) this.#folder = { ...folder, isShown: false };
  }

  /** A destroy of the machine or folder was sent, has ended well (`Done`), or has failed (undefined). */
  destroy(ref: ManagedObjectReference, state: KnownMachine['destroy']): void {
    const machine = this.#machines.get(refKey(ref));
    if (machine !== undefined) this.#machines.set(refKey(ref), withDestroy(machine, state));
    if (sameRef(this.#folder?.ref, ref) && this.#folder) this.#folder = withDestroy(this.#folder, state);
  }

  /** It does not exist, or is not the group's. */
  forget(ref: ManagedObjectReference): void {
    this.#machines.delete(refKey(ref));
    if (sameRef(this.#folder?.ref, ref)) this.#folder = undefined;
  }

  /** Takes over what an observation has found. */
  replace({ machines, folder }: Known): void {
    this.#machines.clear();
    for (const machine of machines) this.#machines.set(refKey(machine.ref), machine);
    this.#folder = folder;
  }
}

function withDestroy<T extends KnownMachine | KnownFolder>(known: T, state: KnownMachine['destroy']): T {
  const { destroy: _, ...rest } = known;
  return (state === undefined ? rest : { ...rest, destroy: state }) as T;
}

interface Seen {
  readonly known: Known;
  readonly inFlight: readonly InFlightOperation[];
}

/**
 * Machines of the group that the inventory does not show, and of which nobody knows whether they exist. One that a clone has
 * just made is expected, and does not count.
 */
export function unseenMachines({ known, inFlight }: Seen): readonly KnownMachine[] {
  const unseen = known.machines.filter(({ isShown }) => !isShown);
  if (unseen.length === 0) return unseen;
  const cloning = new Set(
    inFlight.flatMap(({ operation, slot }) => (operation === 'Clone' && slot !== undefined ? [slotKey(slot)] : [])),
  );
  return unseen.filter(({ slot }) => !cloning.has(slotKey(slot)));
}

/** The group's folder, if the inventory does not show it and nobody knows whether it exists. */
export function unseenFolder({ known }: Pick<Seen, 'known'>): KnownFolder | undefined {
  return known.folder?.isShown === false ? known.folder : undefined;
}

/**
 * The folder that the last status names, if it is shown with another name and without machines of the group. A person may have
 * renamed it while no process ran, or its reference is another folder's since vCenter was restored. It is not used. But a
 * clone of an earlier process may still put its machine there.
 */
export function doubtfulFolder({
  known,
  folder,
}: Pick<Seen, 'known'> & { readonly folder: { readonly kind: string } }) {
  return folder.kind === 'Missing' && known.folder?.isShown === true ? known.folder : undefined;
}
