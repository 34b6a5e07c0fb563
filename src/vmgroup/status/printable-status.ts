import { printableWithin } from '../../api/printable';
import type { VmGroupStatus, VmGroupStatusReplica } from '../../api/vm-group';
import { boundedStatus } from './bounded-status';

/** Limits of the CRD. */
const LONGEST_LAST_MESSAGE = 1024;
const LONGEST_CONDITION_MESSAGE = 32_768;
const LONGEST_FAULT_MESSAGE = 512;
const LONGEST_FAULT_REASON = 64;
const LONGEST_PATH = 2048;
const LONGEST_REFERENCE = 64;
const LONGEST_UUID = 36;

/**
 * The status with its messages as they may be shown: they hold names that somebody gave, and people read them in a terminal
 * (kubectl get vg, kubectl describe). R14: texts of vCenter are held to the limits of the CRD, else the API server would
 * refuse the whole status, and so it does with one that is too large (bounded-status.ts). A reference that is too long is left out: a part of it would be another object's.
 */
export function printableStatus(status: VmGroupStatus): VmGroupStatus {
  const { lastMessage, conditions, replicas, folder, template, vcenter } = status;
  return boundedStatus({
    ...status,
    ...(folder !== undefined && { folder: locationWithin(folder) }),
    ...(template !== undefined && { template: locationWithin(template) }),
    ...(vcenter !== undefined && { vcenter: without(vcenter, 'instanceUuid', LONGEST_UUID) }),
    ...(lastMessage !== undefined && { lastMessage: printableWithin(lastMessage, LONGEST_LAST_MESSAGE) }),
    ...(conditions !== undefined && {
      conditions: conditions.map((condition) => ({
        ...condition,
        message: printableWithin(condition.message, LONGEST_CONDITION_MESSAGE),
      })),
    }),
    ...(replicas !== undefined && { replicas: replicas.map(printableReplica) }),
  });
}

function printableReplica(replica: VmGroupStatusReplica): VmGroupStatusReplica {
  const { fault, ...rest } = without(without(replica, 'moRef', LONGEST_REFERENCE), 'instanceUuid', LONGEST_UUID);
  if (fault === undefined) return rest;
  const reason = fault.reason.slice(0, LONGEST_FAULT_REASON);
  return { ...rest, fault: { ...fault, reason, message: printableWithin(fault.message, LONGEST_FAULT_MESSAGE) } };
}

function locationWithin<T extends { readonly moRef?: string; readonly path?: string }>(location: T): T {
  const { path } = location;
  const cut = path === undefined ? location : { ...location, path: printableWithin(path, LONGEST_PATH) };
  return without(cut, 'moRef', LONGEST_REFERENCE);
}

/** Without the field if its text is longer. */
function without<K extends string, T extends { readonly [key in K]?: string }>(
  object: T,
  field: K,
  longest: number,
): T {
  if ((object[field]?.length ?? 0) <= longest) return object;
  const { [field]: _, ...rest } = object;
  return rest as T;
}
