/**
 * Ownership marks (R1): extraConfig keys that the clone itself sets, so they are atomic with the virtual machine. Not
 * guestinfo.*, which a guest can write.
 */
import type { Slot } from './identity';

export const Mark = {
  Cluster: 'codeconnect.cluster',
  Group: 'codeconnect.group',
  Uid: 'codeconnect.uid',
  Ordinal: 'codeconnect.ordinal',
  Revision: 'codeconnect.revision',
  Instance: 'codeconnect.instance',
} as const;

/** All keys, for a connection that watches them. */
export const MARK_KEYS: readonly string[] = Object.values(Mark);

/** How many disks the clone had. It is no part of the ownership, and is only read before the machine is destroyed. */
export const DISK_COUNT_KEY = 'codeconnect.disks';

/** Who owns a virtual machine. */
export interface Ownership {
  /** Identity of the Kubernetes cluster: several may share a vCenter. */
  readonly cluster: string;
  /** namespace/name of the group, for people. */
  readonly group: string;
  readonly groupUid: string;
  readonly slot: Slot;
}

/** The marks for a virtual machine with this config.instanceUuid. */
export function marksFor(ownership: Ownership, instanceUuid: string): Readonly<Record<string, string>> {
  return {
    [Mark.Cluster]: ownership.cluster,
    [Mark.Group]: ownership.group,
    [Mark.Uid]: ownership.groupUid,
    [Mark.Ordinal]: String(ownership.slot.ordinal),
    [Mark.Revision]: ownership.slot.revision,
    [Mark.Instance]: instanceUuid,
  };
}

/** The change that removes our marks: in vCenter an empty value removes the key. */
export const NO_MARKS: Readonly<Record<string, string>> = Object.fromEntries(
  [...MARK_KEYS, DISK_COUNT_KEY].map((key) => [key, '']),
);

/** The limits of the status (int32, 16 characters). Marks beyond them were not written by the operator. */
const LARGEST_ORDINAL = 2 ** 31 - 1;
const LONGEST_REVISION = 16;

/**
 * Reads the marks of a virtual machine. Undefined if it is foreign: its marks are missing or invalid, or
 * `codeconnect.instance` is not its own instanceUuid: vCenter copies extraConfig when a person clones a machine.
 */
export function readOwnership(machine: {
  readonly extraConfig: Readonly<Record<string, string>>;
  readonly instanceUuid?: string;
}): Ownership | undefined {
  const cluster = machine.extraConfig[Mark.Cluster];
  const group = machine.extraConfig[Mark.Group];
  const groupUid = machine.extraConfig[Mark.Uid];
  const ordinal = Number(machine.extraConfig[Mark.Ordinal] || Number.NaN);
  const revision = machine.extraConfig[Mark.Revision];
  const instance = machine.extraConfig[Mark.Instance];
  if (!cluster || !groupUid || !revision || revision.length > LONGEST_REVISION) return undefined;
  if (!Number.isInteger(ordinal) || ordinal < 0 || ordinal > LARGEST_ORDINAL) return undefined;
  if (!instance || instance.toLowerCase() !== machine.instanceUuid?.toLowerCase()) return undefined;
  return { cluster, group: group ?? '', groupUid, slot: { ordinal, revision } };
}
