/** act: turns the actions of a plan into work for the vCenter's dispatcher. Returns at once (R3). */
import { EXTRA_CONFIG_KEY, hasExtraConfig } from '../../api/extra-config-record';
import { type Slot, slotKey } from '../../api/identity';
import { NETWORK_KEY } from '../../api/network-record';
import { marksFor, NO_MARKS } from '../../api/ownership';
import { type AdapterAddress, hasStaticAddresses } from '../../api/static-addresses';
import type { VmGroup } from '../../api/vm-group';
import type {
  CallContext,
  Inventory,
  ManagedObjectReference,
  VimClient,
  VirtualMachine,
  Work,
  WorkOutcome,
} from '../../vsphere/port';
import { actionKey, machineNameOf, machineOf, slotOf, type VCenterAction } from '../model/action';
import type { InFlightOperation, Subject } from '../model/in-flight';
import type { KnownFolder, KnownMachine } from '../model/known-objects';
import { nameList } from '../model/name-list';
import type { Replica } from '../model/observation';
import type { ReadSecret, ReadSpec } from '../model/port';
import type { AdoptionRule, TenantPolicy } from '../model/tenant-policy';
import { ActError } from './act-error';
import { cloneRequest } from './clone-request';
import { destroyFolder } from './destroy-folder';
import { findFormerMachines } from './former-machines';
import type { GuestDataMaker } from './guest-data';
import { lookIntoFolder } from './look-into-folder';
import { verifyOwnAddresses } from './own-addresses';
import { proveFolderGone, proveMachineGone } from './prove-gone';
import { renameFolder } from './rename-folder';
import { type SettleVerdict, settle } from './settle';
import { readNetworkRefusal } from './template-networks';
import { verifyAdoptable, verifyOwnDisks, verifyOwnership } from './verify';
import { writeSettings } from './write-settings';

/** What act needs from the process around it. */
export interface ActContext extends AdoptionRule {
  readonly group: VmGroup;
  /** As they are now, which may be other ones than the action was planned by (R15). */
  readonly tenants: TenantPolicy;
  readonly inventory: Pick<Inventory, 'pathOf'>;
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
  learnedAddresses(machine: ManagedObjectReference, adapters: readonly AdapterAddress[]): void;
  notOurs(known: KnownMachine): void;
}

export function workFor(action: VCenterAction, context: ActContext): Work {
  let accepted: ManagedObjectReference | undefined;
  const datastores = datastoresOf(action, context);
  return {
    key: actionKey(action),
    lane: action.kind === 'Clone' ? 'Clone' : 'Other',
    tenant: context.group.metadata.namespace,
    ...(datastores !== undefined && { datastores }),
    mayStart: () => context.mayStart(action),
    onSent: () => context.sent(action, { ...subjectOf(action), ...nameGivenBy(action, context.group) }),
    send: (signal) => send(action, context, { operationId: operationIdOf(context.group, action), signal }),
    onTask: (task) => {
      accepted = task;
      context.accepted(action, task);
    },
    onEnd: (outcome) => context.ended(action, outcome, accepted),
  };
}

/**
 * R9: one hanging datastore must not fill a lane, so the dispatcher limits the share of each: for work on a machine those
 * with its files, for a clone that of the spec, else those of the template, where its disks go. With one datastore in
 * all there is no limit: nobody else could use the rest of the lane. A template can be seen before its datastore.
 */
function datastoresOf(action: VCenterAction, context: ActContext): readonly string[] | undefined {
  const told = toldDatastores(action, context).map(({ value }) => value);
  const { knownDatastores } = context;
  const isOne = knownDatastores.length < 2 && new Set([...knownDatastores.map(({ value }) => value), ...told]).size < 2;
  if (isOne) return undefined;
  return told.length === 0 && action.kind === 'Clone' ? [`that of ${action.template.value}`] : told;
}

function toldDatastores(action: VCenterAction, context: ActContext): readonly ManagedObjectReference[] {
  if (action.kind === 'Clone')
    return action.datastore === undefined ? context.datastoresOf(action.template) : [action.datastore];
  const machine = machineOf(action);
  return machine === undefined ? [] : context.datastoresOf(machine.ref);
}

/** The spec may ask for another name by the time the clone ends. */
function nameGivenBy(action: VCenterAction, group: VmGroup): Pick<Subject, 'machineName'> {
  const machineName = action.kind === 'Clone' ? machineNameOf(action, group) : undefined;
  return machineName === undefined ? {} : { machineName };
}

export function subjectOf(action: VCenterAction): Subject {
  const slot = slotOf(action);
  const machine = machineOf(action);
  return {
    ...(slot !== undefined && { slot }),
    ...(machine !== undefined && { machine: machine.ref }),
    ...(action.kind === 'CreateFolder' && { folderName: action.name, folderParent: action.parent }),
    ...(action.kind === 'Adopt' && { machineName: action.machine.name }),
    ...(action.kind === 'Clone' && { template: action.template }),
    ...(action.kind === 'Reconfigure' && { size: action.size }),
  };
}

