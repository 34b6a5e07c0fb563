/** A change of one expression, and where that stands. */
import type { MutantKind } from './mutant';

export interface Change {
  readonly kind: MutantKind;
  readonly replacement: string;
}

/** Where an expression stands, which says what would be the same mutant twice. */
export type Position =
  /** Decides: of `if`, of `?:`. */
  | 'Test'
  /** Decides whether a loop goes on: forced true it would never end. */
  | 'LoopTest'
  /** An operand of `&&` or `||`, which is mutated as a whole there. */
  | 'Operand'
  | 'Value';
