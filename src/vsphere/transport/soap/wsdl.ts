/**
 * A WSDL of the methods that are used, made from the descriptions. The package would fetch the WSDL of the server;
 * vcsim does not have one, and that of vCenter has several megabytes.
 */
import { type FieldSpec, type Fields, type ObjectType, partsOf } from '../../vim25/describe';
import { type MethodName, methods, type SoapService, serviceOfMethod } from '../../vim25/methods';

const XSD_TYPES: Readonly<Record<string, string>> = {
  // A reference is a text with an attribute. `soap` gives us the attribute although it is not declared.
  ref: 'xsd:string',
  base64: 'xsd:base64Binary',
  any: 'xsd:anyType',
  object: 'xsd:anyType',
};

/** Of one service. In the text `vim25` is the prefix of its namespace. */
export function makeWsdl(endpoint: string, service: SoapService = 'vim25'): string {
  const names = (Object.keys(methods) as MethodName[]).filter((name) => serviceOfMethod(name) === service);
  const types = new Map<string, ObjectType>();
  const elements = names.map((name) => {
    const { parameters, result } = methods[name];
    const request = sequence({ _this: 'ref', ...parameters }, types);
    const answer = result === 'void' ? '' : sequence({ returnval: result }, types);
    return (
      `<xsd:element name="${name}"><xsd:complexType><xsd:sequence>${request}</xsd:sequence></xsd:complexType></xsd:element>` +
      `<xsd:element name="${name}Response"><xsd:complexType><xsd:sequence>${answer}</xsd:sequence></xsd:complexType></xsd:element>`
    );
  });
  return (
    '<?xml version="1.0" encoding="UTF-8"?><definitions name="VimService" targetNamespace="urn:vim25Service"' +
    ' xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"' +
    ` xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:vim25="urn:${service}" xmlns:service="urn:vim25Service">` +
    `<types><xsd:schema targetNamespace="urn:${service}" elementFormDefault="qualified">${complexTypes(types)}${elements.join('')}</xsd:schema></types>` +
    names.map(messages).join('') +
    `<portType name="VimPortType">${names.map(operation).join('')}</portType>` +
    '<binding name="VimBinding" type="service:VimPortType"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>' +
    `${names.map(boundOperation).join('')}</binding>` +
    `<service name="VimService"><port name="VimPort" binding="service:VimBinding"><soap:address location="${endpoint}"/></port></service>` +
    '</definitions>'
  );
}

/** A type refers to other types, so the map grows during the loop. */
function complexTypes(types: Map<string, ObjectType>): string {
  let xml = '';
  for (const [name, { fields }] of types)
    xml += `<xsd:complexType name="${name}"><xsd:sequence>${sequence(fields, types)}</xsd:sequence></xsd:complexType>`;
  return xml;
}

function sequence(fields: Fields, types: Map<string, ObjectType>): string {
  return Object.entries(fields)
    .map(([name, spec]) => element(name, spec, types))
    .join('');
}

function element(name: string, spec: FieldSpec, types: Map<string, ObjectType>): string {
  const { of, presence } = partsOf(spec);
  if (typeof of !== 'string') types.set(of.typeName, of);
  const type = typeof of === 'string' ? (XSD_TYPES[of] ?? `xsd:${of}`) : `vim25:${of.typeName}`;
  const least = presence === 'one' ? '' : ' minOccurs="0"';
  const most = presence === 'list' || presence === 'optionalList' ? ' maxOccurs="unbounded"' : '';
  return `<xsd:element name="${name}" type="${type}"${least}${most}/>`;
}

function messages(name: MethodName): string {
  return (
    `<message name="${name}RequestMsg"><part name="parameters" element="vim25:${name}"/></message>` +
    `<message name="${name}ResponseMsg"><part name="parameters" element="vim25:${name}Response"/></message>`
  );
}

function operation(name: MethodName): string {
  return `<operation name="${name}"><input message="service:${name}RequestMsg"/><output message="service:${name}ResponseMsg"/></operation>`;
}

function boundOperation(name: MethodName): string {
  const body = '<soap:body use="literal"/>';
  return `<operation name="${name}"><soap:operation soapAction="urn:vim25" style="document"/><input>${body}</input><output>${body}</output></operation>`;
}
