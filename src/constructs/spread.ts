/** What happens to a replica that would make the numbers of replicas in two failure domains differ too much. */
export enum WhenUnsatisfiable {
  /** It waits until it fits, with a fault of class Capacity. */
  DO_NOT_SCHEDULE = 'DoNotSchedule',
  /** It is created in another failure domain. */
  SCHEDULE_ANYWAY = 'ScheduleAnyway',
}

/**
 * How evenly the replicas of a VmGroup are spread over failure domains. One that is created goes where the fewest are, and
 * one too many is removed where the most are. Living replicas are not moved.
 */
export interface VmGroupSpread {
  /**
   * Largest difference between the numbers of replicas in two failure domains, 1 to 100.
   *
   * @default 1
   */
  readonly maxSkew?: number;

  /**
   * What happens to a replica that would exceed it because a failure domain is full or cannot be found.
   *
   * @default WhenUnsatisfiable.SCHEDULE_ANYWAY
   */
  readonly whenUnsatisfiable?: WhenUnsatisfiable;
}

/** As the manifest has it. Unknown fields are kept, so that synth refuses them. */
export function spreadToJson({ whenUnsatisfiable, ...rest }: VmGroupSpread) {
  return {
    maxSkew: undefined,
    ...rest,
    whenUnsatisfiable: whenUnsatisfiable === undefined ? undefined : (`${whenUnsatisfiable}` as const),
  };
}
