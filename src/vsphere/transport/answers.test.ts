import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { envelope, sendXml } from '../../../test/support/https-server';
import {
  callsTo,
  createFolder,
  failureOf,
  MADE,
  NEW_FOLDER,
  TRANSPORT_NAMES,
  TransportWorld,
} from '../../../test/support/transport-world';

const world = new TransportWorld();
afterEach(() => world.close());

/** 192 MiB of blanks. A gzip stream may have several members, so only one MiB has to be compressed. */
const BOMB = Buffer.concat(Array<Buffer>(192).fill(gzipSync(Buffer.alloc(2 ** 20, ' '))));

describe.each(TRANSPORT_NAMES)('an answer, over %s', (name) => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ])('in %s is inflated', async (encoding, compress) => {
    const server = await world.serving((_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml', 'content-encoding': encoding }).end(compress(MADE));
    });
    expect(await createFolder(world.transportTo(name, server))).toEqual(NEW_FOLDER);
    expect(callsTo(server)[0]?.headers['accept-encoding']).toBe('gzip, deflate');
  });

  // The real limits: 16 MiB, and 8 MiB for soap. body-text.test.ts shows that nothing beyond a limit is kept.
  test('that inflates to more than the limit ends ResponseTooLarge', async () => {
    expect(BOMB.length).toBeLessThan(300_000);
    const server = await world.serving((_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip' }).end(BOMB);
    });
    const error = await failureOf(createFolder(world.transportTo(name, server)));
    expect(error).toMatchObject({ code: 'ResponseTooLarge' });
  });

  const cut = gzipSync(MADE).subarray(0, 40);
  test.each<[string, Record<string, string>, string | Buffer]>([
    ['garbage', {}, 'garbage'],
    ['cut in the middle', {}, MADE.slice(0, -30)],
    ['not UTF-8', {}, Buffer.concat([Buffer.from(MADE.slice(0, -60)), Buffer.of(0xff, 0xfe)])],
    ['in an encoding that was not asked for', { 'content-encoding': 'br' }, MADE],
    ['gzip that is cut', { 'content-encoding': 'gzip' }, cut],
    ['called gzip and is plain', { 'content-encoding': 'gzip' }, MADE],
    ['the answer to another method', {}, envelope('<LogoutResponse xmlns="urn:vim25"/>')],
    ['an empty body', {}, envelope('')],
    ['with a document type', {}, `<!DOCTYPE x [<!ENTITY a "b">]>${MADE.slice(MADE.indexOf('?>') + 2)}`],
    ['with an entity', {}, MADE.replace('group-2', '&boom;')],
    ['with a second root', {}, `${MADE}<more/>`],
  ])('that is %s ends MalformedResponse', async (_, headers, body) => {
    const server = await world.serving((__, response) => {
      response.writeHead(200, { 'content-type': 'text/xml', ...headers }).end(body);
    });
    const error = await failureOf(createFolder(world.transportTo(name, server)));
    expect(error).toMatchObject({ name: 'VsphereError', code: 'MalformedResponse' });
  });

  test('with elements named as the members of every object sets no prototype', async () => {
    const names = '<constructor><__proto__ id="__proto__" href="#__proto__">x</__proto__></constructor>';
    const server = await world.serving((_, response) => sendXml(response, MADE.replace('group-2', names)));
    const [end] = await Promise.allSettled([createFolder(world.transportTo(name, server))]);
    // One transport reads it as text, the other refuses it.
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'MalformedResponse' });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test.each([
    ['constructor', '<constructor>x</constructor>'],
    ['toString', '<toString><valueOf>x</valueOf></toString>'],
    ['__proto__', '<__proto__><polluted>x</polluted></__proto__>'],
    ['hasOwnProperty', '<hasOwnProperty/>'],
    ['129 levels', `${'<a>'.repeat(129)}${'</a>'.repeat(129)}`],
  ])(
    'of a fault with an element named %s ends in an error with a code, and sets nothing that all objects have',
    async (__, inside) => {
      const detail = `<detail><RuntimeFaultFault xsi:type="SystemError">${inside}</RuntimeFaultFault></detail>`;
      const fault = `<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>no</faultstring>${detail}</soapenv:Fault>`;
      const server = await world.serving((___, response) => sendXml(response, envelope(fault), 500));
      const error = await failureOf(createFolder(world.transportTo(name, server)));
      // The package reads no such element (docs/vsphere.md#what-the-transport-soap-cannot-read).
      const codes = name === 'https' ? ['SystemError'] : ['SystemError', 'MalformedResponse', 'ResponseTooLarge'];
      expect(codes).toContain(error.code);
      expect(error.name).toBe('VsphereError');
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  test('that is nested too deeply ends ResponseTooLarge', async () => {
    const deep = envelope('<a>'.repeat(200_000) + '</a>'.repeat(200_000));
    const server = await world.serving((_, response) => sendXml(response, deep));
    const error = await failureOf(createFolder(world.transportTo(name, server)));
    expect(error).toMatchObject({ code: 'ResponseTooLarge' });
  });
});
