/** What replicas lack that exist and are not ready. */
import type { WantedAdapter } from '../../api/policy';
import type { VirtualMachine } from '../../vsphere/port';
import type { Observation, Replica } from '../model/observation';
import { quotedName } from '../model/quoted-name';
import { isReady, meets } from '../model/readiness';

/** Of a whole group: more would hide the faults before them. */
const MOST_TOLD = 3;

/**
 * One line per replica, of the first three. A replica with a fault is told with that; one that is powered off is mostly about to
 * be powered on, and is told in status.replicas only.
 */
export function notReadyMessages(observed: Observation, faulty: ReadonlySet<string>): readonly string[] {
  const lacking = observed.replicas.flatMap((replica) => {
    const lack = lackOf(replica, observed);
    const { name, powerState } = replica.machine;
    return lack === undefined || powerState === 'poweredOff' || faulty.has(name)
      ? []
      : [`${name} is not ready: ${lack}`];
  });
  const more = lacking.length > MOST_TOLD ? [`${lacking.length - MOST_TOLD} more are not ready`] : [];
  return [...lacking.slice(0, MOST_TOLD), ...more];
}

/**
 * Undefined for a replica that is ready, and in a group that is powered off. R10: of guestInfo it says what the spec asks for,
 * and nothing of what the guest has set instead.
 */
export function lackOf(replica: Replica, { group, policy }: Observation): string | undefined {
  if (group.spec.powerState === 'PoweredOff' || isReady(replica)) return undefined;
  const { machine } = replica;
  const { readiness, readinessAdapter, guestInfo: wanted = [] } = policy;
  if (machine.connectionState !== 'connected') return `it is ${machine.connectionState} in vCenter`;
  if (machine.powerState === 'poweredOff') return 'it is powered off';
  if (machine.powerState === 'suspended') return 'it is suspended';
  if (readiness !== 'PoweredOn' && machine.details === undefined)
    return 'vCenter has not told anything of its guest yet';
  if (!meets(readiness, machine, readinessAdapter)) return lackOfGuest(machine, readinessAdapter);
  const { guestInfo = {} } = machine;
  const missing = wanted.find(({ key, value }) => guestInfo[key] !== value);
  if (missing === undefined) return 'this has not been seen yet';
  return Object.hasOwn(guestInfo, missing.key)
    ? `guestinfo.${missing.key} is not yet ${quotedName(missing.value)}`
    : `vCenter has not told guestinfo.${missing.key} yet`;
}

function lackOfGuest({ details }: VirtualMachine, adapter: WantedAdapter | undefined): string {
  if (details?.toolsRunning !== true) return 'VMware Tools do not run in the guest';
  return adapter === undefined
    ? 'the guest reports no address'
    : 'the guest reports no address on the network of spec.readiness';
}
