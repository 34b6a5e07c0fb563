import type { Slot } from '../../api/identity';
import type { GroupPolicy } from '../../api/policy';
import type { VmGroup } from '../../api/vm-group';
import type { ManagedObjectReference, VirtualMachine } from '../../vsphere/port';
import type { Fault } from './fault';
import type { InFlightOperation } from './in-flight';
import type { Moment } from './moment';
import type { Orphans } from './orphan';
import type { Placement } from './placement';
import type { Repair } from './slot-history';

/** A virtual machine of the group: our marks for this cluster and group were read on it (R1). */
export interface Replica {
  readonly slot: Slot;
  readonly machine: VirtualMachine;
  /** Name of the host that runs it, when known. */
  readonly host?: string;
  /** Since when it has been ready as spec.readiness asks; absent while it is not. */
  readonly readySince?: Moment;
}

/** The group's own folder. */
export type GroupFolder =
  | { readonly kind: 'Found'; readonly ref: ManagedObjectReference; readonly path: string }
  | { readonly kind: 'Missing' };

/** The vCenter of the group, as far as planning needs it (R13). */
export type VCenterView =
  | { readonly kind: 'Ready'; readonly name: string; readonly instanceUuid: string }
  /**
   * Nothing is planned. `needsUser`: waiting will not help. `reconnecting`: a reconnect is under way and young, so the last
   * report still stands.
   */
  | {
      readonly kind: 'Unavailable';
      readonly name: string;
      readonly reason: string;
      readonly message: string;
      readonly needsUser: boolean;
      readonly reconnecting: boolean;
    };

/** Everything that plan and report may look at. A value: no I/O happens while it is read (R4, R5). */
export interface Observation {
  readonly group: VmGroup;
  /** How the spec's optional fields have it. */
  readonly policy: GroupPolicy;
  readonly now: Moment;
  readonly clusterId: string;
  readonly vcenter: VCenterView;
  readonly placement: Placement;
  readonly folder: GroupFolder;
  /** Ordered by ordinal. A slot that two machines claim shows up twice. */
  readonly replicas: readonly Replica[];
  /** What else is in our folder: nothing of it is ever touched (R1). */
  readonly foreignNames: readonly string[];
  /** Machines of an earlier operator or cluster that stand in the way of creating any. */
  readonly orphans: Orphans;
  readonly inFlight: readonly InFlightOperation[];
  readonly faults: ReadonlyMap<string, Fault>;
  readonly repairs: ReadonlyMap<string, Repair>;
  /** By slot: the size that vCenter would not give the running machine. */
  readonly hotAddRefused: ReadonlyMap<string, string>;
  /** The spec's size was changed and has not reached every replica: a restart or replacement for it is called for. */
  readonly resizing: boolean;
  /** Monotonic time at which the group last came a step closer to its spec, as far as it has reported so. */
  readonly progressedAtMs: number | undefined;
  /** A predecessor's clones of this template may still run: no slot is filled, nothing is cleaned up (R2, R7). */
  readonly unclaimedClones: boolean;
  /** Monotonic time until which a request that an earlier process sent for the group may still arrive in vCenter. */
  readonly predecessorQuietAtMs?: number;
  /** The group is deleted because the whole kind is: an uninstall, which leaves every machine. */
  readonly uninstalling: boolean;
}

/** The recorded identity of the vCenter when the connected one is another: the group is frozen then. */
export function instanceMismatch(observed: Observation): string | undefined {
  const recorded = observed.group.status?.vcenter?.instanceUuid;
  if (recorded === undefined || observed.vcenter.kind !== 'Ready') return undefined;
  return recorded === observed.vcenter.instanceUuid ? undefined : recorded;
}
