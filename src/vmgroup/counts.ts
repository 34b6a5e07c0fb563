import { revisionOf } from '../api/identity';
import { refKey } from '../vsphere/port';
import type { Plan } from './action';
import type { Observation } from './observation';
import { hasSize } from './observe';
import { isReady } from './readiness';

/** Counters that conditions are made of. */
export interface Counts {
  readonly desired: number;
  /** Machines that exist and are not leaving. */
  readonly current: number;
  readonly ready: number;
  /** Of the current revision and size. */
  readonly updated: number;
  readonly surplus: number;
}

export function countReplicas(observed: Observation, plan: Plan): Counts {
  const updateRevision = revisionOf(observed.group.spec);
  const staying = observed.replicas.filter(({ machine }) => !plan.leaving.has(refKey(machine.ref)));
  return {
    desired: observed.group.spec.replicas,
    current: staying.length,
    ready: staying.filter((replica) => isReady(replica)).length,
    updated: staying.filter(({ slot, machine }) => slot.revision === updateRevision && hasSize(machine, observed.group))
      .length,
    surplus: observed.replicas.length - staying.length,
  };
}

/** What the last report said, for want of a view of vCenter. */
export function lastCounts({ group }: Observation): Counts {
  const { status, spec } = group;
  return {
    desired: spec.replicas,
    current: status?.currentReplicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    surplus: 0,
  };
}
