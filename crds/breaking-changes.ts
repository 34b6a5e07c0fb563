/**
 * What a change of a CRD breaks for people who wrote manifests for the last release: a field that was removed, a limit
 * that is tighter, a default that changed. Only the operator writes the status, so limits are not compared there: what
 * counts is that its fields keep their names and types. New fields break nothing.
 */
import { evaluate } from '@marcbachmann/cel-js';
import { fieldsRead, fieldsThatFree, innerFieldsThatFree } from './cel';
import type { Json, Schema } from './schema';

/** The part of a CRD that is compared. */
export interface ReleasedCrd {
  readonly spec: {
    readonly scope?: string;
    readonly names: { readonly kind: string; readonly plural: string; readonly shortNames?: readonly string[] };
    readonly versions: readonly ReleasedVersion[];
  };
}

interface ReleasedVersion {
  readonly name: string;
  readonly served?: boolean;
  readonly subresources?: { readonly [name: string]: unknown };
  readonly additionalPrinterColumns?: readonly { readonly name: string; readonly jsonPath: string }[];
  readonly schema: { readonly openAPIV3Schema: Schema };
}

/** One line per break: where it is, and what changed. An empty list means that all manifests are still accepted. */
export function breakingChanges(before: ReleasedCrd, after: ReleasedCrd): readonly string[] {
  return [
    ...changed('scope', before.spec.scope, after.spec.scope),
    ...changed('names.plural', before.spec.names.plural, after.spec.names.plural),
    ...changed('names.kind', before.spec.names.kind, after.spec.names.kind),
    ...(before.spec.names.shortNames ?? [])
      .filter((name) => !(after.spec.names.shortNames ?? []).includes(name))
      .map((name) => `names.shortNames: ${name} is gone`),
    ...before.spec.versions
      .filter(({ served }) => served !== false)
      .flatMap((version) =>
        breaksOfVersion(
          version,
          after.spec.versions.find(({ name }) => name === version.name),
        ),
      ),
  ];
}

function breaksOfVersion(before: ReleasedVersion, after: ReleasedVersion | undefined): readonly string[] {
  if (after === undefined || after.served === false) return [`version ${before.name} is no longer served`];
  const columns = new Map((after.additionalPrinterColumns ?? []).map(({ name, jsonPath }) => [name, jsonPath]));
  return [
    ...Object.entries(before.subresources ?? {}).flatMap(([name, was]) =>
      changed(`subresource ${name}`, JSON.stringify(was), JSON.stringify(after.subresources?.[name])),
    ),
    ...(before.additionalPrinterColumns ?? []).flatMap(({ name, jsonPath }) =>
      changed(`column ${name}`, jsonPath, columns.get(name)),
    ),
    ...breaksOfSchema(before.schema.openAPIV3Schema, after.schema.openAPIV3Schema, ''),
  ];
}

function breaksOfSchema(before: Schema, after: Schema, path: string): readonly string[] {
  const at = path === '' ? 'the object' : path;
  return [
    ...changed(`${at}: type`, typeOf(before), typeOf(after)),
    ...changed(
      `${at}: list type`,
      before['x-kubernetes-list-type'] ?? 'atomic',
      after['x-kubernetes-list-type'] ?? 'atomic',
    ),
    ...(isStatus(path) ? [] : tighter(before, after, at)),
    ...Object.entries(before.properties ?? {}).flatMap(([name, was]) => {
      const inner = path === '' ? name : `${path}.${name}`;
      const is = after.properties?.[name];
      if (is === undefined) return [`${inner} is gone`];
      // Every manifest gives what is required, so a first default changes the meaning of none.
      const isGiven = before.required?.includes(name) === true;
      const defaults =
        isStatus(inner) || isGiven ? [] : changed(`${inner}: default`, shown(was.default), shown(is.default));
      return [...defaults, ...breaksOfSchema(was, is, inner)];
    }),
    ...(before.items !== undefined && after.items !== undefined
      ? breaksOfSchema(before.items, after.items, `${path}[]`)
      : []),
    ...(typeof before.additionalProperties === 'object' && typeof after.additionalProperties === 'object'
      ? breaksOfSchema(before.additionalProperties, after.additionalProperties, `${path}[]`)
      : []),
  ];
}

function tighter(before: Schema, after: Schema, at: string): readonly string[] {
  const rules = new Set((before['x-kubernetes-validations'] ?? []).map(({ rule }) => plain(rule)));
  return [
    ...(after.required ?? [])
      .filter((name) => !(before.required ?? []).includes(name))
      .map((name) => `${at}: ${name} is now required`),
    ...(after.enum === undefined ? [] : (before.enum ?? ['any other value']))
      .filter((value) => !after.enum?.includes(value))
      .map((value) => `${at}: ${JSON.stringify(value)} is no longer accepted`),
    ...raised(`${at}: minimum`, before.minimum, after.minimum),
    ...raised(`${at}: minLength`, before.minLength, after.minLength),
    ...raised(`${at}: minItems`, before.minItems, after.minItems),
    ...lowered(`${at}: maximum`, before.maximum, after.maximum),
    ...lowered(`${at}: maxLength`, before.maxLength, after.maxLength),
    ...lowered(`${at}: maxItems`, before.maxItems, after.maxItems),
    ...lowered(`${at}: maxProperties`, before.maxProperties, after.maxProperties),
    ...(after.pattern === undefined ? [] : changed(`${at}: pattern`, before.pattern, after.pattern)),
    ...(after['x-kubernetes-validations'] ?? [])
      .filter(({ rule }) => !rules.has(plain(rule)) && !holdsForAllOf(before, rule))
      .map(({ rule }) => `${at}: new rule ${plain(rule)}`),
  ];
}

/** Whether no object of the schema breaks a rule, because that depends on fields that the schema does not have. */
function holdsForAllOf({ properties = {} }: Schema, rule: string): boolean {
  if (fieldsThatFree(rule).some((name) => properties[name] === undefined)) return true;
  const isNew = ([object, field]: readonly [string, string]) => properties[object]?.properties?.[field] === undefined;
  if (innerFieldsThatFree(rule).some(isNew)) return true;
  const read = fieldsRead(rule);
  if (read === undefined || read.some((name) => properties[name] !== undefined)) return false;
  try {
    return evaluate(rule, { self: {}, oldSelf: {} }) === true;
  } catch {
    return false; // an error counts as broken, as on the API server
  }
}

function isStatus(path: string): boolean {
  return path === 'status' || path.startsWith('status.');
}

function typeOf(schema: Schema): string {
  return schema['x-kubernetes-int-or-string'] ? 'int-or-string' : String(schema.type);
}

function raised(what: string, was: number | undefined, is: number | undefined): readonly string[] {
  return is !== undefined && is > (was ?? Number.NEGATIVE_INFINITY) ? changed(what, was, is) : [];
}

function lowered(what: string, was: number | undefined, is: number | undefined): readonly string[] {
  return is !== undefined && is < (was ?? Number.POSITIVE_INFINITY) ? changed(what, was, is) : [];
}

function changed(what: string, was: string | number | undefined, is: string | number | undefined): readonly string[] {
  return was === is ? [] : [`${what} was ${was ?? 'absent'} and is ${is ?? 'absent'}`];
}

function shown(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

/** The rule in one line: line breaks have no meaning. */
function plain(rule: string): string {
  return rule.replace(/\s+/g, ' ').trim();
}
