import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { requestSamples, sampleSelf } from '../../../test/support/vim25-request-samples';
import { openTamedClient } from '../transport/soap/tamed-client';
import { toSoapArguments } from '../transport/soap/to-soap';
import { makeWsdl } from '../transport/soap/wsdl';
import { type DataObject, describedTypes, type Fields, partsOf } from './describe';
import { encodeCall } from './encode';
import { type MethodName, methods, serviceOfMethod } from './methods';

/**
 * The same requests as govmomi writes them, which works with real vCenters. Made by
 * test/envtest/modules/encode-requests.
 */
const golden: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(path.join(__dirname, '../../../test/support/golden/govmomi-requests.json'), 'utf8'),
);
const names = Object.keys(methods) as MethodName[];

interface Element {
  readonly name: string;
  readonly type: string | undefined;
  readonly xsiType: string | undefined;
  readonly content: (Element | string)[];
}

/** The elements of a body: names without prefixes, both kinds of type, texts, and their order. */
function elementOf(xml: string): unknown {
  const root: Element = { name: '', type: undefined, xsiType: undefined, content: [] };
  const open = [root];
  const parser = new SaxesParser({ fragment: true });
  parser.on('opentag', ({ name, attributes }) => {
    const entries = Object.entries(attributes as Record<string, string>);
    const element: Element = {
      name: name.slice(name.indexOf(':') + 1),
      type: entries.find(([key]) => key === 'type')?.[1],
      xsiType: entries.find(([key]) => key.endsWith(':type'))?.[1],
      content: [],
    };
    open.at(-1)?.content.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    open.at(-1)?.content.push(text);
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root.content;
}

const bodyOf = (message: string) => /<[a-z]+:Body>(.*)<\/[a-z]+:Body>/s.exec(message)?.[1] ?? '';

describe('a request equals govmomi’s, element for element', () => {
  test.each(names)('%s by our codec', (method) => {
    const message = encodeCall(method, sampleSelf(method), requestSamples[method] as never, 'x');
    expect(elementOf(bodyOf(message))).toEqual(elementOf(golden[method] ?? ''));
    expect(bodyOf(message)).toContain(`xmlns="urn:${serviceOfMethod(method)}"`);
  });

  test.each(names)('%s by node-vsphere-soap', async (method) => {
    const endpoint = 'https://vc.invalid/sdk';
    const client = await openTamedClient(makeWsdl(endpoint, serviceOfMethod(method)), endpoint);
    const args = toSoapArguments(method, sampleSelf(method), requestSamples[method] as never, '99');
    let message = '';
    const send = async (sent: string) => {
      message = sent;
      return '';
    };
    await client.run({ name: method, args, header: '', send });
    expect(elementOf(bodyOf(message))).toEqual(elementOf(golden[method] ?? ''));
    expect(bodyOf(message)).toContain(`"urn:${serviceOfMethod(method)}"`);
  });

  test('and the samples have every field that is described', () => {
    const sent = new Set<string>();
    const note = (owner: string, fields: Fields, value: unknown) => {
      const object = value as Readonly<Record<string, unknown>>;
      for (const [name, spec] of Object.entries(fields)) {
        if (object[name] === undefined) continue;
        sent.add(`${owner}.${name}`);
        const { of } = partsOf(spec);
        for (const item of [object[name]].flat()) {
          if (typeof of !== 'string') note(of.typeName, of.fields, item);
          else if (of === 'object') {
            const { xsiType } = item as DataObject;
            const type = describedTypes().find(({ typeName }) => typeName === xsiType);
            if (type !== undefined) note(xsiType, type.fields, item);
          }
        }
      }
    };
    const missing = names.flatMap((method) => {
      note(method, methods[method].parameters, requestSamples[method]);
      return Object.keys(methods[method].parameters)
        .map((name) => `${method}.${name}`)
        .filter((field) => !sent.has(field));
    });
    const requestTypes = new Set([...sent].map((field) => field.split('.')[0]));
    for (const { typeName, fields } of describedTypes())
      if (requestTypes.has(typeName))
        missing.push(
          ...Object.keys(fields)
            .map((name) => `${typeName}.${name}`)
            .filter((field) => !sent.has(field)),
        );
    expect(missing).toEqual([]);
  });
});
