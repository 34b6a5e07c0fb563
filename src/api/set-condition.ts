/** metav1.Condition. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** One CamelCase word. */
  readonly reason: string;
  readonly message: string;
  /** RFC 3339, in whole seconds. */
  readonly lastTransitionTime: string;
  /** metadata.generation that the condition was set for. */
  readonly observedGeneration?: number;
}

/**
 * The next value of one condition. lastTransitionTime is `now` for a new condition or when the status flips, else it
 * stays, whatever reason, message and generation do (apimachinery: meta.SetStatusCondition).
 */
export function setCondition<C extends Omit<Condition, 'lastTransitionTime'>>(
  previous: readonly Condition[],
  next: C,
  now: string,
): C & Pick<Condition, 'lastTransitionTime'> {
  const before = previous.find((condition) => condition.type === next.type);
  return { ...next, lastTransitionTime: before?.status === next.status ? before.lastTransitionTime : now };
}
