/** How far a reflector has read one namespace, or all. */
export interface PartState {
  synced: boolean;
  /** Whether reading was forbidden while nothing was known of the namespace. */
  refused: boolean;
  /** Called at each such refusal. */
  readonly onRefused: Set<() => void>;
  readError: unknown;
}
