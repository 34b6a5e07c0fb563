import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultOf } from '../transport/soap/from-soap';
import { openTamedClient } from '../transport/soap/tamed-client';
import { makeWsdl } from '../transport/soap/wsdl';
import { AnswerDecoder } from './decode';
import {
  type DataObject,
  describedTypes,
  type FieldSpec,
  type ObjectType,
  partsOf,
  type ScalarWord,
  typed,
} from './describe';
import { encodeCall } from './encode';
import { OptionValue, SelectionSpec } from './types';
import { VsphereError } from './vsphere-error';

const VM = { type: 'VirtualMachine', value: 'vm-1' };

const legal = fc
  .string({ unit: 'grapheme' })
  .filter((text) => !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text));
const hostile = fc.constantFrom(
  '',
  ' ',
  '\r\n',
  '&amp;',
  '<a/>',
  ']]>',
  '<![CDATA[x]]>',
  '"\'',
  '\u00a0',
  '__proto__',
  '\ud83d\ude00',
);
const anyText = fc.oneof(legal, hostile);
/** Without those that node-vsphere-soap loses. */
const textWithoutBlanks = anyText.filter((text) => !/^\s+$/.test(text));
const ints = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const longs = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const doubles = fc.double({ noDefaultInfinity: false }).map((value) => (Object.is(value, -0) ? 0 : value));
const bytes = fc.uint8Array({ maxLength: 40 });

function scalarsWith(text: fc.Arbitrary<string>): Readonly<Record<ScalarWord, fc.Arbitrary<unknown>>> {
  const refs = fc.record({ type: fc.stringMatching(/^[A-Za-z]{1,12}$/), value: text });
  return {
    string: text,
    boolean: fc.boolean(),
    int: ints,
    long: longs,
    double: doubles,
    dateTime: fc.constantFrom('2026-01-02T03:04:05.123456789Z', '2026-01-02T03:04:05+02:00'),
    base64: bytes,
    ref: refs,
    any: fc.oneof(
      text,
      fc.boolean(),
      ints,
      longs,
      doubles.filter((value) => !Number.isInteger(value)),
      bytes,
      refs,
      fc.record({ key: text, value: text }).map((value) => typed(OptionValue, value)),
    ),
    object: fc.record({ name: text }).map((value) => typed(SelectionSpec, value)),
  };
}

type Scalars = ReturnType<typeof scalarsWith>;

function values(type: ObjectType, scalars: Scalars): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(Object.entries(type.fields).map(([name, spec]) => [name, field(spec, scalars)]));
  // A field that is undefined is not sent, as an absent one.
  return fc
    .record(fields)
    .map((value) => Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)));
}

function field(spec: FieldSpec, scalars: Scalars): fc.Arbitrary<unknown> {
  const { of, presence } = partsOf(spec);
  const one = typeof of === 'string' ? scalars[of] : values(of, scalars);
  switch (presence) {
    case 'one':
      return one;
    case 'optional':
      return fc.option(one, { nil: undefined });
    case 'list':
      return fc.array(one, { maxLength: 3 });
    case 'optionalList':
      return fc.option(fc.array(one, { minLength: 1, maxLength: 3 }), { nil: undefined });
  }
}

/** An answer to RetrieveProperties with this value, written by our encoder. */
function answerWith(value: DataObject): string {
  const extraConfig = [typed(OptionValue, { key: 'k', value })];
  const request = encodeCall('ReconfigVM_Task', VM, { spec: { extraConfig } }, 'x');
  const start = request.indexOf('<value ');
  const written = request
    .slice(start, request.lastIndexOf('</extraConfig>'))
    .replace(/^<value /, '<val ')
    .replace(/<\/value>$/, '</val>');
  const envelope = request.slice(0, request.indexOf('<soapenv:Header>'));
  return (
    `${envelope}<soapenv:Body><RetrievePropertiesResponse xmlns="urn:vim25"><returnval><obj type="VirtualMachine">vm-1</obj>` +
    `<propSet><name>p</name>${written}</propSet></returnval></RetrievePropertiesResponse></soapenv:Body></soapenv:Envelope>`
  );
}

const contentWith = (val: unknown) => [{ obj: VM, propSet: [{ name: 'p', val }] }];

function decode(xml: string): unknown {
  const decoder = new AnswerDecoder('RetrieveProperties');
  decoder.write(xml);
  const answer = decoder.end();
  return answer.kind === 'Result' ? answer.value : answer;
}

describe('every value that is written is read back the same', () => {
  test.each(describedTypes().map((type) => [type.typeName, type] as const))('%s', (_, type) => {
    fc.assert(
      fc.property(values(type, scalarsWith(anyText)), (value) => {
        const sent = { ...value, xsiType: type.typeName } as DataObject;
        expect(decode(answerWith(sent))).toEqual(contentWith(sent));
      }),
      { numRuns: 60 },
    );
  });
});

