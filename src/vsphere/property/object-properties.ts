/** The properties of one object in an answer, each of the type that it should have, or unread (R14). */
import type { ManagedObjectReference } from '../port';
import { type AnyValue, UnreadValue } from '../vim25/describe';
import type { MissingProperty } from '../vim25/types';
import type { Property } from './property-value';
import type { UnreadValues } from './unread-values';

/** Whether a value is one that the property may have. */
export type Expected = (value: AnyValue) => boolean;
/** By path; undefined: anything goes. */
export type Expectations = (path: string) => Expected | undefined;

/** What vCenter tells of one object, by an update or by a read. */
export interface AnswerObject {
  readonly obj: ManagedObjectReference;
  readonly propSet?: readonly AnswerProperty[] | undefined;
  readonly changeSet?: readonly AnswerProperty[] | undefined;
  readonly missingSet?: readonly MissingProperty[] | undefined;
}

interface AnswerProperty {
  readonly name: string;
  readonly val?: AnyValue | undefined;
}

/** Whatever an update's op says, an absent value is an unset one. */
export function propertiesOf(told: AnswerObject, expected: Expectations, unread: UnreadValues): readonly Property[] {
  const properties: Property[] = [];
  for (const { name: path, val: value } of told.propSet ?? told.changeSet ?? []) {
    const found = objection(path, value, expected);
    if (found === undefined) properties.push({ path, value });
    else {
      unread.report(told.obj, path, found);
      properties.push({ path, value: undefined, unread: true });
    }
  }
  // A property that this version of vCenter does not have is unset; what the account may not read is not.
  for (const { path, fault } of told.missingSet ?? [])
    if (fault?.fault?.xsiType !== 'InvalidProperty') properties.push({ path, value: undefined, unread: true });
  return properties;
}

function objection(path: string, value: AnyValue | undefined, expected: Expectations): string | undefined {
  if (path === '') return 'a property without a name';
  if (value === undefined) return undefined;
  if (value instanceof UnreadValue) return value.found;
  return (expected(path)?.(value) ?? true) ? undefined : `${show(value)} does not belong there`;
}

function show(value: AnyValue): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object') return `the ${typeof value} "${String(value).slice(0, 40)}"`;
  return 'xsiType' in value && value.xsiType !== '' ? `a ${String(value.xsiType)}` : 'an object';
}

/** Of what is kept. vSphere's own limits are below: a name has 80 characters, each escaped as three at most. */
const LONGEST = 4096;

export const isText: Expected = (value) => typeof value === 'string' && value !== '' && value.length <= LONGEST;
export const isFlag: Expected = (value) => typeof value === 'boolean';
export const isScalar: Expected = (value) => typeof value !== 'object' && String(value).length <= LONGEST;
export const isReference: Expected = (value) => {
  if (typeof value !== 'object') return false;
  const { type, value: id } = value as { readonly type?: unknown; readonly value?: unknown };
  return [type, id].every((word) => typeof word === 'string' && word !== '' && word.length <= LONGEST);
};
/** A whole number that is not below zero. */
export const isCount: Expected = (value) => {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0;
};
