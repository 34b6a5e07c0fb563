export type DecisionErrorCode = 'NoDump' | 'NoDecision' | 'NotReadable' | 'NoOperator' | 'NotAsked';

/** There is nothing to tell. The message says why, and what to do. */
export class DecisionError extends Error {
  override readonly name = 'DecisionError';

  constructor(
    readonly code: DecisionErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