async function send(
  action: VCenterAction,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const { calls } = context;
  switch (action.kind) {
    case 'CreateFolder':
      context.folderCreated(await calls.createFolder(action.parent, action.name, call));
      return undefined;
    case 'Clone':
      return clone(action, context, call);
    case 'Reconfigure':
      return resize(action, context, call);
    case 'WriteSettings':
      return writeSettings(action, context, call);
    case 'PowerOn':
      return calls.powerOn(action.replica.machine.ref, call);
    case 'PowerOff':
      return calls.powerOff(action.replica.machine.ref, call);
    case 'Shutdown':
      await calls.shutdownGuest(action.replica.machine.ref, call);
      return undefined;
    case 'Adopt':
      return adopt(action, context, call);
    case 'RenameFolder':
      return renameFolder(action, context, call);
    case 'ReleaseMarks':
      return (await verifyOwnership(action.replica, context, call))
        ? calls.reconfigure(action.replica.machine.ref, { extraConfig: releaseOf(context.group) }, call)
        : undefined;
    case 'Destroy':
      return destroy(action.replica, context, call);
    case 'DestroyFolder':
      return destroyFolder(action.folder, context, call);
    case 'LookIntoFolder':
      await lookIntoFolder(action.folder, context, call);
      return undefined;
    case 'ProveMachineGone':
      await proveMachineGone(action.known, context, call);
      return undefined;
    case 'ProveFolderGone':
      await proveFolderGone(action.folder, context, call);
      return undefined;
    case 'Settle':
      await settle(action.operationKey, context, call);
      return undefined;
  }
}

/** The change that takes our marks off a machine, and the records that only some machines have. */
function releaseOf(group: VmGroup): Readonly<Record<string, string>> {
  const records = [
    ...(hasStaticAddresses(group.spec) ? [NETWORK_KEY] : []),
    ...(hasExtraConfig(group) ? [EXTRA_CONFIG_KEY] : []),
  ];
  return records.length === 0 ? NO_MARKS : { ...NO_MARKS, ...Object.fromEntries(records.map((key) => [key, ''])) };
}

/** R1: a change of size stays, so the marks are read live: a lost wait may leave the inventory two minutes old. */
async function resize(
  { replica, size }: Extract<VCenterAction, { kind: 'Reconfigure' }>,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const machine = await verifyOwnership(replica, context, call);
  if (machine === undefined) return undefined;
  const { numCpu, memoryMiB, ...hardware } = size;
  const { coresPerSocket: presentCoresPerSocket } = machine;
  const request = {
    ...{ numCpu, memoryMiB },
    ...(presentCoresPerSocket !== undefined && { presentCoresPerSocket }),
    // While it is on, vCenter refuses these, whether they differ or not.
    ...(machine.powerState === 'poweredOff' && hardware),
  };
  return context.calls.reconfigure(machine.ref, request, call);
}

/** R1: marks, host, power state and disks are read live, right before the machine is destroyed. */
async function destroy(
  replica: Replica,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const machine = await verifyOwnership(replica, context, call);
  if (machine === undefined) return undefined;
  if (machine.powerState !== 'poweredOff') {
    throw new ActError('StillPoweredOn', `${machine.name} was powered on meanwhile: it is powered off first`);
  }
  verifyOwnDisks(machine);
  return context.calls.destroyVirtualMachine(machine.ref, call);
}

/** Gives our marks to a machine that a person asked us to take over, if it still has the owner that the person saw. */
async function adopt(
  action: Extract<VCenterAction, { kind: 'Adopt' }>,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const machine = await verifyAdoptable(action, context, call);
  if (machine?.instanceUuid === undefined) return undefined;
  const { name, namespace, uid } = context.group.metadata;
  const owner = { cluster: context.clusterId, group: `${namespace}/${name}`, groupUid: uid, slot: action.slot };
  return context.calls.reconfigure(machine.ref, { extraConfig: marksFor(owner, machine.instanceUuid) }, call);
}

/** R2: a slot that had a machine is filled again only if that machine exists nowhere, whatever the inventory shows. */
async function clone(
  action: Extract<VCenterAction, { kind: 'Clone' }>,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference> {
  await verifyOwnAddresses(action, context, call);
  const former = action.again ? await findFormerMachines(action.slot, context, call) : undefined;
  if (former !== undefined && former.there.length > 0) {
    const names = nameList(former.there.map(({ name, connectionState }) => `${name} (${connectionState})`));
    throw new ActError(
      'StillThere',
      `${names} is the former machine of this replica: the clone waits until it is gone`,
    );
  }
  const request = await cloneRequest({ ...action, instanceUuid: former?.freeUuid }, context, call.signal);
  const refusal = await readNetworkRefusal(action, context, call);
  if (refusal !== undefined) throw new ActError('NetworkNotAllowed', refusal);
  // R15: the reads may have taken long.
  if (!context.isAllowed(action))
    throw new ActError(
      'RulesChanged',
      'what the group may use in vCenter has changed since the clone was planned: it is planned again',
    );
  return context.calls.cloneVirtualMachine(request, call);
}

/** Shown as opID in vCenter's logs: vmop-<group>-<operation>-<subject>. */
export function operationIdOf(group: VmGroup, action: VCenterAction): string {
  const subject = subjectOf(action);
  const about = subject.machine?.value ?? (subject.slot && slotKey(subject.slot)) ?? 'folder';
  return `vmop-${group.metadata.name.slice(0, 30)}-${action.kind}-${about}`;
}
