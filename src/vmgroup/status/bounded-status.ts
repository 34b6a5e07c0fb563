/**
 * Keeps a status storable: etcd takes objects of up to 1.5 MiB, and a status that is refused is lost as a whole. A large group
 * whose replicas all have long messages or many addresses gets the beginning of each.
 */
import { printableWithin } from '../../api/printable';
import type { VmGroupStatus, VmGroupStatusReplica } from '../../api/vm-group';

/** With the spec and what the API server adds, an object of these stays below 1 MiB. */
const MOST_REPLICA_BYTES = 640 * 1024;
const MOST_CONDITION_BYTES = 128 * 1024;
/** What the fields of a replica that are not counted one by one may have together, in characters of one byte. */
const OTHER_BYTES = 640;
const BYTES_PER_ADDRESS = 42;
const CUT_CONDITION_MESSAGE = 4_096;

interface Cut {
  readonly faultMessage: number;
  readonly notReady: number;
  readonly addresses: number;
}

/** In turn, until the status fits. */
const CUTS: readonly Cut[] = [
  { faultMessage: 160, notReady: 80, addresses: 4 },
  { faultMessage: 48, notReady: 24, addresses: 1 },
];

/** The same status wherever it fits. */
export function boundedStatus(status: VmGroupStatus): VmGroupStatus {
  const { conditions, replicas } = status;
  return {
    ...status,
    ...(conditions !== undefined && { conditions: boundedConditions(conditions) }),
    ...(replicas !== undefined && { replicas: boundedReplicas(replicas) }),
  };
}

type Conditions = NonNullable<VmGroupStatus['conditions']>;

function boundedConditions(conditions: Conditions): Conditions {
  if (bytesOf(conditions) <= MOST_CONDITION_BYTES) return conditions;
  return conditions.map((condition) => ({
    ...condition,
    message: printableWithin(condition.message, CUT_CONDITION_MESSAGE),
  }));
}

function boundedReplicas(replicas: VmGroupStatusReplica[]): VmGroupStatusReplica[] {
  let bounded = replicas;
  for (const cut of CUTS) {
    if (mostBytesOf(bounded) <= MOST_REPLICA_BYTES || bytesOf(bounded) <= MOST_REPLICA_BYTES) break;
    bounded = replicas.map((replica) => cutReplica(replica, cut));
  }
  return bounded;
}

function cutReplica(replica: VmGroupStatusReplica, cut: Cut): VmGroupStatusReplica {
  const { fault, notReady, ips } = replica;
  return {
    ...replica,
    ...(ips !== undefined && { ips: ips.slice(0, cut.addresses) }),
    ...(notReady !== undefined && { notReady: printableWithin(notReady, cut.notReady) }),
    ...(fault !== undefined && { fault: { ...fault, message: printableWithin(fault.message, cut.faultMessage) } }),
  };
}

/** Cheap: at rest a status is computed often and is far from the limit. */
function mostBytesOf(replicas: readonly VmGroupStatusReplica[]): number {
  let bytes = replicas.length * OTHER_BYTES;
  for (const { fault, notReady = '', ips = [] } of replicas)
    bytes += 3 * ((fault?.message.length ?? 0) + notReady.length) + BYTES_PER_ADDRESS * ips.length;
  return bytes;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
