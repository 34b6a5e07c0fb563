/** act: turns the actions of a plan into work for the vCenter's dispatcher. Returns at once (R3). */
import { instanceUuid, type Slot, slotKey, virtualMachineName } from '../api/identity';
import { marksFor, NO_MARKS, readOwnership } from '../api/ownership';
import type { VmGroup } from '../api/vm-group';
import type {
  CallContext,
  FailureVerdict,
  ManagedObjectReference,
  VimCalls,
  VirtualMachine,
  VsphereFailure,
  Work,
  WorkOutcome,
} from '../vsphere/port';
import { actionKey, type VCenterAction } from './action';
import type { LedgerEntry, Operation, Subject } from './ledger';
import type { Replica } from './observation';

/** What act needs of its surroundings. */
export interface ActContext {
  readonly group: VmGroup;
  readonly clusterId: string;
  readonly calls: VimCalls;
  /** The last look before a call: the group is still there, not paused, and this process still leads (R6). */
  mayStart(): boolean;
  entry(key: string): LedgerEntry | undefined;
  sent(key: string, operation: Operation, subject: Subject): void;
  task(key: string, task: ManagedObjectReference): void;
  ended(key: string, action: VCenterAction, outcome: WorkOutcome): void;
  /** What a live read found about an entry whose end nobody saw. */
  settled(entryKey: string, verdict: 'Happened' | 'DidNotHappen' | 'StillRunning'): void;
}

/** A refusal of our own, before anything was sent. */
export class ActError extends Error implements VsphereFailure {
  override readonly name = 'ActError';
  readonly outcome = 'NotSent';

  constructor(
    readonly code: 'OwnershipUnproven' | 'HostDisconnected' | 'FolderNotEmpty' | 'StillPoweredOn',
    message: string,
  ) {
    super(message);
  }
}

/** Verdicts on our own refusals. */
export function classifyOwn(failure: VsphereFailure): FailureVerdict | undefined {
  if (!(failure instanceof ActError)) return undefined;
  const reason = failure.code;
  switch (failure.code) {
    case 'OwnershipUnproven':
      return { class: 'needs-user', backoff: 'B3', apiClass: 'NeedsUser', reason };
    case 'HostDisconnected':
      return { class: 'later', backoff: 'B2', apiClass: 'Retryable', reason };
    case 'FolderNotEmpty':
    case 'StillPoweredOn':
      return { class: 'conflict', backoff: 'B1', apiClass: 'Retryable', reason };
  }
}

export function workFor(action: VCenterAction, context: ActContext): Work {
  const key = actionKey(action);
  return {
    key,
    lane: action.kind === 'Clone' ? 'Clone' : 'Other',
    mayStart: () => context.mayStart(),
    onSent: () => context.sent(key, action.kind, subjectOf(action)),
    send: (signal) => send(action, context, { operationId: operationId(context.group, action), signal }),
    onTask: (task) => context.task(key, task),
    onEnd: (outcome) => context.ended(key, action, outcome),
  };
}

export function subjectOf(action: VCenterAction): Subject {
  switch (action.kind) {
    case 'CreateFolder':
      return { folderName: action.name };
    case 'DestroyFolder':
    case 'Settle':
      return {};
    case 'Clone':
      return { slot: action.slot };
    case 'Reconfigure':
    case 'PowerOn':
    case 'PowerOff':
    case 'Destroy':
    case 'ReleaseMarks':
      return { slot: action.replica.slot, machine: action.replica.machine.ref };
  }
}

async function send(
  action: VCenterAction,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const { calls, group } = context;
  switch (action.kind) {
    case 'CreateFolder':
      await calls.createFolder(action.parent, action.name, call);
      return undefined;
    case 'Clone':
      return calls.cloneVirtualMachine(cloneRequest(action, context), call);
    case 'Reconfigure':
      return calls.reconfigure(
        action.replica.machine.ref,
        { numCpu: group.spec.cpu, memoryMiB: group.spec.memory * 1024 },
        call,
      );
    case 'PowerOn':
      return calls.powerOn(action.replica.machine.ref, call);
    case 'PowerOff':
      return calls.powerOff(action.replica.machine.ref, call);
    case 'ReleaseMarks':
      return (await proveOwnership(action.replica, context, call))
        ? calls.reconfigure(action.replica.machine.ref, { extraConfig: NO_MARKS }, call)
        : undefined;
    case 'Destroy':
      return destroy(action.replica, context, call);
    case 'DestroyFolder':
      return destroyFolder(action.folder, context, call);
    case 'Settle':
      await settle(action.entryKey, context, call);
      return undefined;
  }
}

