import { refKey } from '../../vsphere/port';
import type { Plan } from '../model/action';
import { isCurrent } from '../model/failure-domain';
import { hasSize } from '../model/machine-size';
import type { Observation } from '../model/observation';
import { isAvailable, isReady } from '../model/readiness';

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
  /** Of another revision, or in a failure domain that was taken out. Replicas that are neither updated nor outdated only lack the size. */
  readonly outdated: number;
  readonly surplus: number;
}

export function countReplicas(observed: Observation, plan: Plan): Counts {
  const staying = observed.replicas.filter(({ machine }) => !plan.leaving.has(refKey(machine.ref)));
  return {
    desired: observed.group.spec.replicas,
    current: staying.length,
    ready: staying.filter((replica) => isReady(replica)).length,
    available: staying.filter((replica) => isAvailable(replica, observed)).length,
    updated: staying.filter((replica) => isCurrent(replica, observed) && hasSize(replica.machine, observed.group))
      .length,
    outdated: staying.filter((replica) => !isCurrent(replica, observed)).length,
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
