/** The shards of this process, as far as the controller of VCenter objects needs them. */
import type { VCenter } from '../api/vcenter';
import type { VCenterConnection } from '../vsphere/port';
import type { PrivilegeSight } from './privileges';

/** Machines of our groups, in any power state. */
export interface UsedAmount {
  readonly vms: number;
  readonly cpu: number;
  readonly memoryMiB: number;
}

export interface VCenterUsage {
  readonly total: UsedAmount;
  readonly namespaces: ReadonlyMap<string, UsedAmount>;
}

export interface ServedVCenter {
  /** Whether this process holds its Lease, and so writes to vCenter and to the status of the object. */
  readonly leads: boolean;
  /** What the Lease names as its holder. */
  readonly identity: string;
  readonly connection: VCenterConnection | undefined;
  readonly usage: VCenterUsage | undefined;
  /** What the account may do there. Undefined: this process does not ask. */
  readonly privileges: PrivilegeSight | undefined;
}

/**
 * R9: nothing here waits for a vCenter, else one that hangs would hold up those who serve the others. What has to come after
 * the end of a connection is asked for again: the objects that it concerns are reconciled once that has ended.
 */
export interface VCenterShards {
  /** Whether this process looks after groups without a vCenter, and after VCenter objects that are not admitted yet. */
  readonly leadsBase: boolean;
  /** Leaves the vCenter of the operator's environment. False while something may still be sent to it. */
  leaveImplicit(): boolean;
  /**
   * Connects to the vCenter of the environment, if it names one and there is no VCenter object. False while an earlier
   * connection to it has not ended: then nobody is told of its end.
   */
  useImplicit(): boolean;
  /**
   * Connects to the vCenter with the present settings of the object, and asks for its Lease; without `isUsable` it asks for
   * the Lease only. Undefined while a connection with other settings, or of an earlier object, has not ended.
   */
  serve(vcenter: VCenter, isUsable: boolean): Promise<ServedVCenter | undefined>;
  /** Ends the work and frees the Lease. False while something may still be sent, and so before the Lease is free. */
  end(name: string): Promise<boolean>;
}
