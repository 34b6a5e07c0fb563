import { printableWithin } from '../../api/printable';
import type { VmGroupStatus, VmGroupStatusReplica } from '../../api/vm-group';

/** Limits of the CRD. */
const LONGEST_LAST_MESSAGE = 1024;
const LONGEST_CONDITION_MESSAGE = 32_768;
const LONGEST_FAULT_MESSAGE = 512;

/**
 * The status with its messages as they may be shown: they hold names that somebody gave, and people read them in a terminal
 * (kubectl get vg, kubectl describe).
 */
export function printableStatus(status: VmGroupStatus): VmGroupStatus {
  const { lastMessage, conditions, replicas } = status;
  return {
    ...status,
    ...(lastMessage !== undefined && { lastMessage: printableWithin(lastMessage, LONGEST_LAST_MESSAGE) }),
    ...(conditions !== undefined && {
      conditions: conditions.map((condition) => ({
        ...condition,
        message: printableWithin(condition.message, LONGEST_CONDITION_MESSAGE),
      })),
    }),
    ...(replicas !== undefined && { replicas: replicas.map(printableReplica) }),
  };
}

function printableReplica(replica: VmGroupStatusReplica): VmGroupStatusReplica {
  const { fault } = replica;
  if (fault === undefined) return replica;
  return { ...replica, fault: { ...fault, message: printableWithin(fault.message, LONGEST_FAULT_MESSAGE) } };
}
