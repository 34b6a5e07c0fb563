/** A machine of the inventory, with what the stream has told besides. */
import type { VirtualMachine } from '../port';
import type { GuestInfoRecord } from './guest-info-record';
import type { DetailsRecord } from './machine-details';

export interface VirtualMachineRecord {
  readonly machine: VirtualMachine;
  readonly changeVersion: string | undefined;
  /** Paths that vCenter told last in a way that cannot be read; empty: of what, it did not say. Absent: none. */
  readonly unread?: readonly string[];
  /** The details that the stream has sent. `machine` has them only while it has marks. */
  readonly details?: DetailsRecord;
  readonly guestInfo?: GuestInfoRecord;
}

/** The record with these details, or without details. Returns the same object if nothing differs. */
export function applyDetails(record: VirtualMachineRecord, details: DetailsRecord | undefined): VirtualMachineRecord {
  if (record.details === details) return record;
  const { machine, changeVersion, unread, guestInfo } = record;
  const { details: before, ...rest } = machine;
  const shown = isMarked(machine) ? details?.details : undefined;
  const after = shown === before ? machine : { ...rest, ...(shown === undefined ? {} : { details: shown }) };
  return withGuest(
    { machine: after, changeVersion, ...(unread === undefined ? {} : { unread }) },
    { details, guestInfo },
  );
}

/** The record with these values of the guest, or without. Returns the same object if nothing differs. */
export function applyGuestInfo(
  record: VirtualMachineRecord,
  guestInfo: GuestInfoRecord | undefined,
): VirtualMachineRecord {
  if (record.guestInfo === guestInfo) return record;
  const { machine, changeVersion, unread, details } = record;
  const { guestInfo: before, ...rest } = machine;
  const values = guestInfo?.values;
  const after = values === before ? machine : { ...rest, ...(values === undefined ? {} : { guestInfo: values }) };
  return withGuest(
    { machine: after, changeVersion, ...(unread === undefined ? {} : { unread }) },
    { details, guestInfo },
  );
}

/** The record with what is known of its guest. */
export function withGuest(
  record: Omit<VirtualMachineRecord, 'details' | 'guestInfo'>,
  {
    details,
    guestInfo,
  }: { readonly details?: DetailsRecord | undefined; readonly guestInfo?: GuestInfoRecord | undefined },
): VirtualMachineRecord {
  return {
    ...record,
    ...(details === undefined ? {} : { details }),
    ...(guestInfo === undefined ? {} : { guestInfo }),
  };
}

/** Whether the machine has a value of any watched extraConfig key. */
export function isMarked({ extraConfig }: Pick<VirtualMachine, 'extraConfig'>): boolean {
  for (const _ in extraConfig) return true;
  return false;
}
