/** What breaks the schema of a kind, in words that name the field, the value and the remedy. */
import { shown } from './value-bounds';

/** One violation, as the generated validators tell it. */
export interface Violation {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** As kubectl knows a kind. */
export interface NamedKind {
  readonly kind: string;
  readonly shortName: string;
}

/** `<field> is <value>: <remedy>` of the violation in an object of the kind. */
export function violationInWords(object: unknown, violation: Violation, { kind, shortName }: NamedKind): string {
  const { params } = violation;
  const path = stepsOf(violation.instancePath);
  const field = pathOf(path);
  const found = valueAt(object, path);
  const is = `${field} is ${shown(found)}`;
  switch (violation.keyword) {
    case 'required':
      return `${pathOf([...path, String(params.missingProperty)])} is missing: give it a value`;
    case 'additionalProperties':
      return (
        `${pathOf([...path, String(params.additionalProperty)])} is no field of ${kind}: correct its name or leave it out ` +
        `(kubectl explain ${[shortName, ...path.filter((step) => !/^\d+$/.test(step))].join('.')} lists the names)`
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
    case 'minItems':
      return `${field} has ${itemsOf(found)}: give at least ${params.limit}, or leave it out`;
    case 'maxItems':
      return `${field} has ${itemsOf(found)}: give at most ${params.limit}`;
    case 'maxProperties':
      return `${field} has ${Object.keys(isRecord(found) ? found : {}).length} entries: give at most ${params.limit}`;
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

/** What the patterns of the CRDs mean, in words. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^(100|[1-9]?[0-9])%$': 'give a whole number, or a percentage from 0% to 100%',
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$': "give lower-case letters, digits and '-', with a letter or digit at both ends",
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$':
    "give lower-case letters, digits, '-' and '.', with a letter or digit at both ends and around each dot",
  '^[A-Za-z0-9_.-]+$': "give letters, digits, '.', '_' and '-'",
  '^[A-Za-z0-9_.*-]+$': "give letters, digits, '.', '_' and '-', with '*' for any characters",
  '^[-._a-zA-Z0-9]+$': "give letters, digits, '.', '_' and '-'",
  '^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)$':
    'give a DNS name or an IP address, without https://, port or path',
  '^([0-9A-F]{2}:){31}[0-9A-F]{2}$':
    'give a SHA-256 fingerprint, 32 pairs of the digits 0-9 and A-F with colons between them',
  '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$':
    "give a value of a label: letters, digits, '-', '_' and '.', with a letter or digit at both ends",
  '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$':
    'give the name of a label, such as team or example.com/team',
  '^vm-[0-9]+$': 'give the managed object id of a machine, such as vm-42',
  '^[A-Za-z0-9_.$()-]+$': "give letters, digits, '.', '_', '-' and variables such as $(vm.id)",
  '^[a-z0-9.$()-]+$': "give lower-case letters, digits, '.', '-' and variables such as $(vm.id)",
  '^(/|\\*\\*)': "give a pattern for absolute inventory paths, which begins with '/' or with '**'",
};

function patternInWords(pattern: string): string {
  return PATTERNS[pattern] ?? `give a text that fits the pattern ${pattern}`;
}

/** A path as the API server writes it: `spec.networks[1].name`. */
export function pathOf(steps: readonly string[]): string {
  return steps.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]');
}

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (Array.isArray(inner) ? inner[Number(step)] : isRecord(inner) ? inner[step] : undefined),
    value,
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lengthOf(value: unknown): string {
  return characters(typeof value === 'string' ? value.length : 0);
}

function itemsOf(value: unknown): string {
  return `${Array.isArray(value) ? value.length : 0} items`;
}

function characters(count: unknown): string {
  return count === 1 ? '1 character' : `${count} characters`;
}
