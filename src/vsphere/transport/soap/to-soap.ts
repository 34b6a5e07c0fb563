/**
 * Turns our values into the objects that `soap` writes: fields in order, attributes, and text that is already escaped.
 */
import type { ManagedObjectReference } from '../../port';
import { isAtLeast } from '../../vim25/api-version';
import { type DataObject, describedType, type FieldSpec, type Fields, partsOf, sinceOf } from '../../vim25/describe';
import { checkInt, doubleText, escapeText, numberType } from '../../vim25/encode';
import { type MethodName, methods, type ParametersOf } from '../../vim25/methods';
import { transportError } from '../../vim25/vsphere-error';

export const ATTRIBUTES = '$attributes';
const RAW = '$xml';

type SoapValue = Readonly<Record<string, unknown>>;

export function toSoapArguments<M extends MethodName>(
  method: M,
  self: ManagedObjectReference,
  parameters: ParametersOf<M>,
  version: string,
): SoapValue {
  const fields = soapFields(methods[method].parameters, parameters as Record<string, unknown>, version);
  return { _this: refValue(self), ...fields };
}

function soapFields(fields: Fields, value: Readonly<Record<string, unknown>>, version: string): SoapValue {
  const written: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(fields)) {
    const since = sinceOf(fields, name);
    if (since !== undefined && !isAtLeast(version, since)) continue;
    const field = value[name];
    const { presence } = partsOf(spec);
    if (field === undefined) {
      if (presence === 'one') throw invalid(`the required field ${name} is missing`);
      continue;
    }
    const isList = presence === 'list' || presence === 'optionalList';
    const one = (item: unknown) => soapValue(name, spec, item, version);
    // An empty array would be written as one empty element.
    if (!isList) written[name] = one(field);
    else if ((field as readonly unknown[]).length > 0) written[name] = (field as readonly unknown[]).map(one);
  }
  return written;
}

function soapValue(name: string, spec: FieldSpec, value: unknown, version: string): SoapValue {
  const { of } = partsOf(spec);
  if (typeof of !== 'string') return soapFields(of.fields, value as Record<string, unknown>, version);
  switch (of) {
    case 'ref':
      return refValue(value as ManagedObjectReference);
    case 'any':
      return anyValue(name, value, version);
    case 'object':
      return typedValue(name, value as DataObject, version);
    case 'base64':
      return text(Buffer.from(value as Uint8Array).toString('base64'));
    case 'int':
      checkInt(name, value);
      return text(String(value));
    case 'double':
      return text(doubleText(value as number));
    default:
      return text(String(value));
  }
}

function anyValue(name: string, value: unknown, version: string): SoapValue {
  switch (typeof value) {
    case 'string':
      return xsd('string', value);
    case 'boolean':
      return xsd('boolean', String(value));
    case 'bigint':
      return xsd('long', String(value));
    case 'number':
      return xsd(numberType(value), doubleText(value));
    case 'object':
      if (value instanceof Uint8Array) return xsd('base64Binary', Buffer.from(value).toString('base64'));
      if (value === null || Array.isArray(value)) throw invalid(`${name}: a list without a type cannot be sent`);
      if ('xsiType' in value) return typedValue(name, value as DataObject, version);
      return refValue(value as ManagedObjectReference, { 'xsi:type': 'ManagedObjectReference' });
    default:
      throw invalid(`${name}: a ${typeof value} cannot be sent`);
  }
}

function typedValue(name: string, value: DataObject, version: string): SoapValue {
  const type = describedType(value.xsiType);
  if (type === undefined) throw invalid(`${name}: the type ${value.xsiType} is not described`);
  return { [ATTRIBUTES]: { 'xsi:type': type.typeName }, ...soapFields(type.fields, value, version) };
}

function refValue(ref: ManagedObjectReference, attributes: Readonly<Record<string, string>> = {}): SoapValue {
  // `soap` escapes attributes itself. This call only refuses characters that XML does not allow.
  escapeText(ref.type);
  return { [ATTRIBUTES]: { ...attributes, type: ref.type }, [RAW]: escapeText(ref.value) };
}

function xsd(type: string, value: string): SoapValue {
  return { [ATTRIBUTES]: { 'xsi:type': `xsd:${type}` }, [RAW]: escapeText(value) };
}

/** As raw XML that we have escaped: `soap` itself does not escape a text that looks like a CDATA section. */
function text(value: string): SoapValue {
  return { [RAW]: escapeText(value) };
}

function invalid(message: string) {
  return transportError('InvalidInput', message, 'NotSent');
}
