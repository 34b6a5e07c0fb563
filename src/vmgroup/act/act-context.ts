import type { Slot } from '../../api/identity';
import type { AdapterAddress } from '../../api/static-addresses';
import type { VmGroup } from '../../api/vm-group';
import type { Inventory, ManagedObjectReference, VimClient, VirtualMachine, WorkOutcome } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import type { Inspection } from '../model/adoption-request';
import type { InFlightOperation, Subject } from '../model/in-flight';
import type { KnownFolder, KnownMachine } from '../model/known-objects';
import type { ReadSecret, ReadSpec } from '../model/port';
import type { AdoptionRule, TenantPolicy } from '../model/tenant-policy';
import type { GuestDataMaker } from './guest-data';
import type { SettleVerdict } from './settle';

/** What act needs from the process around it. */
export interface ActContext extends AdoptionRule {
  readonly group: VmGroup;
  /** As they are now, which may be other ones than the action was planned by (R15). */
  readonly tenants: TenantPolicy;
  readonly inventory: Pick<Inventory, 'pathOf' | 'entitiesIn'>;
  readonly calls: VimClient;
  readonly readSecret: ReadSecret;
  readonly guestData: Pick<GuestDataMaker, 'extraConfigOf' | 'refusalOf' | 'refused'>;
  readonly readSpec: ReadSpec;
  /** All datastores that were seen so far. */
  readonly knownDatastores: readonly ManagedObjectReference[];
  /** Whether the inventory shows the machine. */
  isShown(machine: ManagedObjectReference): boolean;
  /** Where the files of a machine or template are, as last seen. Empty where that is not known. */
  datastoresOf(machine: ManagedObjectReference): readonly ManagedObjectReference[];
  /**
   * The last check before work starts: the group still exists, is not paused and may use the vCenter (R15), this process
   * still holds the Lease (R6), and the action is allowed.
   */
  mayStart(action: VCenterAction): boolean;
  /** R15: whether the vCenter of the group still is the same, and allows the action. */
  isAllowed(action: VCenterAction): boolean;
  inFlight(key: string): InFlightOperation | undefined;
  /** Whether this process started the running task itself. */
  isClaimed(task: ManagedObjectReference): boolean;
  sent(action: VCenterAction, subject: Subject): void;
  accepted(action: VCenterAction, task: ManagedObjectReference): void;
  /** `task`: what vCenter accepted it as. */
  ended(action: VCenterAction, outcome: WorkOutcome, task: ManagedObjectReference | undefined): void;
  /** Made by this process: the group's folder, or a level of the default folder. */
  folderCreated(folder: ManagedObjectReference): void;
  /** A live read found only these in the folder of the deleted group besides what is shown, and nothing of the group. */
  foreignInFolder(names: readonly string[]): void;
  /** The result of a live read about an operation without a known end. */
  settled(key: string, verdict: SettleVerdict): void;
  /** The machines that a slot was seen with, by reference. */
  knownMachines(slot: Slot): readonly KnownMachine[];
  machineGone(known: KnownMachine): void;
  folderGone(folder: KnownFolder): void;
  /** The metadata of the machine has a network of its own: it gets none of the spec's addresses by us. */
  networkKept(machine: VirtualMachine): void;
  /** DRS is off in the cluster with this name. */
  hostRulesNotEnforced(cluster: ManagedObjectReference, name: string): void;
  /** Some of the rules of the cluster are refused, so that what is sent now is not all of them. */
  hostRulesRefused(cluster: ManagedObjectReference): void;
  /** By machine: the failure domain by whose DRS rule it is kept on its hosts; undefined: by none. */
  domainsFound(domains: ReadonlyMap<string, string | undefined>): void;
  /** The DRS rule is not removed, because it holds what is not the group's. */
  hostRuleKept(rule: string, cluster: string, why: string): void;
  learnedAddresses(machine: ManagedObjectReference, adapters: readonly AdapterAddress[]): void;
  /** What is sent to the machine is the first half of its attributes. False: that was sent before, and it asks for it again. */
  preparesOnly(machine: ManagedObjectReference, what: string): boolean;
  notOurs(known: KnownMachine): void;
  /** By refKey: what a live look has found of machines that spec.adopt asks for. */
  inspected(found: ReadonlyMap<string, Inspection>): void;
  /** Monotonic time. */
  nowMs(): number;
  /** vCenter has one storage policy of that name. */
  policyFound(name: string): void;
}
