/** What the process of the tests is told, as JSON in the file that VM_OPERATOR_MUTANTS names. */
export interface Work {
  /** Of the project. */
  readonly root: string;
  /** Files with mutants, from the root. */
  readonly files: readonly string[];
  /** Mutants to try; all others of the files stay off. */
  readonly ids: readonly number[];
  /** Where results go; see `journal.ts`. */
  readonly journal: string;
  /** Test files from the root, those first that are likely to kill. */
  readonly tests: readonly string[];
  /** Mutants for runs of their own, one after the other. */
  readonly static: readonly number[];
  /** The mutant of such a run: on from the start. */
  readonly on?: number;
}
