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

export interface VCenterShards {
  /** Whether this process looks after groups without a vCenter, and after VCenter objects that are not admitted yet. */
  readonly leadsBase: boolean;
  /** Resolves when nothing is sent any more to the vCenter of the operator's environment. */
  leaveImplicit(): Promise<void>;
  /**
   * Connects to the vCenter of the environment, if it names one and there is no VCenter object. Waits for the end of an
   * earlier connection to it.
   */
  useImplicit(): Promise<void>;
  /**
   * Connects to the vCenter with the present settings of the object, and asks for its Lease; without `isUsable` it asks for
   * the Lease only. Resolves when a connection with other settings has ended.
   */
  serve(vcenter: VCenter, isUsable: boolean): Promise<ServedVCenter>;
  /** Resolves when nothing is sent any more, and the Lease is free. */
  end(name: string): Promise<void>;
}
