/**
 * Machines that a clone has left behind although it failed at the customization of the guest: they have our marks, and the
 * template's host name and addresses.
 */
import { slotKey } from '../../api/identity';
import type { WorkOutcome } from '../../vsphere/port';
import { customizationSpecName } from './customization';
import type { Observation, Replica } from './observation';

/** The fault CustomizationFault of vim25 and those that are derived from it, but for CustomizationPending. */
const FAILURES: ReadonlySet<string> = new Set([
  ...['CustomizationFault', 'CannotDecryptPasswords', 'IpHostnameGeneratorError', 'LinuxVolumeNotClean'],
  ...['MissingLinuxCustResources', 'MissingWindowsCustResources', 'MountError', 'NicSettingMismatch'],
  ...['NoDisksToCustomize', 'UncustomizableGuest', 'UnexpectedCustomizationFault', 'VolumeEditorError'],
]);

/**
 * Whether this reason of a fault is the only thing that tells that a machine is a copy of the template. It is kept while vCenter
 * does not show the machine, whatever a look at it says meanwhile (R2).
 */
export function isCustomizationFailure(reason: string | undefined): boolean {
  return reason !== undefined && FAILURES.has(reason);
}

/** Whether a clone that ended so may have made its machine: what failed may have been the customization of its guest. */
export function mayHaveMade(outcome: WorkOutcome): boolean {
  return outcome.kind !== 'Failed' || isCustomizationFailure(outcome.failure.code);
}

/**
 * Whether a replica must not be powered on, for its guest would come up as a copy of the template. Nor is it destroyed by
 * itself: after a restart only the status tells of the failure, and that may be older than the machine. A person decides.
 */
export function isUncustomized(
  { slot, machine }: Replica,
  { group, faults }: Pick<Observation, 'group' | 'faults'>,
): boolean {
  if (customizationSpecName(group.spec) === undefined || machine.powerState !== 'poweredOff') return false;
  return isCustomizationFailure(faults.get(slotKey(slot))?.reason);
}
