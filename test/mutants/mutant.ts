import type { Span } from './syntax';

export type MutantKind =
  | 'array emptied'
  | 'arithmetic'
  | 'block emptied'
  | 'boolean'
  | 'call changed'
  | 'call removed'
  | 'condition'
  | 'equality'
  | 'logic'
  | 'negation removed'
  | 'nullish'
  | 'object emptied'
  | 'optional chaining removed'
  | 'regular expression'
  | 'relation'
  | 'sign removed'
  | 'string emptied'
  | 'update';

/** One small change of one file that a test should notice. */
export interface Mutant {
  /** Unique within a run. */
  readonly id: number;
  /** From the root of the project. */
  readonly file: string;
  readonly kind: MutantKind;
  /** What is replaced: a whole expression, or a block. */
  readonly span: Span;
  readonly replacement: string;
  /** The expression or block around it that may stand in a choice; see `switched-source.ts`. */
  readonly host: Span;
  /** From 1. */
  readonly line: number;
  /** The source of that line, without the space around it: with `file`, `kind` and `told` it names the mutant in `equivalent.json`. */
  readonly code: string;
  /** The replacement on one line, cut where it is long. */
  readonly told: string;
}

const LONGEST_TOLD = 160;

export function toldReplacement(replacement: string): string {
  const line = replacement.replaceAll(/\s+/g, ' ');
  return line.length <= LONGEST_TOLD ? line : `${line.slice(0, LONGEST_TOLD)}…`;
}
