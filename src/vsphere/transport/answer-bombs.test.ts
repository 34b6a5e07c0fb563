import { execFile } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { Digested, Meal } from '../../../test/fuzz/swallow';
import { envelope } from '../../../test/support/https-server';
import { TRANSPORT_NAMES, TransportWorld } from '../../../test/support/transport-world';
import { LARGEST_ANSWER_BYTES, MOST_ELEMENTS } from '../vim25/answer-limits';

const ROOT = path.join(__dirname, '..', '..', '..');
/** What Node takes by itself within the 256 MiB of the Deployment. */
const HEAP_MIB = 128;
/** With the compiler of the tests, which takes as much as the operator itself. */
const LARGEST_PROCESS_MIB = 224;
const world = new TransportWorld();
afterEach(() => world.close());

/** An answer without an end: its start, then a piece again and again. */
interface Bomb {
  readonly start?: string;
  readonly piece: (turn: number) => string;
  readonly isGzip?: true;
}

const VALUE = '<objects><obj type="VirtualMachine">vm-1</obj><propSet><name>n</name>';
const many = (text: string) => () => text.repeat(Math.ceil(16_384 / text.length));
const BOMBS: Readonly<Record<string, Bomb>> = {
  'small elements': { piece: many('<a/>') },
  'objects of nothing': { piece: many('<objects/>') },
  'properties of nothing': { start: '<objects>', piece: many('<propSet/>') },
  'missing properties': { start: '<objects>', piece: many('<missingSet><path>p</path></missingSet>') },
  'small elements in a value': { start: `${VALUE}<val xsi:type="ArrayOfAny">`, piece: many('<i><b/></i>') },
  'fields of a value': {
    start: `${VALUE}<val xsi:type="Any">`,
    piece: (turn) => Array.from({ length: 1000 }, (_, index) => `<f${turn}x${index}/>`).join(''),
  },
  'attributes of one element': {
    start: '<a',
    piece: (turn) => Array.from({ length: 1000 }, (_, index) => ` b${turn}x${index}=""`).join(''),
  },
  'elements with namespaces': { piece: many('<a xmlns:b="c" xsi:type="b:d"/>') },
  levels: { piece: many('<a>') },
  'one text': { start: `${VALUE}<val xsi:type="xsd:string">`, piece: many('x') },
  'one text of wide characters': { start: `${VALUE}<val xsi:type="xsd:string">`, piece: many('値') },
  'one name': { start: '<', piece: many('n') },
  'one attribute': { start: '<a b="', piece: many('n') },
  'one comment': { start: '<!--', piece: many('x') },
  comments: { piece: many('<!--') },
  'one section of CDATA': { start: '<![CDATA[', piece: many('<a/>') },
  'one instruction': { start: '<?a ', piece: many('x') },
  references: { start: `${VALUE}<val xsi:type="xsd:string">`, piece: many('&lt;') },
  'forbidden references': { start: `${VALUE}<val xsi:type="xsd:string">`, piece: many('&#0;') },
  'control characters': { start: `${VALUE}<val xsi:type="xsd:string">`, piece: many('\x01') },
  'tags without an end': { piece: many('<a') },
  'small elements, compressed': { piece: many('<a/>'), isGzip: true },
  'one text, compressed': { start: `${VALUE}<val xsi:type="xsd:string">`, piece: many('x'), isGzip: true },
};

const [HEAD = ''] = envelope('BODY').split('BODY');
const ENDS = ['ResponseTooLarge', 'MalformedResponse'];

/** Sends until the other side has enough. Counts the bytes, before they are compressed. */
function explode(bomb: Bomb, response: ServerResponse, sent: { bytes: number }): void {
  response.writeHead(200, { 'content-type': 'text/xml', ...(bomb.isGzip && { 'content-encoding': 'gzip' }) });
  const gzip = createGzip();
  if (bomb.isGzip) gzip.pipe(response);
  const into = bomb.isGzip ? gzip : response;
  let turn = 0;
  const pump = () => {
    for (let goesOn = true; goesOn; turn += 1) {
      if (response.destroyed || sent.bytes > 4 * LARGEST_ANSWER_BYTES) return into.end();
      const piece = Buffer.from(bomb.piece(turn));
      sent.bytes += piece.length;
      goesOn = into.write(piece);
    }
    return undefined;
  };
  into.on('drain', pump).on('error', () => undefined);
  response.on('close', () => into.destroy());
  into.write(`${HEAD}<RetrievePropertiesExResponse xmlns="urn:vim25"><returnval>${bomb.start ?? ''}`);
  pump();
}

describe.each(TRANSPORT_NAMES)('over %s', (transport) => {
  test('R14: no answer takes more memory than the Deployment has, whatever it is made of', async () => {
    const bombs = Object.entries(BOMBS);
    const sent = bombs.map(() => ({ bytes: 0 }));
    const server = await world.serving(({ body }, response) => {
      const number = Number(/<operationID[^>]*>(\d+)</.exec(body)?.[1]);
      const [bomb, its] = [bombs[number]?.[1], sent[number]];
      if (bomb === undefined || its === undefined) throw new Error(`no bomb ${number}`);
      // What is malformed is asked for once more.
      its.bytes = 0;
      explode(bomb, response, its);
    });
    const { port } = server.address;
    const meal: Meal = { transport, port, caBundle: server.caBundle, calls: bombs.length };
    const args = [`--max-heap-size=${HEAP_MIB}`, '--import', 'tsx', path.join(ROOT, 'test/fuzz/swallow.ts')];
    const { stdout } = await promisify(execFile)(process.execPath, [...args, JSON.stringify(meal)], { cwd: ROOT });
    const { codes, peakMiB }: Digested = JSON.parse(stdout);
    expect(Object.fromEntries(bombs.map(([name], index) => [name, codes[index]]))).toEqual(
      Object.fromEntries(bombs.map(([name]) => [name, expect.toBeOneOf(ENDS)])),
    );
    // The sockets on both sides hold some more than was read.
    for (const [index, { bytes }] of sent.entries())
      if (bombs[index]?.[1].isGzip !== true)
        expect(bytes, bombs[index]?.[0]).toBeLessThan(LARGEST_ANSWER_BYTES + 16 * 2 ** 20);
    expect(sent[0]?.bytes).toBeLessThan(MOST_ELEMENTS * '<a/>'.length + 16 * 2 ** 20);
    expect(peakMiB).toBeLessThan(LARGEST_PROCESS_MIB);
  }, 240_000);
});
