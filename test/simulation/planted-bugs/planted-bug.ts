import type { SourceChange } from '../bundle';

export interface PlantedBug {
  /** The rule that it breaks. The message of the watcher begins with it. */
  readonly rule: string;
  /** The mistake, in words. */
  readonly mistake: string;
  readonly changes: readonly [SourceChange, ...SourceChange[]];
}
