import type { GroupPolicy, GuestInfoValue, Readiness, WantedAdapter } from '../../api/policy';
import type { MachineDetails, VirtualMachine } from '../../vsphere/port';
import type { Observation, Replica } from './observation';

/** Whether a machine is as ready as its group asks for. A machine on a disconnected host is never ready. */
export function meets(readiness: Readiness, machine: VirtualMachine, adapter?: WantedAdapter): boolean {
  if (machine.powerState !== 'poweredOn' || machine.connectionState !== 'connected') return false;
  switch (readiness) {
    case 'PoweredOn':
      return true;
    case 'ToolsRunning':
      return machine.details?.toolsRunning === true;
    case 'IPAddress':
      return (
        machine.details?.toolsRunning === true && addressesOf(machine.details, adapter).some((ip) => !isLinkLocal(ip))
      );
  }
}

/** Whether the guest has set what its group asks for. Unknown: not all of it was read yet, and what was read fits. */
export function guestInfoState(
  wanted: readonly GuestInfoValue[] | undefined,
  { guestInfo = {} }: VirtualMachine,
): 'Met' | 'Unmet' | 'Unknown' {
  const states = (wanted ?? []).map(({ key, value }) => {
    if (!Object.hasOwn(guestInfo, key)) return 'Unknown';
    return guestInfo[key] === value ? 'Met' : 'Unmet';
  });
  return states.find((state) => state === 'Unmet') ?? states.find((state) => state === 'Unknown') ?? 'Met';
}

/**
 * Whether a machine is ready as its group asks for, in its type and in what its guest has set. Unknown: vCenter has not told
 * all of it yet, as after a start, or of a machine that was out of sight or has just got its marks; and what it told fits.
 */
export function readinessState(policy: GroupPolicy, machine: VirtualMachine): 'Met' | 'Unmet' | 'Unknown' {
  const { readiness, readinessAdapter } = policy;
  if (!meets('PoweredOn', machine)) return 'Unmet';
  const guestInfo = guestInfoState(policy.guestInfo, machine);
  if (guestInfo === 'Unmet') return 'Unmet';
  if (readiness !== 'PoweredOn' && machine.details === undefined) return 'Unknown';
  return meets(readiness, machine, readinessAdapter) ? guestInfo : 'Unmet';
}

/**
 * The adapters of a machine are in the order of their keys. Where the guest tells another number of adapters than the spec
 * has, the keys count from 4000 (docs/vsphere.md#adapters-of-a-guest). With one adapter all addresses are its own.
 */
function addressesOf({ adapters, ipAddresses }: MachineDetails, wanted: WantedAdapter | undefined): readonly string[] {
  if (wanted === undefined) return ipAddresses;
  if (wanted.index < 0) return [];
  if (adapters === undefined) return wanted.count === 1 ? ipAddresses : [];
  const own = adapters.filter(({ key }) => key >= 0).sort((a, b) => a.key - b.key);
  if (own.length === wanted.count) return own[wanted.index]?.ipAddresses ?? [];
  return own.find(({ key }) => key === FIRST_ADAPTER_KEY + wanted.index)?.ipAddresses ?? [];
}

const FIRST_ADAPTER_KEY = 4_000;

export function isReady(replica: Replica): boolean {
  return replica.readySince !== undefined;
}

/**
 * Whether a replica is ready, or nobody knows. It does not count as serving then, and is not taken away as one that does not
 * serve: what is unknown is neither.
 */
export function mayBeReady(replica: Replica, { policy }: Observation): boolean {
  return isReady(replica) || readinessState(policy, replica.machine) === 'Unknown';
}

/** Whether a replica has been ready for minReadySeconds. */
export function isAvailable(replica: Replica, observed: Observation): boolean {
  const dueMs = availableFromMs(replica, observed);
  return dueMs !== undefined && observed.now.monotonicMs >= dueMs;
}

/** Monotonic time at which a ready replica becomes available, if it stays ready. */
export function availableFromMs(replica: Replica, observed: Observation): number | undefined {
  return replica.readySince && replica.readySince.monotonicMs + observed.policy.minReadyMs;
}

/** Whether a replica is in the state that its group wants: available, or powered off in a group that is powered off. */
export function serves(replica: Replica, observed: Observation): boolean {
  if (observed.group.spec.powerState === 'PoweredOff') return replica.machine.powerState === 'poweredOff';
  return isAvailable(replica, observed);
}

/** 169.254.0.0/16 (RFC 3927) and fe80::/10 (RFC 4291): a guest has such an address without any network. */
function isLinkLocal(ip: string): boolean {
  return ip.startsWith('169.254.') || /^fe[89ab]/i.test(ip);
}
