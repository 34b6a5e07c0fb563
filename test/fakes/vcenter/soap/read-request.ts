/** Reads the SOAP message of a call, as the descriptions say. A message that our encoder could not have written throws. */
import { SaxesParser } from 'saxes';
import type { ManagedObjectReference } from '../../../../src/vsphere/port';
import {
  describedType,
  type FieldSpec,
  type Fields,
  type ObjectType,
  partsOf,
  type ScalarWord,
} from '../../../../src/vsphere/vim25/describe';
import { type MethodName, methods } from '../../../../src/vsphere/vim25/methods';

export interface SoapRequest {
  readonly method: MethodName;
  readonly self: ManagedObjectReference;
  /** As the description of the method has them. */
  readonly parameters: object;
  /** As in vCenter's logs. */
  readonly operationId: string;
  /** The session's cookie in the header of the message, which services besides vim25 take it from. */
  readonly sessionCookie: string | undefined;
}

interface Element {
  readonly name: string;
  readonly type: string;
  readonly xsiType: string;
  text: string;
  readonly children: Element[];
}

export function readRequest(message: string): SoapRequest {
  const envelope = treeOf(message);
  const header = envelope.children.find(({ name }) => name === 'Header');
  const [call] = envelope.children.find(({ name }) => name === 'Body')?.children ?? [];
  if (call === undefined || !(call.name in methods)) throw new Error(`no method ${call?.name}`);
  const method = call.name as MethodName;
  const self = call.children.find(({ name }) => name === '_this');
  if (self === undefined) throw new Error(`${method} without _this`);
  const told = (name: string) => header?.children.find((child) => child.name === name)?.text;
  return {
    method,
    self: refOf(self),
    parameters: fieldsOf(methods[method].parameters, call),
    operationId: told('operationID') ?? '',
    sessionCookie: told('vcSessionCookie'),
  };
}

function treeOf(message: string): Element {
  const root: Element = { name: '', type: '', xsiType: '', text: '', children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const { type = '', 'xsi:type': xsiType = '' } = attributes as Record<string, string>;
    const one = { name: localOf(name), type, xsiType: localOf(xsiType), text: '', children: [] };
    open.at(-1)?.children.push(one);
    open.push(one);
  });
  parser.on('text', (text) => {
    const top = open.at(-1);
    if (top !== undefined) top.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(message).close();
  const [envelope] = root.children;
  if (envelope === undefined) throw new Error('an empty message');
  return envelope;
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function fieldsOf(fields: Fields, from: Element): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(fields)) {
    const given = from.children.filter((child) => child.name === name);
    const read = fieldOf(spec, given);
    if (read !== undefined) value[name] = read;
  }
  return value;
}

function fieldOf(spec: FieldSpec, given: readonly Element[]): unknown {
  const { of, presence } = partsOf(spec);
  const [first] = given;
  if (presence === 'list') return given.map((one) => readValue(of, one));
  if (first === undefined) return undefined;
  return presence === 'optionalList' ? given.map((one) => readValue(of, one)) : readValue(of, first);
}

function readValue(of: ScalarWord | ObjectType, one: Element): unknown {
  if (typeof of !== 'string') return fieldsOf(of.fields, one);
  switch (of) {
    case 'string':
    case 'dateTime':
      return one.text;
    case 'boolean':
      return one.text === 'true';
    case 'int':
    case 'double':
      return Number(one.text);
    case 'long':
      return BigInt(one.text);
    case 'base64':
      return new Uint8Array(Buffer.from(one.text, 'base64'));
    case 'ref':
      return refOf(one);
    case 'any':
    case 'object':
      return typedValueOf(one);
  }
}

const XSD_WORDS: Readonly<Record<string, ScalarWord>> = {
  string: 'string',
  dateTime: 'dateTime',
  boolean: 'boolean',
  int: 'int',
  long: 'long',
  double: 'double',
  base64Binary: 'base64',
  ManagedObjectReference: 'ref',
};

function typedValueOf(one: Element): unknown {
  const word = XSD_WORDS[one.xsiType];
  if (word !== undefined) return readValue(word, one);
  const described = describedType(one.xsiType);
  if (described === undefined) throw new Error(`${one.name} has the type ${one.xsiType}, which is not described`);
  return { ...fieldsOf(described.fields, one), xsiType: one.xsiType };
}

function refOf({ type, text }: Element): ManagedObjectReference {
  return { type, value: text };
}
