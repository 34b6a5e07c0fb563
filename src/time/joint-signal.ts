/** A signal that follows several others, until it is no longer needed. */
export interface JointSignal {
  /** Is aborted with the first of the others, and with its reason. */
  readonly signal: AbortSignal;
  /** Nobody waits for the signal any more: the others are no longer listened to. */
  readonly done: () => void;
}

/**
 * As AbortSignal.any, for what comes to an end: Node keeps each signal of that kind in memory, with all that hangs on its
 * listeners, until the last listener is gone. A signal of this kind is as any other.
 */
export function jointSignal(...others: readonly AbortSignal[]): JointSignal {
  const controller = new AbortController();
  const onAbort = ({ target }: Event) => {
    done();
    controller.abort((target as AbortSignal).reason);
  };
  const done = () => {
    for (const other of others) other.removeEventListener('abort', onAbort);
  };
  const over = others.find(({ aborted }) => aborted);
  if (over !== undefined) controller.abort(over.reason);
  else for (const other of others) other.addEventListener('abort', onAbort, { once: true });
  return { signal: controller.signal, done };
}
