import { slotKey } from '../../api/identity';
import { policyOf } from '../../api/policy';
import type { VmGroup } from '../../api/vm-group';
import type { FailureVerdict, ManagedObjectReference, VsphereFailure, WorkOutcome } from '../../vsphere/port';
import { actionKey, destroyedBy, faultAboutOf, isLook, machineNameOf, type VCenterAction } from '../model/action';
import { diskKey } from '../model/disk-sizes';
import { endFaultBySuccess, type Fault, type Faults, faultSubject } from '../model/fault';
import type { InFlight } from '../model/in-flight';
import type { KnownObjects } from '../model/known-objects';
import { sizeKey } from '../model/machine-size';
import type { ClassifyFailure } from '../model/port';
import type { SlotHistory } from '../model/slot-history';
import { mayHaveMade } from '../model/uncustomized';
import { classifyOwn } from './act-error';
import { recordNoRoom, recordRoom } from './full-domains';
import { type FaultContext, recordFault } from './record-fault';

export interface EndContext extends FaultContext {
  readonly classify: ClassifyFailure;
  readonly memory: RecordMemory;
}

/** The parts of a group's memory that the end of a piece of work changes. */
export interface RecordMemory {
  readonly inFlight: InFlight;
  readonly faults: Faults;
  readonly history: SlotHistory;
  readonly known: KnownObjects;
}

/**
 * Records the end of a piece of work: success, or a fault and the time of its retry. Returns the fault, if there is
 * one.
 */
export function recordEnd(action: VCenterAction, outcome: WorkOutcome, context: EndContext): Fault | undefined {
  const key = actionKey(action);
  const { memory, now } = context;
  if (action.kind === 'Settle') {
    memory.inFlight.remove(key);
    // The live read itself failed: the operation stays Unknown, and the next read waits as long as the first.
    if (outcome.kind !== 'Succeeded') memory.inFlight.ended(action.operationKey, 'Unknown', now.monotonicMs);
    return undefined;
  }
  if (isLook(action)) {
    // A look can be repeated as it is: what is not known of its end does not matter.
    memory.inFlight.remove(key);
    if (outcome.kind !== 'Succeeded')
      return recordFault(
        faultSubject(faultAboutOf(action)),
        outcome.failure,
        verdictOn(action, outcome.failure, context),
        context,
        onlyOf(action),
      );
    endFaultBySuccess(memory.faults, faultSubject(faultAboutOf(action)), onlyOf(action).only);
    return undefined;
  }
  // R2: from now on the slot may have a machine, also if the inventory never shows it with our marks.
  if (action.kind === 'Clone' && mayHaveMade(outcome)) memory.history.sawMachine(slotKey(action.slot));
  if (action.kind === 'Clone' && outcome.kind === 'Succeeded' && outcome.result?.type === 'VirtualMachine')
    madeMachine(action, outcome.result, context);
  const destroyed = destroyedBy(action);
  if (destroyed !== undefined) memory.known.destroy(destroyed, outcome.kind === 'Succeeded' ? 'Done' : undefined);
  switch (outcome.kind) {
    case 'Succeeded':
      recordSuccess(key, action, context);
      return undefined;
    case 'Unknown':
      return recordUnknown(key, action, outcome.failure, context);
    case 'Failed':
      // R15: what the failed clone has left counts, though the inventory shows it later.
      if (action.kind === 'Clone' && mayHaveMade(outcome)) return recordUnknown(key, action, outcome.failure, context);
      return recordFailure(key, action, outcome, context);
  }
}

/** A live read comes first. If the operation did not happen, the next try waits as after any failure (R8). */
function recordUnknown(key: string, action: VCenterAction, failure: VsphereFailure, context: EndContext): Fault {
  const { memory, now } = context;
  memory.inFlight.ended(key, 'Unknown', now.monotonicMs);
  if (action.kind === 'WriteHostRules') memory.history.forgetHostRules(action.rules.cluster, now.monotonicMs);
  if (action.kind === 'WriteSettings' || action.kind === 'WriteAttributes')
    memory.history.forgetWritten(action.replica.machine.ref.value);
  return recordFault(
    faultSubject(faultAboutOf(action)),
    failure,
    verdictOn(action, failure, context),
    context,
    onlyOf(action),
  );
}

function madeMachine(
  action: Extract<VCenterAction, { kind: 'Clone' }>,
  ref: ManagedObjectReference,
  { memory, group }: EndContext,
): void {
  memory.known.made({
    ...{ ref, slot: action.slot, name: machineNameOf(action, group) ?? '' },
    ...(action.failureDomain !== undefined && { failureDomain: action.failureDomain }),
  });
  if (action.disks !== undefined) memory.history.sawDisks(ref.value, diskKey(action.disks));
}

