/**
 * Writes requests: elements in the order of the description, xsi:type where the static type is abstract
 * (docs/vsphere.md#element-order-and-types).
 */
import type { ManagedObjectReference } from '../port';
import { isAtLeast } from './api-version';
import type { AnyValue, DataObject, FieldSpec, Fields, ObjectType, Presence, ScalarWord } from './describe';
import { describedType, partsOf, sinceOf } from './describe';
import { type MethodName, methods, type ParametersOf, serviceOfMethod } from './methods';
import { transportError } from './vsphere-error';

type Writer = (tag: string, value: unknown, version: string) => string;

export interface EncodeOptions {
  /** The version of the API to use: newer fields are left out. Default: all fields are sent. */
  readonly version?: string | undefined;
  /** XML for the header; it is not escaped. */
  readonly security?: string | undefined;
  /** The value of the session cookie of vim25, for a method of another service. A secret (R10). */
  readonly sessionCookie?: string | undefined;
}

const NEWEST = '99';

const ENVELOPE_OPEN =
  '<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">';

/** The whole SOAP message of a call. `operationId` is shown as opID in vCenter's logs. */
export function encodeCall<M extends MethodName>(
  method: M,
  self: ManagedObjectReference,
  parameters: ParametersOf<M>,
  operationId: string,
  { version = NEWEST, ...header }: EncodeOptions = {},
): string {
  const body = writeFields(methods[method].parameters, parameters as Record<string, unknown>, version);
  return (
    `${ENVELOPE_OPEN}<soapenv:Header>${headerOf(operationId, header)}</soapenv:Header>` +
    `<soapenv:Body><${method} xmlns="urn:${serviceOfMethod(method)}">${writeRef('_this', self)}${body}</${method}></soapenv:Body></soapenv:Envelope>`
  );
}

/** The elements of the SOAP header. `operationId` is escaped, and so is the cookie. */
export function headerOf(
  operationId: string,
  { security = '', sessionCookie }: Pick<EncodeOptions, 'security' | 'sessionCookie'>,
): string {
  const cookie = sessionCookie === undefined ? '' : `<vcSessionCookie>${escapeText(sessionCookie)}</vcSessionCookie>`;
  return `<operationID xmlns="urn:vim25">${escapeText(operationId)}</operationID>${cookie}${security}`;
}

interface FieldWriter {
  readonly name: string;
  readonly presence: Presence;
  readonly write: Writer;
  readonly since: string | undefined;
}

const compiled = new WeakMap<Fields, readonly FieldWriter[]>();

function writersOf(fields: Fields): readonly FieldWriter[] {
  const known = compiled.get(fields);
  if (known !== undefined) return known;
  const writers = Object.entries(fields).map(([name, spec]) => fieldWriter(name, spec, sinceOf(fields, name)));
  compiled.set(fields, writers);
  return writers;
}

function fieldWriter(name: string, spec: FieldSpec, since: string | undefined): FieldWriter {
  const { of, presence } = partsOf(spec);
  return { name, presence, write: typeof of === 'string' ? scalarWriters[of] : objectWriter(of), since };
}

function writeFields(fields: Fields, value: Readonly<Record<string, unknown>>, version: string): string {
  let xml = '';
  for (const { name, presence, write, since } of writersOf(fields)) {
    const field = value[name];
    if (since !== undefined && !isAtLeast(version, since)) continue;
    if (field === undefined) {
      if (presence === 'one') throw invalid(`the required field ${name} is missing`);
      continue;
    }
    if (presence === 'list' || presence === 'optionalList')
      for (const item of field as readonly unknown[]) xml += write(name, item, version);
    else xml += write(name, field, version);
  }
  return xml;
}

function objectWriter(type: ObjectType): Writer {
  return (tag, value, version) =>
    `<${tag}>${writeFields(type.fields, value as Record<string, unknown>, version)}</${tag}>`;
}

const plain: Writer = (tag, value) => `<${tag}>${escapeText(String(value))}</${tag}>`;

