import { afterEach, describe, expect, test } from 'vitest';
import { connectProxy, httpsServer, sendXml } from '../../../test/support/https-server';
import {
  createFolder,
  failureOf,
  MADE,
  NEW_FOLDER,
  TRANSPORT_NAMES,
  TransportWorld,
} from '../../../test/support/transport-world';

const world = new TransportWorld();
afterEach(() => world.close());

const ACCOUNT = { userName: 'me', password: 'proxy-secret' };

describe.each(TRANSPORT_NAMES)('through a proxy, over %s', (name) => {
  test('the proxy gets the server’s name and its own account, vCenter’s certificate is verified inside the tunnel', async () => {
    const server = await world.serving((_, response) => sendXml(response, MADE));
    let seen: string | undefined;
    const proxy = world.keep(
      await connectProxy(server.address, (authorization) => {
        seen = authorization;
        return 200;
      }),
    );
    const transport = world.transportTo(name, server, { ...proxy.address, secure: false, ...ACCOUNT });
    expect(await createFolder(transport)).toEqual(NEW_FOLDER);
    expect(proxy.tunnels).toEqual([`127.0.0.1:${server.address.port}`]);
    expect(seen).toBe(`Basic ${Buffer.from('me:proxy-secret').toString('base64')}`);
    expect(server.asked.every(({ headers }) => headers['proxy-authorization'] === undefined)).toBe(true);
  });

  test('a certificate for another name is refused, as without a proxy', async () => {
    const server = world.keep(await httpsServer((_, response) => sendXml(response, MADE), ['other.example.com']));
    const proxy = world.keep(await connectProxy(server.address));
    const error = await failureOf(createFolder(world.transportTo(name, server, { ...proxy.address, secure: false })));
    expect(error).toMatchObject({ code: 'TLSUntrusted', outcome: 'NotSent' });
    expect(error.message).toContain('other.example.com');
  });

  test.each([
    [407, 'Forbidden'],
    [403, 'Forbidden'],
    [502, 'Refused'],
  ])('when it answers %i a call ends %s, and the message has no password (R10)', async (status, code) => {
    const server = await world.serving((_, response) => sendXml(response, MADE));
    const proxy = world.keep(await connectProxy(server.address, () => status));
    const transport = world.transportTo(name, server, { ...proxy.address, secure: false, ...ACCOUNT });
    const error = await failureOf(createFolder(transport));
    expect(error).toMatchObject({ code, outcome: 'NotSent' });
    expect(error.message).toContain(`${proxy.address.port}`);
    expect(JSON.stringify([error.message, String(error.cause)])).not.toContain('secret');
  });

  test('when it is not a proxy a call fails, and nothing is sent', async () => {
    const server = await world.serving((_, response) => sendXml(response, MADE));
    const transport = world.transportTo(name, server, { ...server.address, secure: false });
    const error = await failureOf(createFolder(transport));
    expect(error).toMatchObject({ name: 'VsphereError', outcome: 'NotSent' });
    expect(server.asked).toEqual([]);
  });
});