function recordSuccess(key: string, action: VCenterAction, { memory, now }: EndContext): void {
  const subject = faultSubject(faultAboutOf(action));
  memory.inFlight.ended(key, 'Done', now.monotonicMs);
  // A new machine has none of the faults of the one before.
  if (action.kind === 'Clone') memory.faults.delete(subject);
  else endFaultBySuccess(memory.faults, subject, onlyOf(action).only);
  if (action.kind === 'WriteHostRules') memory.history.wroteHostRules(action.rules, now.monotonicMs);
  if (action.kind === 'WriteSettings' || action.kind === 'WriteAttributes')
    memory.history.wrote(action.replica.machine.ref.value, action.parts);
  if (action.kind === 'SizeDisks') memory.history.sawDisks(action.replica.machine.ref.value, diskKey(action.disks));
  if (action.kind === 'Clone') recordRoom(action, memory);
  if (action.kind === 'PowerOn') memory.history.poweredOn(subject, now.monotonicMs);
  if (action.kind === 'PowerOff' || action.kind === 'Shutdown') memory.history.poweredOff(subject);
}

function recordFailure(
  key: string,
  action: VCenterAction,
  { failure }: Extract<WorkOutcome, { kind: 'Failed' }>,
  context: EndContext,
): Fault | undefined {
  const { group, memory, now } = context;
  const verdict = verdictOn(action, failure, context);
  const subject = faultSubject(faultAboutOf(action));
  if (verdict.class === 'already-so') {
    // It stays in flight: the same step is not tried again before the inventory shows the effect.
    memory.inFlight.ended(key, 'Done', now.monotonicMs);
    return undefined;
  }
  if (action.kind === 'Shutdown' && refusesShutdown(group, verdict)) {
    memory.inFlight.refused(key);
    return undefined;
  }
  const sentAtMs = memory.inFlight.get(key)?.sentAt.monotonicMs ?? now.monotonicMs;
  memory.inFlight.remove(key);
  if (verdict.class === 'gone' && action.kind.startsWith('Destroy')) return undefined;
  if (
    action.kind === 'Reconfigure' &&
    action.replica.machine.powerState === 'poweredOn' &&
    HOT_ADD_REFUSED.has(verdict.reason)
  ) {
    memory.history.hotAddWasRefused(subject, sizeKey(group));
    return undefined;
  }
  return recordFault(subject, failure, verdict, context, {
    ...(action.kind === 'Clone' && recordNoRoom(action, { failure, verdict, sentAtMs }, context)),
    ...onlyOf(action),
  });
}

/** Steps that nothing else on the slot, or on the folder, has to wait for. */
function onlyOf({ kind }: VCenterAction): Pick<Fault, 'only'> {
  return kind === 'SizeDisks' || kind === 'WriteAttributes' || kind === 'LookIntoFolder' ? { only: kind } : {};
}

function verdictOn(action: VCenterAction, failure: VsphereFailure, { classify }: EndContext): FailureVerdict {
  const own = classifyOwn(failure);
  if (own !== undefined) return own;
  switch (action.kind) {
    case 'PowerOn':
      return classify(failure, { wantedPowerState: 'poweredOn' });
    case 'PowerOff':
    case 'Shutdown':
      return classify(failure, { wantedPowerState: 'poweredOff' });
    case 'WriteHostRules':
      return ofHostRules(classify(failure));
    default:
      return classify(failure);
  }
}

/** A machine may have left the cluster since the rules were planned. The next plan knows that. */
function ofHostRules(verdict: FailureVerdict): FailureVerdict {
  if (verdict.reason !== 'InvalidArgument') return verdict;
  return { ...verdict, class: 'conflict', backoff: 'Minutes', apiClass: 'Retryable' };
}

/** With TrySoft a guest that cannot shut down is powered off hard. A failure that may pass by itself is retried. */
function refusesShutdown(group: VmGroup, verdict: FailureVerdict): boolean {
  if (policyOf(group.spec).powerOff.mode !== 'TrySoft') return false;
  return verdict.reason === 'ToolsUnavailable' || isFinal(verdict);
}

/**
 * The faults by which vCenter refuses a change of size only because the machine is powered on. Any other fault, such as
 * a missing privilege, stays a failure: powering the machine off would not help.
 */
const HOT_ADD_REFUSED: ReadonlySet<string> = new Set([
  'InvalidPowerState',
  'CpuHotPlugNotSupported',
  'MemoryHotPlugNotSupported',
  'DeviceHotPlugNotSupported',
  'InvalidVmConfig',
  'VmConfigFault',
  'GenericVmConfigFault',
  'NotSupported',
]);

/** Whether trying the same again will not help. */
function isFinal(verdict: FailureVerdict): boolean {
  return verdict.class === 'needs-user' || verdict.class === 'bug' || verdict.class === 'fatal';
}
