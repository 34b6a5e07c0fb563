/** Writes requests. Elements in the order of the description, xsi:type where the static type is abstract. */
import type { ManagedObjectReference } from '../port';
import { transportError } from '../vsphere-error';
import type { AnyValue, DataObject, FieldSpec, Fields, ObjectType, Presence, ScalarWord } from './describe';
import { describedType, partsOf } from './describe';
import { type MethodName, methods, type ParametersOf } from './methods';

type Writer = (tag: string, value: unknown) => string;

const ENVELOPE_OPEN =
  '<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">';

/** The whole SOAP message of a call. `operationId` is shown as opID in vCenter's logs. */
export function encodeCall<M extends MethodName>(
  method: M,
  self: ManagedObjectReference,
  parameters: ParametersOf<M>,
  operationId: string,
): string {
  const body = writeFields(methods[method].parameters, parameters as Record<string, unknown>);
  return (
    `${ENVELOPE_OPEN}<soapenv:Header><operationID xmlns="urn:vim25">${escapeText(operationId)}</operationID></soapenv:Header>` +
    `<soapenv:Body><${method} xmlns="urn:vim25">${writeRef('_this', self)}${body}</${method}></soapenv:Body></soapenv:Envelope>`
  );
}

interface FieldWriter {
  readonly name: string;
  readonly presence: Presence;
  readonly write: Writer;
}

const compiled = new WeakMap<Fields, readonly FieldWriter[]>();

function writersOf(fields: Fields): readonly FieldWriter[] {
  const known = compiled.get(fields);
  if (known !== undefined) return known;
  const writers = Object.entries(fields).map(([name, spec]) => fieldWriter(name, spec));
  compiled.set(fields, writers);
  return writers;
}

function fieldWriter(name: string, spec: FieldSpec): FieldWriter {
  const { of, presence } = partsOf(spec);
  return { name, presence, write: typeof of === 'string' ? scalarWriters[of] : objectWriter(of) };
}

function writeFields(fields: Fields, value: Readonly<Record<string, unknown>>): string {
  let xml = '';
  for (const { name, presence, write } of writersOf(fields)) {
    const field = value[name];
    if (field === undefined) {
      if (presence === 'one') throw invalid(`The required field ${name} is missing.`);
      continue;
    }
    if (presence === 'list' || presence === 'optionalList')
      for (const item of field as readonly unknown[]) xml += write(name, item);
    else xml += write(name, field);
  }
  return xml;
}

function objectWriter(type: ObjectType): Writer {
  return (tag, value) => `<${tag}>${writeFields(type.fields, value as Record<string, unknown>)}</${tag}>`;
}

const plain: Writer = (tag, value) => `<${tag}>${escapeText(String(value))}</${tag}>`;

const scalarWriters: Readonly<Record<ScalarWord, Writer>> = {
  string: plain,
  boolean: plain,
  int: (tag, value) => {
    if (!Number.isInteger(value) || Math.abs(value as number) > 2 ** 31)
      throw invalid(`${tag}: ${value} is not an int.`);
    return plain(tag, value);
  },
  long: plain,
  double: plain,
  dateTime: plain,
  base64: (tag, value) => plain(tag, Buffer.from(value as Uint8Array).toString('base64')),
  ref: (tag, value) => writeRef(tag, value as ManagedObjectReference),
  any: (tag, value) => writeAny(tag, value as AnyValue),
  object: (tag, value) => writeTyped(tag, value as DataObject),
};

function writeRef(tag: string, ref: ManagedObjectReference): string {
  return `<${tag} type="${escapeAttribute(ref.type)}">${escapeText(ref.value)}</${tag}>`;
}

/** Without xsi:type, vcsim stores an extraConfig entry without its value. */
function writeAny(tag: string, value: AnyValue): string {
  switch (typeof value) {
    case 'string':
      return writeXsd(tag, 'string', value);
    case 'boolean':
      return writeXsd(tag, 'boolean', value);
    case 'bigint':
      return writeXsd(tag, 'long', value);
    case 'number':
      return writeXsd(tag, Number.isInteger(value) ? 'int' : 'double', value);
    case 'object':
      if (value instanceof Uint8Array) return writeXsd(tag, 'base64Binary', Buffer.from(value).toString('base64'));
      if (isList(value)) throw invalid(`${tag}: a list without a type can't be sent.`);
      if ('xsiType' in value) return writeTyped(tag, value as DataObject);
      return writeAnyRef(tag, value as ManagedObjectReference);
    default:
      throw invalid(`${tag}: a ${typeof value} can't be sent.`);
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

function writeTyped(tag: string, value: DataObject): string {
  const type = describedType(value.xsiType);
  if (type === undefined) throw invalid(`${tag}: the type ${value.xsiType} is not described.`);
  return `<${tag} xsi:type="${type.typeName}">${writeFields(type.fields, value)}</${tag}>`;
}

const SPECIAL = /[&<>]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What is not a Char of XML 1.0, halves of surrogate pairs included. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** A carriage return goes as a reference: a parser would turn a bare one into a line feed. */
function escapeText(text: string): string {
  if (ILLEGAL.test(text)) throw invalid('A text holds a character that XML 1.0 does not allow.');
  return text.replace(SPECIAL, (character) => ENTITIES[character] ?? character).replaceAll('\r', '&#13;');
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

function invalid(message: string) {
  return transportError('InvalidInput', message, 'NotSent');
}
