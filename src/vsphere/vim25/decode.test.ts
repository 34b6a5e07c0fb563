import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Answer, AnswerDecoder } from './decode';
import type { MethodName } from './methods';
import { VsphereError } from './vsphere-error';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body>';
const TAIL = '</s:Body></s:Envelope>';

function answer(method: MethodName, returnval: string): string {
  return `${HEAD}<${method}Response xmlns="urn:vim25">${returnval}</${method}Response>${TAIL}`;
}

function decode<M extends MethodName>(method: M, xml: string, chunk = xml.length): Answer<M> {
  const decoder = new AnswerDecoder(method);
  for (let at = 0; at < xml.length; at += chunk) decoder.write(xml.slice(at, at + chunk));
  return decoder.end();
}

/** The value of a property, decoded from an answer to RetrievePropertiesEx. */
function decodedValue(val: string): unknown {
  const object = `<objects><obj type="Task">t-1</obj><propSet><name>p</name>${val}</propSet></objects>`;
  const decoded = decode('RetrievePropertiesEx', answer('RetrievePropertiesEx', `<returnval>${object}</returnval>`));
  return decoded.kind === 'Result' ? decoded.value?.objects[0]?.propSet?.[0]?.val : decoded;
}

function errorOf(action: () => unknown): VsphereError {
  try {
    action();
  } catch (error) {
    if (error instanceof VsphereError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('values of anyType', () => {
  test.each<[string, string, unknown]>([
    ['string', '<val xsi:type="xsd:string">a &lt; b</val>', 'a < b'],
    ['empty string', '<val xsi:type="xsd:string"></val>', ''],
    ['boolean', '<val xsi:type="xsd:boolean">1</val>', true],
    ['int', '<val xsi:type="xsd:int">-7</val>', -7],
    ['long that a double cannot represent', '<val xsi:type="xsd:long">9007199254740993</val>', 9007199254740993n],
    [
      'dateTime as text',
      '<val xsi:type="xsd:dateTime">2026-01-02T03:04:05.123456789Z</val>',
      '2026-01-02T03:04:05.123456789Z',
    ],
    ['base64 over lines', '<val xsi:type="xsd:base64Binary">AQ\nID</val>', new Uint8Array([1, 2, 3])],
    ['enum', '<val xsi:type="VirtualMachinePowerState">poweredOn</val>', 'poweredOn'],
    [
      'reference',
      '<val xsi:type="ManagedObjectReference" type="Folder">group-1</val>',
      { type: 'Folder', value: 'group-1' },
    ],
    ['list of strings', '<val xsi:type="ArrayOfString"><string>a</string><string>b</string></val>', ['a', 'b']],
    ['list of ints', '<val xsi:type="ArrayOfInt"><int>1</int></val>', [1]],
    ['empty list', '<val xsi:type="ArrayOfOptionValue"/>', []],
    [
      'list of references',
      '<val xsi:type="ArrayOfManagedObjectReference"><ManagedObjectReference type="Task">t</ManagedObjectReference></val>',
      [{ type: 'Task', value: 't' }],
    ],
    [
      'list of data objects',
      '<val xsi:type="ArrayOfOptionValue"><OptionValue xsi:type="OptionValue"><key>k</key><value xsi:type="xsd:int">5</value></OptionValue></val>',
      [{ xsiType: 'OptionValue', key: 'k', value: 5 }],
    ],
    [
      'a type that is not described',
      '<val xsi:type="NewerThing"><a>1</a><a>2</a><b><c>3</c></b></val>',
      { xsiType: 'NewerThing', a: ['1', '2'], b: { xsiType: '', c: '3' } },
    ],
    [
      'other prefixes, declared after their use in the same element',
      '<val i:type="d:int" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:d="http://www.w3.org/2001/XMLSchema">5</val>',
      5,
    ],
    ['vim25 under a prefix', '<val xmlns:v="urn:vim25" xsi:type="v:ArrayOfString"><string>a</string></val>', ['a']],
    ['text in CDATA', '<val xsi:type="xsd:string"><![CDATA[<a>]]></val>', '<a>'],
    [
      'a name that could set a prototype',
      '<val xsi:type="X"><__proto__><a>1</a></__proto__><b>2</b></val>',
      { xsiType: 'X', b: '2' },
    ],
  ])('%s', (_, xml, value) => expect(decodedValue(xml)).toEqual(value));
});

describe('an answer', () => {
  test('without optional fields has no such fields, and unknown elements are skipped with their content', () => {
    const xml = answer(
      'WaitForUpdatesEx',
      '<returnval><news><kind>x</kind></news><version>7</version><filterSet><filter type="PropertyFilter">f</filter></filterSet></returnval>',
    );
    expect(decode('WaitForUpdatesEx', xml)).toEqual({
      kind: 'Result',
      value: { version: '7', filterSet: [{ filter: { type: 'PropertyFilter', value: 'f' } }] },
    });
  });

  test('without returnval is undefined, and one with a repeated returnval is a list', () => {
    expect(decode('WaitForUpdatesEx', answer('WaitForUpdatesEx', ''))).toEqual({ kind: 'Result', value: undefined });
    const refs = '<returnval type="VirtualMachine">vm-1</returnval><returnval type="VirtualMachine">vm-2</returnval>';
    expect(decode('FindAllByUuid', answer('FindAllByUuid', refs))).toEqual({
      kind: 'Result',
      value: [
        { type: 'VirtualMachine', value: 'vm-1' },
        { type: 'VirtualMachine', value: 'vm-2' },
      ],
    });
  });

  test('that is a fault has the type of its detail, also if the detail has no fields', () => {
    const fault = (detail: string) =>
      `${HEAD}<s:Fault><faultcode>ServerFaultCode</faultcode><faultstring>no</faultstring><detail>${detail}</detail></s:Fault>${TAIL}`;
    expect(decode('Login', fault('<InvalidLoginFault xsi:type="InvalidLogin"/>'))).toEqual({
      kind: 'Fault',
      code: 'ServerFaultCode',
      text: 'no',
      fault: { xsiType: 'InvalidLogin' },
    });
    const nested =
      '<NoPermissionFault xsi:type="NoPermission"><faultCause><fault xsi:type="SystemError"><reason>r</reason></fault>' +
      '<localizedMessage>m</localizedMessage></faultCause><object type="Folder">g</object><privilegeId>P</privilegeId></NoPermissionFault>';
    expect(decode('Login', fault(nested))).toMatchObject({
      fault: {
        xsiType: 'NoPermission',
        object: { type: 'Folder', value: 'g' },
        privilegeId: 'P',
        faultCause: { fault: { xsiType: 'SystemError', reason: 'r' }, localizedMessage: 'm' },
      },
    });
    expect(decode('Login', fault(''))).toEqual({ kind: 'Fault', code: 'ServerFaultCode', text: 'no' });
  });

  test('is the same for every size of chunks', () => {
    const xml = answer('CreateFolder', '<returnval type="Folder">group-&#x31;</returnval>');
    const whole = decode('CreateFolder', xml);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: xml.length }), (size) => {
        expect(decode('CreateFolder', xml, size)).toEqual(whole);
      }),
    );
  });
});

