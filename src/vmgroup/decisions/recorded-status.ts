import { isDeepStrictEqual } from 'node:util';
import type { VmGroupStatus, VmGroupStatusReplica } from '../../api/vm-group';

/** A status beside the one before it: a replica that is the same in both is told by its place in that one. */
export interface RecordedStatus {
  readonly fields: Omit<VmGroupStatus, 'replicas'>;
  readonly replicas?: readonly (number | VmGroupStatusReplica)[];
}

export function recordedStatus(status: VmGroupStatus, before: VmGroupStatus | undefined): RecordedStatus {
  const { replicas, ...fields } = status;
  if (replicas === undefined) return { fields };
  const places = new Map((before?.replicas ?? []).map((replica, place) => [replica.name, { replica, place }]));
  return {
    fields,
    replicas: replicas.map((replica) => {
      const known = places.get(replica.name);
      return known !== undefined && isDeepStrictEqual(known.replica, replica) ? known.place : replica;
    }),
  };
}

/** Throws a RangeError for a place that the former status does not have. */
export function statusOfRecord({ fields, replicas }: RecordedStatus, before: VmGroupStatus | undefined): VmGroupStatus {
  if (replicas === undefined) return fields;
  return {
    ...fields,
    replicas: replicas.map((told) => {
      if (typeof told !== 'number') return told;
      const replica = before?.replicas?.[told];
      if (replica === undefined) throw new RangeError(`the status names replica ${told} of the one before it`);
      return replica;
    }),
  };
}