const scalarWriters: Readonly<Record<ScalarWord, Writer>> = {
  string: plain,
  boolean: plain,
  int: (tag, value) => {
    checkInt(tag, value);
    return plain(tag, value, NEWEST);
  },
  long: plain,
  double: (tag, value, version) => plain(tag, doubleText(value as number), version),
  dateTime: plain,
  base64: (tag, value) => plain(tag, Buffer.from(value as Uint8Array).toString('base64'), NEWEST),
  ref: (tag, value) => writeRef(tag, value as ManagedObjectReference),
  any: (tag, value, version) => writeAny(tag, value as AnyValue, version),
  object: (tag, value, version) => writeTyped(tag, value as DataObject, version),
};

export function checkInt(name: string, value: unknown): void {
  if (!Number.isInteger(value) || Math.abs(value as number) > 2 ** 31) throw invalid(`${name}: ${value} is not an int`);
}

/** A whole number that is too large for an int is a long. */
export function numberType(value: number): 'int' | 'long' | 'double' {
  if (!Number.isInteger(value)) return 'double';
  return value >= -(2 ** 31) && value < 2 ** 31 ? 'int' : 'long';
}

/** XML Schema writes Infinity as INF. */
export function doubleText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'INF';
  return value === Number.NEGATIVE_INFINITY ? '-INF' : String(value);
}

function writeRef(tag: string, ref: ManagedObjectReference): string {
  return `<${tag} type="${escapeAttribute(ref.type)}">${escapeText(ref.value)}</${tag}>`;
}

/** A value of type anyType always has xsi:type: without it vcsim stores an extraConfig entry without its value. */
function writeAny(tag: string, value: AnyValue, version: string): string {
  switch (typeof value) {
    case 'string':
      return writeXsd(tag, 'string', value);
    case 'boolean':
      return writeXsd(tag, 'boolean', value);
    case 'bigint':
      return writeXsd(tag, 'long', value);
    case 'number':
      return writeXsd(tag, numberType(value), doubleText(value));
    case 'object':
      if (value instanceof Uint8Array) return writeXsd(tag, 'base64Binary', Buffer.from(value).toString('base64'));
      if (isList(value)) throw invalid(`${tag}: a list without a type cannot be sent`);
      if ('xsiType' in value) return writeTyped(tag, value as DataObject, version);
      return writeAnyRef(tag, value as ManagedObjectReference);
    default:
      throw invalid(`${tag}: a ${typeof value} cannot be sent`);
  }
}

function isList(value: AnyValue): value is readonly AnyValue[] {
  return Array.isArray(value);
}

function writeXsd(tag: string, type: string, value: string | number | boolean | bigint): string {
  return `<${tag} xsi:type="xsd:${type}">${escapeText(String(value))}</${tag}>`;
}

function writeAnyRef(tag: string, ref: ManagedObjectReference): string {
  const type = escapeAttribute(ref.type);
  return `<${tag} xsi:type="ManagedObjectReference" type="${type}">${escapeText(ref.value)}</${tag}>`;
}

function writeTyped(tag: string, value: DataObject, version: string): string {
  const type = describedType(value.xsiType);
  if (type === undefined) throw invalid(`${tag}: the type ${value.xsiType} is not described`);
  return `<${tag} xsi:type="${type.typeName}">${writeFields(type.fields, value, version)}</${tag}>`;
}

const SPECIAL = /[&<>]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Every character that is not a Char of XML 1.0, which includes half of a surrogate pair. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** A carriage return is sent as a character reference: a parser would turn the character itself into a line feed. */
export function escapeText(text: string): string {
  if (ILLEGAL.test(text)) throw invalid('a text has a character that XML 1.0 does not allow');
  return text.replace(SPECIAL, (character) => ENTITIES[character] ?? character).replaceAll('\r', '&#13;');
}

export function escapeAttribute(text: string): string {
  // In an attribute a parser turns line breaks and tabs into blanks, unless they are character references.
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}

function invalid(message: string) {
  return transportError('InvalidInput', message, 'NotSent');
}
