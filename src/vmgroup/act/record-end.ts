import { policyOf } from '../../api/policy';
import type { VmGroup } from '../../api/vm-group';
import type { FailureVerdict, VsphereFailure, WorkOutcome } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { type Fault, faultSubject } from '../model/ledger';
import { sizeKey } from '../model/machine-size';
import type { ClassifyFailure } from '../model/port';
import { subjectOf } from './act';
import { classifyOwn } from './act-error';
import { type FaultContext, recordFault } from './record-fault';

export interface EndContext extends FaultContext {
  readonly classify: ClassifyFailure;
}

/**
 * Writes the end of a piece of work into the ledger: what is to be waited for now, what failed and when to try again.
 * Returns the fault that it left, if any.
 */
export function recordEnd(
  key: string,
  action: VCenterAction,
  outcome: WorkOutcome,
  context: EndContext,
): Fault | undefined {
  const { ledger, now } = context;
  if (action.kind === 'Settle') {
    ledger.remove(key);
    // The read itself failed: its entry is as unknown as before, and gets its pause before the next look.
    if (outcome.kind !== 'Succeeded') ledger.ended(action.entryKey, 'Unknown', now.monotonicMs);
    return undefined;
  }
  switch (outcome.kind) {
    case 'Succeeded':
      recordSuccess(key, action, context);
      return undefined;
    case 'Unknown':
      // It is looked into before anything else. If it did not happen, the next try waits as after any failure (R8).
      ledger.ended(key, 'Unknown', now.monotonicMs);
      return recordFault(
        faultSubject(subjectOf(action)),
        outcome.failure,
        verdictOn(action, outcome.failure, context),
        context,
      );
    case 'Failed':
      return recordFailure(key, action, outcome, context);
  }
}

function recordSuccess(key: string, action: VCenterAction, { ledger, now }: EndContext): void {
  const subject = faultSubject(subjectOf(action));
  ledger.ended(key, 'Done', now.monotonicMs);
  ledger.succeeded(subject);
  if (action.kind === 'PowerOn') ledger.poweredOn(subject, now.monotonicMs);
  if (action.kind === 'PowerOff' || action.kind === 'Shutdown') ledger.switchedOff(subject);
}

function recordFailure(
  key: string,
  action: VCenterAction,
  { failure }: Extract<WorkOutcome, { kind: 'Failed' }>,
  context: EndContext,
): Fault | undefined {
  const { group, ledger, now } = context;
  const verdict = verdictOn(action, failure, context);
  const subject = faultSubject(subjectOf(action));
  if (verdict.class === 'already-so') {
    // The inventory will tell, and must before the same is tried again.
    ledger.ended(key, 'Done', now.monotonicMs);
    return undefined;
  }
  if (action.kind === 'Shutdown' && refusesShutdown(group, verdict)) {
    ledger.refused(key);
    return undefined;
  }
  ledger.remove(key);
  if (verdict.class === 'gone' && action.kind.startsWith('Destroy')) return undefined;
  if (
    action.kind === 'Reconfigure' &&
    action.replica.machine.powerState === 'poweredOn' &&
    HOT_ADD_REFUSED.has(verdict.reason)
  ) {
    ledger.hotAddWasRefused(subject, sizeKey(group));
    return undefined;
  }
  return recordFault(subject, failure, verdict, context);
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
    default:
      return classify(failure);
  }
}

/** With TrySoft a guest that cannot be asked is switched off hard; what passes by itself is tried again. */
function refusesShutdown(group: VmGroup, verdict: FailureVerdict): boolean {
  if (policyOf(group.spec).powerOff.mode !== 'TrySoft') return false;
  return verdict.reason === 'ToolsUnavailable' || isFinal(verdict);
}

/**
 * How vCenter says that it will not do this while the machine is on. Anything else, such as a privilege that is missing,
 * stays a failure: to switch the machine off would help nobody.
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

/** Trying the same again will not help. */
function isFinal(verdict: FailureVerdict): boolean {
  return verdict.class === 'needs-user' || verdict.class === 'bug' || verdict.class === 'fatal';
}
