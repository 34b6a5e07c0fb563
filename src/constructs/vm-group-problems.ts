import { type SchemaViolation, violationsOfVmGroup } from '../../imports/vmgroup-validator';

/** Names of virtual machines are made from it, and have to stay under vCenter's 80 characters. */
const LONGEST_NAME = 62;
const LONGEST_NAMESPACE = 63;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * What an API server would refuse, or drop, in the manifest of a VmGroup: its schema, the rule on its name, and names
 * that Kubernetes itself checks. Each problem is a line `<field> is <value>: <remedy>`; an empty list means that it fits.
 */
export function problemsOfVmGroup(manifest: unknown): readonly string[] {
  return [
    ...problemsOfName(valueAt(manifest, ['metadata', 'name'])),
    ...problemsOfNamespace(valueAt(manifest, ['metadata', 'namespace'])),
    ...violationsOfVmGroup(manifest).map((violation) => inWords(manifest, violation)),
  ];
}

function problemsOfName(name: unknown): readonly string[] {
  if (typeof name !== 'string' || !DNS_SUBDOMAIN.test(name)) {
    return [
      `metadata.name is ${shown(name)}: give lower-case letters, digits, '-' and '.', ` +
        'with a letter or digit at both ends and around each dot',
    ];
  }
  if (name.length > LONGEST_NAME) {
    return [
      `metadata.name is ${shown(name)} (${name.length} characters): give at most ${LONGEST_NAME}, ` +
        'for names of virtual machines are made from it',
    ];
  }
  return [];
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
  const path = violation.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const field = path.join('.');
  const found = valueAt(manifest, path);
  const is = `${field} is ${shown(found)}`;
  switch (violation.keyword) {
    case 'required':
      return `${[...path, params.missingProperty].join('.')} is missing: give it a value`;
    case 'additionalProperties':
      return (
        `${[...path, params.additionalProperty].join('.')} is no field of VmGroup: correct its name or leave it out ` +
        `(kubectl explain vg${field === '' ? '' : `.${field}`} lists the names)`
      );
    case 'type':
      return `${is}: give ${params.type === 'integer' ? 'a whole number' : `a value of type ${params.type}`}`;
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
    default:
      return `${is}: it ${violation.message ?? `breaks the rule ${violation.keyword}`}`;
  }
}

/** The value as JSON, cut to a length that a line of a log bears. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length <= 80 ? text : `${text.slice(0, 77)}…`;
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
