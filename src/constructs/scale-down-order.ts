/**
 * Which replicas a scale-down removes first, when their state does not decide. The state decides in this order: replicas
 * go first that are leaving, were never created, have a fault that needs a person, are powered off, are not ready, or are
 * outdated.
 */
export enum ScaleDownOrder {
  /** The newest first. */
  NEWEST = 'Newest',
  /** The oldest first. */
  OLDEST = 'Oldest',
  /** The highest number first. */
  HIGHEST_ORDINAL = 'HighestOrdinal',
}
