/** Writes the SOAP message of an answer or a fault, as the descriptions say, so that our decoder reads the same values. */
import type { ManagedObjectReference } from '../../../../src/vsphere/port';
import {
  type AnyValue,
  type DataObject,
  describedType,
  type FieldSpec,
  type Fields,
  type ObjectType,
  partsOf,
  type ScalarWord,
} from '../../../../src/vsphere/vim25/describe';
import { doubleText, escapeAttribute, escapeText, numberType } from '../../../../src/vsphere/vim25/encode';
import { type MethodName, methods, type ReturnOf, serviceOfMethod } from '../../../../src/vsphere/vim25/methods';
import { envelope } from '../../../support/https-server';

export function writeAnswer<M extends MethodName>(method: M, value: ReturnOf<M>): string {
  const { result } = methods[method];
  const returned = result === 'void' ? '' : field('returnval', result as FieldSpec, value);
  return envelope(`<${method}Response xmlns="urn:${serviceOfMethod(method)}">${returned}</${method}Response>`);
}

export function writeFault({ code, text, fault }: { code: string; text: string; fault: DataObject }): string {
  const detail = any(`${fault.xsiType}Fault`, fault);
  const names = `<faultcode>${code}</faultcode><faultstring>${escapeText(text)}</faultstring>`;
  return envelope(`<soapenv:Fault>${names}<detail>${detail}</detail></soapenv:Fault>`);
}

function field(name: string, spec: FieldSpec, value: unknown): string {
  if (value === undefined) return '';
  const { of, presence } = partsOf(spec);
  if (presence === 'one' || presence === 'optional') return one(name, of, value);
  return (value as readonly unknown[]).map((item) => one(name, of, item)).join('');
}

function one(name: string, of: ScalarWord | ObjectType, value: unknown): string {
  if (typeof of !== 'string') return `<${name}>${fields(of.fields, value as Record<string, unknown>)}</${name}>`;
  switch (of) {
    case 'ref': {
      const { type, value: id } = value as ManagedObjectReference;
      return `<${name} type="${escapeAttribute(type)}">${escapeText(id)}</${name}>`;
    }
    case 'any':
    case 'object':
      return any(name, value as AnyValue);
    case 'base64':
      return `<${name}>${Buffer.from(value as Uint8Array).toString('base64')}</${name}>`;
    case 'double':
      return `<${name}>${doubleText(value as number)}</${name}>`;
    case 'string':
    case 'boolean':
    case 'int':
    case 'long':
    case 'dateTime':
      return `<${name}>${escapeText(String(value))}</${name}>`;
  }
}

function fields(described: Fields, value: Readonly<Record<string, unknown>>): string {
  return Object.entries(described)
    .map(([name, spec]) => field(name, spec, value[name]))
    .join('');
}

/** A value with its xsi:type. Of a type that is not described each field has one too, as its decoder needs. */
function any(name: string, value: AnyValue): string {
  const typed = (type: string, inside: string) => `<${name} xsi:type="${type}">${inside}</${name}>`;
  if (typeof value === 'string') return typed('xsd:string', escapeText(value));
  if (typeof value === 'boolean') return typed('xsd:boolean', String(value));
  if (typeof value === 'bigint') return typed('xsd:long', String(value));
  if (typeof value === 'number') return typed(`xsd:${numberType(value)}`, doubleText(value));
  if (value instanceof Uint8Array) return typed('xsd:base64Binary', Buffer.from(value).toString('base64'));
  if (isList(value)) return typed('ArrayOfAnyType', value.map((item) => any('item', item)).join(''));
  if (!isDataObject(value)) {
    const type = escapeAttribute(value.type);
    return `<${name} xsi:type="ManagedObjectReference" type="${type}">${escapeText(value.value)}</${name}>`;
  }
  const { xsiType, ...own } = value;
  const described = describedType(xsiType);
  if (described !== undefined) return typed(xsiType, fields(described.fields, own));
  const inside = Object.entries(own).map(([key, item]) => (item === undefined ? '' : any(key, item)));
  return typed(xsiType, inside.join(''));
}

function isList(value: AnyValue): value is readonly AnyValue[] {
  return Array.isArray(value);
}

function isDataObject(value: ManagedObjectReference | DataObject): value is DataObject {
  return 'xsiType' in value;
}
