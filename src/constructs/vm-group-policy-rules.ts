/**
 * The limits of a policy as CEL expressions of a ValidatingAdmissionPolicy.
 *
 * Each limit lets pass what was so before: an object that is older than the policy can still be labelled, scaled down and
 * deleted, and the operator can still take off its finalizer. Only what gets worse is refused.
 */
import type { AllowedNames } from './allowed-names';

/** One entry of `spec.validations`. */
export interface PolicyRule {
  readonly expression: string;
  readonly messageExpression: string;
  /** Shown where the message above cannot be computed. */
  readonly message: string;
  readonly reason: string;
}

/** The limits, by the field that each is about. */
export interface PolicyLimits {
  readonly maxCpu: number | undefined;
  readonly maxMemoryGib: number | undefined;
  readonly maxReplicas: number | undefined;
  readonly maxNameLength: number | undefined;
  readonly allowed: readonly AllowedField[];
}

export interface AllowedField {
  /** The prop that gives the names. */
  readonly prop: string;
  /** Below `spec`, such as `placement.folder`. */
  readonly field: string;
  readonly names: AllowedNames;
  /** Another field that says the same in another way. Unless it has names of its own, it must be left out. */
  readonly instead?: string;
  /** A field that chooses a place where this one is left out: then it, or another with the same `chosenBy`, must be given. */
  readonly chosenBy?: string;
}

/** More patterns than this are not listed in a message. */
const LISTED = 5;
/** A change of the number of replicas by the subresource is an object of this kind, with nothing else of the group. */
const IS_SCALE = `object.kind == 'Scale'`;

export function policyRules(limits: PolicyLimits): readonly PolicyRule[] {
  const { maxCpu, maxMemoryGib, maxReplicas, maxNameLength, allowed } = limits;
  return [
    ...(maxCpu === undefined ? [] : [ofGroup(atMost('spec.cpu', maxCpu, ''))]),
    ...(maxMemoryGib === undefined ? [] : [ofGroup(atMost('spec.memory', maxMemoryGib, ' GiB'))]),
    // Also of a Scale, which leaves out a number that is 0.
    ...(maxReplicas === undefined ? [] : [atMost('spec.replicas', maxReplicas, '')]),
    ...(maxNameLength === undefined ? [] : [ofGroup(shortName(maxNameLength))]),
    ...allowed.flatMap((one) => rulesOf(one, allowed)),
    ...choiceRules(allowed),
  ];
}

/** Names that may be left out stand for a place that the administrator has chosen, and not for any place. */
function choiceRules(allowed: readonly AllowedField[]): readonly PolicyRule[] {
  const [one] = allowed.filter(({ names, chosenBy }) => names._orUnset && chosenBy !== undefined);
  if (one?.chosenBy === undefined) return [];
  const places = allowed.filter(({ chosenBy }) => chosenBy === one.chosenBy).map(({ field }) => `spec.${field}`);
  return [ofGroup(chosenOnlyIn(`spec.${one.chosenBy}`, places))];
}

function rulesOf({ field, names, instead }: AllowedField, all: readonly AllowedField[]): readonly PolicyRule[] {
  if (field === 'networks') return [ofGroup(networks(names))];
  if (instead === undefined) return [ofGroup(oneOf(`spec.${field}`, names))];
  const hasNames = all.some((other) => other.field === instead);
  if (hasNames) return [ofGroup(oneOf(`spec.${field}`, names, `spec.${instead}`))];
  return [ofGroup(oneOf(`spec.${field}`, names)), ofGroup(leftOut(`spec.${instead}`, `spec.${field}`))];
}

function ofGroup(rule: PolicyRule): PolicyRule {
  return { ...rule, expression: `${IS_SCALE} || ${rule.expression}` };
}

function atMost(field: string, most: number, unit: string): PolicyRule {
  const [is, was] = [`object.${field}`, `oldObject.${field}`];
  return rule(
    `!has(${is}) || ${is} <= ${most} || (oldObject != null && has(${was}) && ${is} <= ${was})`,
    `${text(`${field} is `)} + string(${is}) + ${text(`${unit}: give at most ${most}`)}`,
    `${field} is too large: give at most ${most}`,
  );
}

/** A name never changes, so only a new group is asked. */
function shortName(most: number): PolicyRule {
  const length = 'size(object.metadata.name)';
  return rule(
    `oldObject != null || ${length} <= ${most}`,
    `${text('metadata.name is "')} + object.metadata.name + ${text('" of ')} + string(${length}) + ` +
      text(` characters: give at most ${most}`),
    `metadata.name is too long: give at most ${most} characters`,
  );
}

