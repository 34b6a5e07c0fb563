import type { Slot } from '../../api/identity';
import type { GroupPolicy } from '../../api/policy';
import type { AdapterAddress } from '../../api/static-addresses';
import type { VmGroup } from '../../api/vm-group';
import type { ManagedObjectReference, VirtualMachine } from '../../vsphere/port';
import type { AdoptionRequest } from './adoption-request';
import type { Fault } from './fault';
import type { KnownHostRules } from './host-rule-wish';
import type { InFlightOperation } from './in-flight';
import type { Known } from './known-objects';
import type { Moment } from './moment';
import type { Orphans } from './orphan';
import type { Placement } from './placement';
import type { Room } from './room';
import type { SettingsPart } from './settings-part';
import type { Repair } from './slot-history';

/** A virtual machine of the group: it carries the marks of this cluster and this group (R1). */
export interface Replica {
  readonly slot: Slot;
  readonly machine: VirtualMachine;
  /** Name of the host that runs it, when known. */
  readonly host?: string;
  /** Since when it has been ready as spec.readiness asks; absent while it is not. */
  readonly readySince?: Moment;
  /** Name of the failure domain that it is in, or that it was made in and that has been taken out since. */
  readonly failureDomain?: string;
  /** The cluster that it is in, of a group that uses DRS rules. Absent: not known, or a standalone host. */
  readonly cluster?: ManagedObjectReference;
  /** The disks that it was seen with, or cloned with: the key of DiskSizes. Absent while nobody has looked. */
  readonly disks?: string;
}

/** The group's own folder. */
export type GroupFolder =
  | {
      readonly kind: 'Found';
      readonly ref: ManagedObjectReference;
      readonly path: string;
      /** This operator made it, or took it over from the original one. Known from the status, after a restart too. */
      readonly createdByOperator: boolean;
      /**
       * It may be removed with the group (R1): by that record, or by its place and name. A foreign one may have its name. One
       * with another name, which was not seen with machines of the group, is not ours.
       */
      readonly isOurs: boolean;
    }
  | { readonly kind: 'Missing' };

/** The vCenter of the group, as far as planning needs it (R13). */
export type VCenterView =
  /** `host`: of the vCenter of the environment. */
  | { readonly kind: 'Ready'; readonly name: string; readonly host?: string; readonly instanceUuid: string }
  /**
   * Nothing is planned. `needsUser`: waiting will not help. `reconnecting`: a reconnect has begun less than 30 s ago,
   * so the last status is still shown.
   */
  | {
      readonly kind: 'Unavailable';
      /** Empty while no vCenter is selected for the group. */
      readonly name: string;
      readonly reason: string;
      readonly message: string;
      readonly needsUser: boolean;
      readonly reconnecting: boolean;
    };

/** Everything that plan and status may read. A plain value: reading it does no I/O (R4, R5). */
export interface Observation {
  readonly group: VmGroup;
  /** The optional fields of the spec, with their defaults filled in. */
  readonly policy: GroupPolicy;
  readonly now: Moment;
  readonly clusterId: string;
  readonly vcenter: VCenterView;
  readonly placement: Placement;
  readonly folder: GroupFolder;
  /** Ordered by ordinal. A slot that two machines claim is listed twice. */
  readonly replicas: readonly Replica[];
  /** Machines that may be the group's, of which vCenter does not tell the configuration now. */
  readonly unreadable: readonly VirtualMachine[];
  /** What vCenter was seen to have of the group, whether the inventory shows it now or not. */
  readonly known: Known;
  /** Where the account may not look, although objects of the group may be there. Undefined if there is no such place. */
  readonly blindSpot?: string;
  /** Slots that were seen with a machine: before another is created, a live read shows that the first is gone (R2). */
  readonly hadMachine: ReadonlySet<string>;
  /** Names of other objects in the group's folder. They are never touched (R1). */
  readonly foreignNames: readonly string[];
  /** Whether a live look has found nothing of the deleted group in its folder. */
  readonly lookedIntoFolder: boolean;
  /** Machines of an earlier operator or cluster. While there are any, no replica is created. */
  readonly orphans: Orphans;
  /** What spec.adopt asks for and is not in the group. Absent: nothing. */
  readonly adoption?: AdoptionRequest;
  readonly inFlight: readonly InFlightOperation[];
  readonly faults: ReadonlyMap<string, Fault>;
  /** By failure domain that had no room for a replica: the fault, and when the domain is tried again. Absent: none. */
  readonly fullDomains?: ReadonlyMap<string, Fault>;
  readonly repairs: ReadonlyMap<string, Repair>;
  /** By machine: what this process has given it, or found there, that the inventory does not show. */
  readonly written: ReadonlyMap<string, ReadonlySet<SettingsPart>>;
  /** By cluster: what this process knows of the group's DRS rules there. Absent: nothing. */
  readonly hostRules?: ReadonlyMap<string, KnownHostRules>;
  /** By machine: the static addresses that it is known to have been given. */
  readonly heldAddresses: ReadonlyMap<string, readonly AdapterAddress[]>;
  /** By slot: the size that vCenter refused to give the running machine. */
  readonly hotAddRefused: ReadonlyMap<string, string>;
  /** The spec's size was changed and has not reached every replica: restarts or replacements for it are allowed. */
  readonly resizing: boolean;
  /** Monotonic time at which the group last came a step closer to its spec, as its status says. */
  readonly progressedAtMs: number | undefined;
  /** Clones of this template by an earlier process may still run: no slot is filled, nothing is cleaned up (R2, R7). */
  readonly unclaimedClones: boolean;
  /** Monotonic time until which a request that an earlier process sent for the group may still arrive in vCenter. */
  readonly predecessorQuietAtMs?: number;
  /** What the limits of the vCenter leave to the group. Undefined without limits. */
  readonly room?: Room;
  /** The group is deleted because its CRD is deleted: an uninstall, which leaves every machine. */
  readonly uninstalling: boolean;
}

/** The recorded instanceUuid, if another vCenter is connected now: the group is frozen then. */
export function instanceMismatch(observed: Observation): string | undefined {
  const recorded = observed.group.status?.vcenter?.instanceUuid;
  if (recorded === undefined || observed.vcenter.kind !== 'Ready') return undefined;
  return recorded === observed.vcenter.instanceUuid ? undefined : recorded;
}
