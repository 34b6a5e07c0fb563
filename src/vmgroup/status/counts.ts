import { refKey } from '../../vsphere/port';
import type { Plan } from '../model/action';
import { hasDisks } from '../model/disk-sizes';
import { hasSize } from '../model/machine-size';
import type { Observation, Replica } from '../model/observation';
import { isAvailable, isReady } from '../model/readiness';
import { isUpToDate } from '../model/up-to-date';

/** The counters from which the conditions are made. */
export interface Counts {
  readonly desired: number;
  /** Machines that exist and are not leaving. */
  readonly current: number;
  readonly ready: number;
  /** Ready for minReadySeconds. */
  readonly available: number;
  /** Of the current revision and size, and in no failure domain that was taken out. */
  readonly updated: number;
  /** Of another revision, retired, or in a failure domain that was taken out. Others that are not updated only lack the size. */
  readonly outdated: number;
  readonly surplus: number;
}

export function countReplicas(observed: Observation, plan: Plan): Counts {
  const { group } = observed;
  const staying = observed.replicas.filter(({ machine }) => !plan.leaving.has(refKey(machine.ref)));
  const current = staying.filter((replica) => isUpToDate(replica, observed));
  const isOfSize = (replica: Replica) => hasSize(replica.machine, group) && hasDisks(replica, group);
  return {
    desired: observed.group.spec.replicas,
    current: staying.length,
    ready: staying.filter((replica) => isReady(replica)).length,
    available: staying.filter((replica) => isAvailable(replica, observed)).length,
    updated: current.filter(isOfSize).length,
    outdated: staying.length - current.length,
    surplus: observed.replicas.length - staying.length,
  };
}

/** The counters of the last status, for use while vCenter cannot be seen. */
export function lastCounts({ group }: Observation): Counts {
  const { status, spec } = group;
  return {
    desired: spec.replicas,
    current: status?.currentReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    outdated: 0,
    surplus: 0,
  };
}
