import { type BrokenRule, brokenRulesOfVmGroup, withDefaultsOfVmGroup } from '../../imports/vmgroup-rules';
import { type SchemaViolation, violationsOfVmGroup } from '../../imports/vmgroup-validator';
import { excessOf, MOST_IN_SPEC, shown } from './value-bounds';

/** The name is a part of the names of the virtual machines, which must have fewer than 80 characters in vCenter. */
const LONGEST_NAME = 62;
const LONGEST_NAMESPACE = 63;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** More problems than a person reads. A manifest may have 100000. */
const MOST_PROBLEMS = 20;
const LONGEST_PROBLEM = 500;

/**
 * What an API server would refuse or drop in the manifest of a VmGroup, by the schema, by the CEL rules of the CRD, and
 * by the rules for names. Rules that compare with the stored group are left to the API server. Each problem is a line
 * `<field> is <value>: <remedy>`; an empty list means that the manifest is accepted. At most 20 problems are told.
 */
export function problemsOfVmGroup(manifest: unknown): readonly string[] {
  const excess = excessOf(manifest);
  if (excess !== undefined) return [`the manifest ${excess}: leave out what is no field of VmGroup`];
  const excessOfSpec = excessOf(valueAt(manifest, ['spec']), MOST_IN_SPEC);
  if (excessOfSpec !== undefined) return [`spec ${excessOfSpec}: leave out what is no field of VmGroup`];
  const names = [
    ...problemsOfName(valueAt(manifest, ['metadata', 'name'])),
    ...problemsOfNamespace(valueAt(manifest, ['metadata', 'namespace'])),
    ...['labels', 'annotations'].flatMap((field) => problemsOfTexts(field, valueAt(manifest, ['metadata', field]))),
  ];
  const violations = violationsOfVmGroup(manifest);
  const stored = withDefaultsOfVmGroup(manifest);
  const broken = brokenRulesOfVmGroup(stored).filter(({ at }) =>
    // A value that breaks the schema often breaks a rule too: the schema's message is enough. Of the metadata, a rule on
    // the whole object sees the name only.
    at.length === 0 ? names.length === 0 : !violations.some(({ instancePath }) => meet(stepsOf(instancePath), at)),
  );
  const found = [
    ...names.map((problem) => () => problem),
    ...violations.map((violation) => () => inWords(manifest, violation)),
    ...broken.map((rule) => () => ruleInWords(manifest, stored, rule)),
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
 * What breaks the schema in a VmGroup that the API server has stored, perhaps before a limit existed: values that code must
 * not rely on. Broken rules are not among them, for their values can be read, and a group that works shall not stop for a
 * new rule. Unknown fields are none either, for a newer CRD may have them. What is for the guest is not shown (R10).
 */
export function problemsOfStoredVmGroup(stored: unknown): readonly FieldProblem[] {
  const violations = violationsOfVmGroup(stored).filter(({ keyword }) => keyword !== 'additionalProperties');
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
    if (path[0] !== 'spec' || path[1] !== 'guest') return [{ path, message: inWords(stored, violation) }];
    return [{ path, message: `${pathOf(path)} is not valid: kubectl explain vg.spec.guest says what it takes` }];
  });
}

/** Whether two paths are the same, or one is inside the other. */
function meet(one: readonly string[], other: readonly string[]): boolean {
  const shorter = Math.min(one.length, other.length);
  return one.slice(0, shorter).join('/') === other.slice(0, shorter).join('/');
}

function ruleInWords(manifest: unknown, stored: unknown, { field, message }: BrokenRule): string {
  if (field.length === 0) return message;
  const found = valueAt(stored, field);
  const byDefault = found !== undefined && valueAt(manifest, field) === undefined ? ' by default' : '';
  return `${pathOf(field)} is ${shown(found)}${byDefault}: ${message}`;
}

function problemsOfName(name: unknown): readonly string[] {
  if (typeof name === 'string' && name.length > LONGEST_NAME) {
    return [
      `metadata.name is ${shown(name)} (${name.length} characters): give at most ${LONGEST_NAME}, ` +
        'because names of virtual machines are made from it',
    ];
  }
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

function problemsOfNamespace(namespace: unknown): readonly string[] {
  if (namespace === undefined) return [];
  if (typeof namespace === 'string' && namespace.length <= LONGEST_NAMESPACE && DNS_LABEL.test(namespace)) return [];
  return [
    `metadata.namespace is ${shown(namespace)}: give at most ${LONGEST_NAMESPACE} lower-case letters, digits and '-', ` +
      'with a letter or digit at both ends',
  ];
}

function inWords(manifest: unknown, violation: SchemaViolation): string {
  const { params } = violation;
  const path = stepsOf(violation.instancePath);
  const field = pathOf(path);
  const found = valueAt(manifest, path);
  const is = `${field} is ${shown(found)}`;
  switch (violation.keyword) {
    case 'required':
      return `${pathOf([...path, String(params.missingProperty)])} is missing: give it a value`;
    case 'additionalProperties':
      return (
        `${pathOf([...path, String(params.additionalProperty)])} is no field of VmGroup: correct its name or leave it out ` +
        `(kubectl explain ${['vg', ...path.filter((step) => !/^\d+$/.test(step))].join('.')} lists the names)`
      );
    case 'type':
      return `${is}: give ${typeInWords(params.type)}`;
    case 'enum':
      return `${is}: give one of ${[params.allowedValues].flat().join(', ')}`;
    case 'minimum':
      return `${is}: give at least ${params.limit}`;
    case 'maximum':
      return `${is}: give at most ${params.limit}`;
    case 'minLength':
      return `${is} (${lengthOf(found)}): give at least ${characters(params.limit)}`;
    case 'maxLength':
      return `${is} (${lengthOf(found)}): give at most ${characters(params.limit)}`;
    case 'maxItems':
      return `${field} has ${Array.isArray(found) ? found.length : 0} items: give at most ${params.limit}`;
    case 'pattern':
      return `${is}: ${patternInWords(String(params.pattern))}`;
    default:
      return `${is}: it ${violation.message ?? `breaks the rule ${violation.keyword}`}`;
  }
}

function typeInWords(type: unknown): string {
  if (Array.isArray(type)) return 'a whole number or a percentage such as 25%';
  return type === 'integer' ? 'a whole number' : `a value of type ${type}`;
}

/** What the patterns of the CRD mean, in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^(100|[1-9]?[0-9])%$': 'give a whole number, or a percentage from 0% to 100%',
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$': "give lower-case letters, digits and '-', with a letter or digit at both ends",
  '^[-._a-zA-Z0-9]+$': "give letters, digits, '.', '_' and '-'",
};

function patternInWords(pattern: string): string {
  return PATTERNS[pattern] ?? `give a text that fits the pattern ${pattern}`;
}

/** A path as the API server writes it: `spec.networks[1].name`. */
function pathOf(steps: readonly string[]): string {
  return steps.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]');
}

/** The steps of a JSON pointer. */
function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

function lengthOf(value: unknown): string {
  return characters(typeof value === 'string' ? value.length : 0);
}

function characters(count: unknown): string {
  return count === 1 ? '1 character' : `${count} characters`;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (isRecord(inner) ? inner[step] : Array.isArray(inner) ? inner[Number(step)] : undefined),
    value,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
