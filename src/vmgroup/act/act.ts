/** act: turns the actions of a plan into work for the vCenter's dispatcher. Returns at once (R3). */
import { EXTRA_CONFIG_KEY } from '../../api/extra-config-record';
import { hasGiven } from '../../api/given-lists';
import { slotKey } from '../../api/identity';
import { NETWORK_KEY } from '../../api/network-record';
import { NO_MARKS } from '../../api/ownership';
import { hasStaticAddresses } from '../../api/static-addresses';
import type { VmGroup } from '../../api/vm-group';
import type { CallContext, ManagedObjectReference, Work } from '../../vsphere/port';
import { actionKey, machineNameOf, machineOf, slotOf, type VCenterAction } from '../model/action';
import { ATTRIBUTE_LISTS } from '../model/attributes';
import { diskKey } from '../model/disk-sizes';
import type { Subject } from '../model/in-flight';
import type { Replica } from '../model/observation';
import type { ActContext } from './act-context';
import { ActError } from './act-error';
import { adopt } from './adopt';
import { clone } from './clone';
import { destroyFolder } from './destroy-folder';
import { findStoragePolicy } from './find-storage-policy';
import { inspectMachines } from './inspect-machines';
import { lookIntoFolder } from './look-into-folder';
import { proveFolderGone, proveMachineGone } from './prove-gone';
import { renameFolder } from './rename-folder';
import { settle } from './settle';
import { sizeDisks } from './size-disks';
import { verifyOwnDisks, verifyOwnership } from './verify';
import { RECORD_KEYS, writeAttributes } from './write-attributes';
import { writeHostRules } from './write-host-rules';
import { writeSettings } from './write-settings';

export function workFor(action: VCenterAction, context: ActContext): Work {
  let accepted: ManagedObjectReference | undefined;
  const datastores = datastoresOf(action, context);
  return {
    key: actionKey(action),
    lane: action.kind === 'Clone' ? 'Clone' : 'Other',
    tenant: context.group.metadata.namespace,
    ...(datastores !== undefined && { datastores }),
    kind: kindOfWork(action),
    bringsUp: isBringingUp(action),
    ...(action.kind === 'WriteHostRules' && { alone: action.rules.cluster.value }),
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

/** Clones of one template to one place take about as long, and wait in vCenter for the same hosts. */
function kindOfWork(action: VCenterAction): string {
  if (action.kind !== 'Clone') return action.kind;
  const { template, resourcePool, datastore, storagePolicy } = action;
  return [template.value, resourcePool.value, datastore?.value ?? storagePolicy?.name ?? ''].join(' ');
}

/** What a machine needs between its clone and its power-on. */
function isBringingUp(action: VCenterAction): boolean {
  switch (action.kind) {
    case 'PowerOn':
      return true;
    case 'Reconfigure':
    case 'WriteSettings':
    case 'SizeDisks':
      return action.replica.machine.powerState === 'poweredOff';
    default:
      return false;
  }
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
  if (action.kind === 'Clone') {
    // With a policy alone the datastore is chosen later: the clones of one template share one share.
    if (action.datastore === undefined && action.storagePolicy !== undefined) return [];
    return action.datastore === undefined ? context.datastoresOf(action.template) : [action.datastore];
  }
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
    ...(action.kind === 'Clone' && action.failureDomain !== undefined && { failureDomain: action.failureDomain }),
    ...(action.kind === 'Reconfigure' && { size: action.size }),
    ...(action.kind === 'SizeDisks' && { disks: diskKey(action.disks) }),
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
    case 'WriteHostRules':
      return writeHostRules(action, context, call);
    case 'WriteAttributes':
      return writeAttributes(action, context, call);
    case 'SizeDisks':
      return sizeDisks(action, context, call);
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
      return releaseMarks(action.replica, context, call);
    case 'Destroy':
      return destroy(action.replica, context, call);
    case 'DestroyFolder':
      return destroyFolder(action.folder, context, call);
    case 'LookIntoFolder':
      await lookIntoFolder({ ref: action.folder, path: action.path }, context, call);
      return undefined;
    case 'ProveMachineGone':
      await proveMachineGone(action.known, context, call);
      return undefined;
    case 'ProveFolderGone':
      await proveFolderGone(action.folder, context, call);
      return undefined;
    case 'FindStoragePolicy':
      await findStoragePolicy(action.policy, calls, call);
      context.policyFound(action.policy.name);
      return undefined;
    case 'InspectMachines':
      context.inspected(await inspectMachines(action.machines, calls, context.nowMs(), call));
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
    ...(hasGiven('extraConfig', group) ? [EXTRA_CONFIG_KEY] : []),
    ...ATTRIBUTE_LISTS.filter((list) => hasGiven(list, group)).map((list) => RECORD_KEYS[list]),
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
  return context.calls.reconfigure(machine, request, call);
}

async function releaseMarks(
  replica: Replica,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const machine = await verifyOwnership(replica, context, call);
  return machine && context.calls.reconfigure(machine, { extraConfig: releaseOf(context.group) }, call);
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

/** Shown as opID in vCenter's logs: vmop-<group>-<operation>-<subject>. */
export function operationIdOf(group: VmGroup, action: VCenterAction): string {
  const subject = subjectOf(action);
  const cluster = action.kind === 'WriteHostRules' ? action.rules.cluster.value : undefined;
  const about = subject.machine?.value ?? cluster ?? (subject.slot && slotKey(subject.slot)) ?? 'folder';
  return `vmop-${group.metadata.name.slice(0, 30)}-${action.kind}-${about}`;
}
