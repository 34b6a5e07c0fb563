import type { FieldProblem } from '../constructs/manifest-problems';

/** More than fit into a message. */
const MOST_PROBLEMS = 20;

/** Those of the size of fields, and those of the schema in what was looked at. */
export function allProblems(excess: readonly FieldProblem[], found: readonly FieldProblem[]): readonly FieldProblem[] {
  // What is left out has its problem already: that it is missing is none.
  const isToldAlready = ({ path }: FieldProblem) => excess.some((told) => told.path[1] === path[1]);
  return [...excess, ...found.filter((problem) => !isToldAlready(problem))];
}

/** The fields of a spec that can be read, and the names of those with a problem. */
export function fieldsWithout(
  problems: readonly FieldProblem[],
  given: Readonly<Record<string, unknown>> | undefined,
): { readonly good: Readonly<Record<string, unknown>>; readonly bad: ReadonlySet<string | undefined> } {
  const bad = new Set(problems.flatMap(({ path: [root, field] }) => (root === 'spec' ? [field] : [])));
  const good = Object.fromEntries(Object.entries(given ?? {}).filter(([field]) => !bad.has(field)));
  return { good, bad };
}

/** The value of `specProblems`. */
export function sentencesOf(problems: readonly FieldProblem[]): readonly string[] {
  return problems.slice(0, MOST_PROBLEMS).map(({ message }) => message);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