/** R1: destroy re-reads marks, host and power state live, right before the call. */
async function destroy(
  replica: Replica,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const machine = await proveOwnership(replica, context, call);
  if (machine === undefined) return undefined;
  if (machine.powerState !== 'poweredOff') {
    throw new ActError('StillPoweredOn', `${machine.name} was switched on meanwhile: it is switched off first`);
  }
  return context.calls.destroyVirtualMachine(machine.ref, call);
}

/** Reads a machine live. Undefined when it is gone; throws when it is not, or no longer, a replica of this group. */
async function proveOwnership(
  replica: Replica,
  context: ActContext,
  call: CallContext,
): Promise<VirtualMachine | undefined> {
  const machine = await context.calls.readVirtualMachine(replica.machine.ref, call);
  if (machine === undefined) return undefined;
  const owner = readOwnership(machine);
  if (owner?.cluster !== context.clusterId || owner.groupUid !== context.group.metadata.uid) {
    throw new ActError(
      'OwnershipUnproven',
      `${machine.name} does not carry the marks of this group any more: it is left as it is`,
    );
  }
  if (machine.connectionState !== 'connected') {
    throw new ActError(
      'HostDisconnected',
      `${machine.name} is ${machine.connectionState} in vCenter: it is left alone until its host is back`,
    );
  }
  return machine;
}

/** R1: a folder is removed only after a live read shows it empty, for removing a folder removes what is in it. */
async function destroyFolder(
  folder: ManagedObjectReference,
  context: ActContext,
  call: CallContext,
): Promise<ManagedObjectReference | undefined> {
  const children = await context.calls.readFolderChildren(folder, call);
  if (children === undefined) return undefined;
  if (children.length > 0) {
    throw new ActError('FolderNotEmpty', `the group's folder holds ${children.length} objects: it is kept`);
  }
  return context.calls.destroyFolder(folder, call);
}

/** Finds out what became of an entry whose end nobody saw. Never repeats it blindly (R2). */
async function settle(entryKey: string, context: ActContext, call: CallContext): Promise<void> {
  const entry = context.entry(entryKey);
  if (entry === undefined) return;
  if (entry.slot !== undefined && entry.operation === 'Clone') {
    context.settled(entryKey, await cloneFate(entry.slot, context, call));
    return;
  }
  // Everything else is done again as needed: the next plan starts from what the inventory shows.
  context.settled(entryKey, 'DidNotHappen');
}

async function cloneFate(
  slot: Slot,
  context: ActContext,
  call: CallContext,
): Promise<'Happened' | 'DidNotHappen' | 'StillRunning'> {
  // Order matters: a clone that ends between the two reads is found by the second.
  const tasks = await context.calls.readRecentTasks(call);
  const running = tasks.some(
    (task) => (task.state === 'running' || task.state === 'queued') && isClone(task.descriptionId),
  );
  const machines = await context.calls.findByInstanceUuid(instanceUuid(context.group.metadata.uid, slot), call);
  if (machines.length > 0) return 'Happened';
  return running ? 'StillRunning' : 'DidNotHappen';
}

/** vCenter says VirtualMachine.clone, the simulator VirtualMachine.cloneVm. */
export function isClone(descriptionId: string): boolean {
  return descriptionId === 'VirtualMachine.clone' || descriptionId === 'VirtualMachine.cloneVm';
}

function cloneRequest(
  action: Extract<VCenterAction, { kind: 'Clone' }>,
  { group, clusterId }: ActContext,
): Parameters<VimCalls['cloneVirtualMachine']>[0] {
  const { name, namespace, uid } = group.metadata;
  const uuid = instanceUuid(uid, action.slot);
  const owner = { cluster: clusterId, group: `${namespace}/${name}`, groupUid: uid, slot: action.slot };
  return {
    template: action.template,
    folder: action.folder,
    name: virtualMachineName(name, uid, action.slot),
    resourcePool: action.resourcePool,
    ...(action.datastore !== undefined && { datastore: action.datastore }),
    numCpu: group.spec.cpu,
    memoryMiB: group.spec.memory * 1024,
    instanceUuid: uuid,
    // For the administrator; never compared.
    annotation: `managed by VmGroup ${namespace}/${name}`,
    extraConfig: marksFor(owner, uuid),
  };
}

/** Shown as opID in vCenter's logs: vmop-<group>-<operation>-<subject>. */
function operationId(group: VmGroup, action: VCenterAction): string {
  const subject = subjectOf(action);
  const about = subject.machine?.value ?? (subject.slot && slotKey(subject.slot)) ?? 'folder';
  return `vmop-${group.metadata.name.slice(0, 30)}-${action.kind}-${about}`;
}