describe('hostile or broken XML ends in a VsphereError', () => {
  const good = answer('CreateFolder', '<returnval type="Folder">group-1</returnval>');

  test('cut anywhere', () => {
    for (let length = 0; length < good.length; length += 1)
      expect(errorOf(() => decode('CreateFolder', good.slice(0, length))).code).toBe('MalformedResponse');
  });

  test.each<[string, string, string]>([
    ['something after the envelope', `${good}<more/>`, 'MalformedResponse'],
    ['no envelope', '<html><body>hello</body></html>', 'MalformedResponse'],
    ['the answer to another method', answer('Login', ''), 'MalformedResponse'],
    ['a document type', `<!DOCTYPE x [<!ENTITY a "b">]>${good}`, 'MalformedResponse'],
    ['an entity', good.replace('group-1', '&boom;'), 'MalformedResponse'],
    [
      'a value outside of every object',
      answer('WaitForUpdatesEx', '<returnval><version>1</version><truncated>maybe</truncated></returnval>'),
      'MalformedResponse',
    ],
    [
      'a required field that is missing',
      answer('WaitForUpdatesEx', '<returnval><truncated>true</truncated></returnval>'),
      'MalformedResponse',
    ],
    ['deep nesting', answer('CreateFolder', '<a>'.repeat(100_000)), 'ResponseTooLarge'],
  ])('%s', (_, xml, code) =>
    expect(errorOf(() => decode('CreateFolder', xml) && decode('WaitForUpdatesEx', xml)).code).toBe(code),
  );

  test('a damaged character gives an answer or a VsphereError, nothing else', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.string({ minLength: 0, maxLength: 3 }), (at, text) => {
        const damaged = good.slice(0, at) + text + good.slice(at + 1);
        try {
          decode('CreateFolder', damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(VsphereError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