describe('node-vsphere-soap', () => {
  const endpoint = 'https://vc.invalid/sdk';
  const opening = openTamedClient(makeWsdl(endpoint), endpoint);
  const read = async (xml: string) => {
    const client = await opening;
    const answer = await client.run({ name: 'RetrieveProperties', args: {}, header: '', send: async () => xml });
    if (answer.kind === 'Error') throw answer.error;
    const result = resultOf('RetrieveProperties', answer.result);
    return result.kind === 'Result' ? result.value : result;
  };

  test.each(describedTypes().map((type) => [type.typeName, type] as const))(
    'reads %s as our decoder does, except for blanks',
    async (_, type) => {
      await fc.assert(
        // The next test shows what it cannot keep.
        fc.asyncProperty(values(type, scalarsWith(textWithoutBlanks)), async (value) => {
          const xml = answerWith({ ...value, xsiType: type.typeName } as DataObject);
          expect(await read(xml)).toEqual(decode(xml));
        }),
        { numRuns: 15 },
      );
    },
  );

  test('loses a value of anyType that has blanks only: a limit of the package', async () => {
    const xml = answerWith(typed(OptionValue, { key: 'k', value: '   ' }));
    expect(decode(xml)).toEqual(contentWith({ xsiType: 'OptionValue', key: 'k', value: '   ' }));
    expect(await read(xml)).toEqual(contentWith({ xsiType: 'OptionValue', key: 'k', value: '' }));
  });

  test('reads a text of a megabyte whole', async () => {
    const xml = answerWith(typed(OptionValue, { key: 'k', value: `${'a'.repeat(2 ** 19)}&${'b'.repeat(2 ** 19)}` }));
    expect(await read(xml)).toEqual(decode(xml));
  });
});

describe('hostile XML ends in an answer or a VsphereError, and takes less than 3 s of CPU time', () => {
  const good = answerWith(typed(OptionValue, { key: 'k', value: 'v' }));
  const markup = fc.constantFrom(
    ...['<', '>', '</', '/>', '&', '&#0;', '&#x110000;', '&lol;', '<!--', '-->', '<![CDATA[', ']]>', '<?x?>'],
    ...['<!DOCTYPE a>', 'xmlns:xsi="x"', 'xsi:type="', '\u0000', '\ud800'],
  );
  const piece = fc.oneof(markup, fc.string());

  test('with any text inserted anywhere', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length), piece), { minLength: 1, maxLength: 4 }), (edits) => {
        let xml = good;
        for (const [at, what] of edits) xml = xml.slice(0, at) + what + xml.slice(at);
        try {
          decode(xml);
        } catch (error) {
          expect(error).toBeInstanceOf(VsphereError);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test.each<[string, string]>([
    [
      'a megabyte of attributes',
      good.replace('<obj ', `<obj ${Array.from({ length: 50_000 }, (_, n) => `a${n}="b"`).join(' ')} `),
    ],
    [
      'many prefixes',
      good.replace('<obj ', `<obj ${Array.from({ length: 20_000 }, (_, n) => `xmlns:a${n}="b"`).join(' ')} `),
    ],
    [
      'many unknown types',
      good.replace(
        '<propSet>',
        `${Array.from({ length: 50_000 }, (_, n) => `<propSet><name>n</name><val xsi:type="T${n}">x</val></propSet>`).join('')}<propSet>`,
      ),
    ],
    ['a text of 16 MiB', good.replace('vm-1', 'x'.repeat(2 ** 24))],
    [
      'a list in a type that is not described',
      good.replace(
        '<propSet>',
        `<propSet><name>n</name><val xsi:type="T">${'<a>1</a>'.repeat(100_000)}</val></propSet><propSet>`,
      ),
    ],
    ['a name of a megabyte', good.replace('<obj ', `<${'n'.repeat(2 ** 20)}/><obj `)],
    ['a comment that does not end', good.replace('<obj ', `<!--${'-'.repeat(2 ** 20)}<obj `)],
  ])('%s', (_, xml) => {
    // CPU time of this thread: other programs on the machine do not count.
    const before = process.threadCpuUsage();
    try {
      decode(xml);
    } catch (error) {
      expect(error).toBeInstanceOf(VsphereError);
    }
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(3);
  });

  test.each<[string, (xml: string) => string]>([
    ['another namespace for xsi', (xml) => xml.replace('http://www.w3.org/2001/XMLSchema-instance', 'urn:other')],
    ['another namespace for xsd', (xml) => xml.replace('http://www.w3.org/2001/XMLSchema"', 'urn:other"')],
    ['no namespaces at all', (xml) => xml.replace(/ xmlns(:\w+)?="[^"]*"/g, '')],
  ])('with %s', (_, damage) => {
    try {
      decode(damage(good));
    } catch (error) {
      expect(error).toBeInstanceOf(VsphereError);
    }
  });
});
