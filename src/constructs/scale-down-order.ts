/**
 * Which replicas go first in a scale-down, among those that are equally well. Before them go, in this order, those that
 * are leaving, were never created, have a fault that needs a person, are switched off, are not ready, or are outdated.
 */
export enum ScaleDownOrder {
  /** The newest first. */
  NEWEST = 'Newest',
  /** The oldest first. */
  OLDEST = 'Oldest',
  /** The highest number first. */
  HIGHEST_ORDINAL = 'HighestOrdinal',
}