/** With `instead` the field may be left out where that one is given. */
function oneOf(field: string, names: AllowedNames, instead?: string): PolicyRule {
  const [is, was] = [`object.${field}`, `oldObject.${field}`];
  const fits = fitting(is, names, instead && `object.${instead}`);
  const same = `(${given(is)} ? ${given(was)} && ${is} == ${was} : !(${given(was)}))`;
  return rule(
    `(${fits}) || (oldObject != null && ${same})`,
    `${given(is)} ? ${text(`${field} is "`)} + ${is} + ${text(`": ${remedy(names)}`)} : ` +
      text(`${field} is not given: ${remedy(names)}`),
    `${field} is not allowed: ${remedy(names)}`,
  );
}

function fitting(is: string, names: AllowedNames, instead: string | undefined): string {
  if (names._orUnset) return `!(${given(is)}) || ${matches(is, names)}`;
  if (instead !== undefined) return `${given(is)} ? ${matches(is, names)} : ${given(instead)}`;
  return `${given(is)} && ${matches(is, names)}`;
}

function leftOut(field: string, instead: string): PolicyRule {
  const [is, was] = [`object.${field}`, `oldObject.${field}`];
  return rule(
    `!(${given(is)}) || (oldObject != null && ${given(was)} && ${is} == ${was})`,
    `${text(`${field} is "`)} + ${is} + ${text(`": leave it out, and give ${instead}`)}`,
    `${field} is not allowed: give ${instead}`,
  );
}

function chosenOnlyIn(field: string, places: readonly string[]): PolicyRule {
  const [is, was] = [`object.${field}`, `oldObject.${field}`];
  const some = (object: string) => places.map((place) => `(${given(`${object}.${place}`)})`).join(' || ');
  return rule(
    `!(${given(is)}) || ${some('object')} || (oldObject != null && ${given(was)} && ${is} == ${was} && !(${some('oldObject')}))`,
    `${text(`${field} is "`)} + ${is} + ${text(`": give ${places.join(' or ')} too`)}`,
    `${field} is not allowed alone: give ${places.join(' or ')} too`,
  );
}

/** An empty list means the same as none: the adapters of the template. */
function networks(names: AllowedNames): PolicyRule {
  const [is, was] = ['object.spec.networks', 'oldObject.spec.networks'];
  const someGiven = (list: string) => `has(${list}) && size(${list}) > 0`;
  const fits = `(${someGiven(is)} ? ${is}.all(entry, ${matches('entry.network', names)}) : ${names._orUnset})`;
  const same = `(${someGiven(is)} ? has(${was}) && ${is} == ${was} : !(${someGiven(was)}))`;
  const refused = `${is}.filter(entry, !${matches('entry.network', names)}).map(entry, entry.network).join('", "')`;
  return rule(
    `${fits} || (oldObject != null && ${same})`,
    `${someGiven(is)} ? ${text('spec.networks has "')} + ${refused} + ${text(`": ${remedy(names)}`)} : ` +
      text(`spec.networks is not given: ${remedy(names)}`),
    `spec.networks is not allowed: ${remedy(names)}`,
  );
}

function rule(expression: string, messageExpression: string, message: string): PolicyRule {
  return { expression, messageExpression, message, reason: 'Forbidden' };
}

/** Whether an optional field of an object, and each field above it, is there. */
function given(path: string): string {
  const parts = path.split('.');
  // The object and its spec always are.
  return parts
    .slice(2)
    .map((_, index) => `has(${parts.slice(0, index + 3).join('.')})`)
    .join(' && ');
}

function matches(value: string, { _patterns }: AllowedNames): string {
  return `${value}.matches(${text(`^(${_patterns.map(asRegularExpression).join('|')})$`)})`;
}

/** All characters but `*` mean themselves. */
function asRegularExpression(pattern: string): string {
  return pattern.split('/').map(nameAsRegularExpression).join('/');
}

/** A name is never empty: P/ would be P itself. */
function nameAsRegularExpression(name: string): string {
  if (/^\*+$/.test(name)) return '[^/]+';
  return name
    .split('*')
    .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    .join('[^/]*');
}

function remedy({ _patterns, _orUnset }: AllowedNames): string {
  const listed = _patterns.slice(0, LISTED).join(', ');
  const more = _patterns.length > LISTED ? ` or ${_patterns.length - LISTED} more` : '';
  return `give ${_patterns.length === 1 ? '' : 'one of '}${listed}${more}${_orUnset ? ', or leave it out' : ''}`;
}

/** A string literal of CEL: what JSON escapes, CEL escapes in the same way. */
function text(value: string): string {
  return JSON.stringify(value);
}
