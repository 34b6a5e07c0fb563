/** More than a person reads. */
const MOST_PROBLEMS = 100;

/** Whether something is a problem only beside VCenter objects, or only where there are none. */
export type ProblemWhere = 'WithVCenters' | 'WithoutVCenters';

interface Problem {
  readonly text: string;
  /** Undefined: everywhere. */
  readonly only: ProblemWhere | undefined;
}

/** What is wrong with manifests: the first problems, and how many more there are. Each costs no more than its document. */
export class ToldProblems {
  readonly #first: Problem[] = [];
  readonly #counts = new Map<ProblemWhere | undefined, number>();

  get count(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  add(problems: readonly string[], only?: ProblemWhere): void {
    const before = this.#counts.get(only) ?? 0;
    this.#counts.set(only, before + problems.length);
    // As many of each sort, so that either list has its first ones.
    for (const text of problems.slice(0, Math.max(0, MOST_PROBLEMS - before))) this.#first.push({ text, only });
  }

  told(where: ProblemWhere): readonly string[] {
    const meant = this.#first.filter(({ only }) => only === undefined || only === where);
    const first = meant.slice(0, MOST_PROBLEMS).map(({ text }) => text);
    const more = (this.#counts.get(undefined) ?? 0) + (this.#counts.get(where) ?? 0) - first.length;
    return more === 0 ? first : [...first, `and ${more} more problems: correct these first`];
  }
}
