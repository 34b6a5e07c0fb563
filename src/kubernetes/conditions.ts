/** metav1.Condition. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** One CamelCase word. */
  readonly reason: string;
  readonly message: string;
  /** RFC 3339, in whole seconds. */
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number;
}

/**
 * The next value of one condition. lastTransitionTime is `now` for a new condition or when the status flips, else it
 * stays, whatever reason and message do (apimachinery: meta.SetStatusCondition).
 */
export function setCondition(
  previous: readonly Condition[],
  next: Omit<Condition, 'lastTransitionTime'>,
  now: string,
): Condition {
  const before = previous.find((condition) => condition.type === next.type);
  return { ...next, lastTransitionTime: before?.status === next.status ? before.lastTransitionTime : now };
}
