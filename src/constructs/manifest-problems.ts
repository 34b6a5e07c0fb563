/** What an API server would refuse or drop in an object, for any kind of ours: at synth, and for what is stored already. */
import { isRecord, type NamedKind, pathOf, stepsOf, type Violation, valueAt, violationInWords } from './schema-words';
import { excessOf, MOST_IN_SPEC, shown } from './value-bounds';

const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** More problems than a person reads. A manifest may have 100000. */
const MOST_PROBLEMS = 20;
const LONGEST_PROBLEM = 500;

/** One broken CEL rule, as the generated rules tell it. */
interface BrokenRule {
  readonly at: readonly string[];
  readonly field: readonly string[];
  readonly message: string;
}

/** Who reads a problem: the author at synth, or everybody who may read a status or a log. */
export type Reader = 'Author' | 'Anybody';

/** What is checked of a kind. */
export interface CheckedKind extends NamedKind {
  readonly violations: (value: unknown) => readonly Violation[];
  readonly withDefaults: (value: unknown) => unknown;
  readonly brokenRules: (value: unknown) => readonly BrokenRule[];
  /** By the rules for names, which are not in the schema. One line each. */
  readonly problemsOfNames: (metadata: unknown) => readonly string[];
  /** Whether a reader may see the value of a field (R10). */
  readonly isShown: (path: readonly string[], value: unknown, reader: Reader) => boolean;
}

/**
 * What an API server would refuse or drop in a manifest, by the schema, by the CEL rules of the CRD, and by the rules for
 * names. Rules that compare with the stored object are left to the API server. Each problem is a line
 * `<field> is <value>: <remedy>`; an empty list means that the manifest is accepted. At most 20 problems are told.
 */
export function problemsOfManifest(manifest: unknown, checked: CheckedKind): readonly string[] {
  const { kind } = checked;
  const excess = excessOf(manifest);
  if (excess !== undefined) return [`the manifest ${excess}: leave out what is no field of ${kind}`];
  const excessOfSpec = excessOf(valueAt(manifest, ['spec']), MOST_IN_SPEC);
  if (excessOfSpec !== undefined) return [`spec ${excessOfSpec}: leave out what is no field of ${kind}`];
  const metadata = valueAt(manifest, ['metadata']);
  const names = [
    ...checked.problemsOfNames(metadata),
    ...['labels', 'annotations'].flatMap((field) => problemsOfTexts(field, valueAt(metadata, [field]))),
  ];
  const violations = checked.violations(manifest);
  const stored = checked.withDefaults(manifest);
  const broken = checked.brokenRules(stored).filter(({ at }) =>
    // A value that breaks the schema often breaks a rule too: the schema's message is enough. Of the metadata, a rule on
    // the whole object sees the name only.
    at.length === 0 ? names.length === 0 : !violations.some(({ instancePath }) => meet(stepsOf(instancePath), at)),
  );
  const found = [
    ...names.map((problem) => () => problem),
    ...violations.map((violation) => () => inWords(manifest, violation, checked, 'Author')),
    ...broken.map((rule) => () => ruleInWords(manifest, stored, rule, checked)),
  ];
  return firstOf(found);
}

/** Only what is told is put into words. */
function firstOf(found: readonly (() => string)[]): readonly string[] {
  const first = found.slice(0, MOST_PROBLEMS).map((told) => cut(told()));
  return found.length <= MOST_PROBLEMS ? first : [...first, `and ${found.length - MOST_PROBLEMS} more problems`];
}

/** A name of a field may be as long as the manifest. */
function cut(problem: string): string {
  return problem.length <= LONGEST_PROBLEM ? problem : `${problem.slice(0, LONGEST_PROBLEM - 1)}…`;
}

/** A problem of one field. */
export interface FieldProblem {
  readonly path: readonly string[];
  /** `<field> is <value>: <remedy>`. */
  readonly message: string;
}

/**
 * What breaks the schema in an object that the API server has stored, perhaps before a limit existed: values that code must
 * not rely on. Broken rules are not among them, for their values can be read, and what works shall not stop for a new rule.
 * Unknown fields are none either, for a newer CRD may have them.
 */
export function problemsOfStored(stored: unknown, checked: CheckedKind): readonly FieldProblem[] {
  const violations = checked.violations(stored).filter(({ keyword }) => keyword !== 'additionalProperties');
  // Each field of the spec is told, since it gets its default, but not each of the many values in it.
  const toldByField = new Map<string, number>();
  return violations.flatMap((violation): readonly FieldProblem[] => {
    const { missingProperty } = violation.params;
    const at = stepsOf(violation.instancePath);
    const field = at.slice(0, 2).join('/');
    const told = toldByField.get(field) ?? 0;
    if (told === MOST_PROBLEMS) return [];
    toldByField.set(field, told + 1);
    const path = missingProperty === undefined ? at : [...at, String(missingProperty)];
    return [{ path, message: inWords(stored, violation, checked, 'Anybody') }];
  });
}

/** One line if the name is no DNS subdomain of that length. `why` says what a shorter one is good for. */
export function problemsOfName(name: unknown, longest: number, why: string): readonly string[] {
  if (typeof name === 'string' && name.length > longest)
    return [`metadata.name is ${shown(name)} (${name.length} characters): give at most ${longest}${why}`];
  if (typeof name === 'string' && DNS_SUBDOMAIN.test(name)) return [];
  return [
    `metadata.name is ${shown(name)}: give lower-case letters, digits, '-' and '.', ` +
      'with a letter or digit at both ends and around each dot',
  ];
}

function problemsOfTexts(field: string, given: unknown): readonly string[] {
  if (given === undefined || given === null) return [];
  if (isRecord(given) && Object.values(given).every((value) => typeof value === 'string')) return [];
  return [`metadata.${field} is ${shown(given)}: give a mapping from names to texts, such as "true" in quotes`];
}

/** Whether two paths are the same, or one is inside the other. */
function meet(one: readonly string[], other: readonly string[]): boolean {
  const shorter = Math.min(one.length, other.length);
  return one.slice(0, shorter).join('/') === other.slice(0, shorter).join('/');
}

/** Messages that name fields and numbers only. */
const WITHOUT_VALUE: readonly string[] = ['required', 'additionalProperties', 'minItems', 'maxItems', 'maxProperties'];

function inWords(object: unknown, violation: Violation, { isShown, ...named }: CheckedKind, reader: Reader): string {
  const path = stepsOf(violation.instancePath);
  if (WITHOUT_VALUE.includes(violation.keyword) || isShown(path, valueAt(object, path), reader))
    return violationInWords(object, violation, named);
  const help = [named.shortName, ...path.slice(0, 2)].join('.');
  return `${pathOf(path)} is not valid: kubectl explain ${help} says what it takes`;
}

function ruleInWords(manifest: unknown, stored: unknown, { field, message }: BrokenRule, checked: CheckedKind): string {
  if (field.length === 0) return message;
  const found = valueAt(stored, field);
  if (!checked.isShown(field, found, 'Author')) return `${pathOf(field)} is not valid: ${message}`;
  const byDefault = found !== undefined && valueAt(manifest, field) === undefined ? ' by default' : '';
  return `${pathOf(field)} is ${shown(found)}${byDefault}: ${message}`;
}
