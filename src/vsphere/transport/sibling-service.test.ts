import { afterEach, describe, expect, test } from 'vitest';
import { envelope, sendXml } from '../../../test/support/https-server';
import { callsTo, createFolder, MADE, TRANSPORT_NAMES, TransportWorld } from '../../../test/support/transport-world';
import type { VimTransport } from './transport';

const world = new TransportWorld();
afterEach(() => world.close());

const PROFILES = envelope(
  '<PbmQueryProfileResponse xmlns="urn:pbm"><returnval><uniqueId>gold-id</uniqueId></returnval></PbmQueryProfileResponse>',
);

function queryProfiles(transport: VimTransport): Promise<unknown> {
  const self = { type: 'PbmProfileProfileManager', value: 'ProfileManager' };
  const signal = new AbortController().signal;
  const parameters = { resourceType: { resourceType: 'STORAGE' } };
  return transport.invoke('PbmQueryProfile', self, parameters, { operationId: 'vmop-1', signal });
}

describe.each(TRANSPORT_NAMES)('a call of PBM by the transport %s', (name) => {
  /** The /sdk of the server gives out these session cookies, one after the other. */
  async function served(...sessions: readonly string[]) {
    const left = [...sessions];
    const server = await world.serving(({ path }, response) => {
      const cookie = path === '/pbm' ? 'ITS-OWN' : left.shift();
      if (cookie !== undefined) response.setHeader('set-cookie', `vmware_soap_session="${cookie}"; Path=/; HttpOnly`);
      sendXml(response, path === '/pbm' ? PROFILES : MADE);
    });
    return { server, transport: world.transportTo(name, server) };
  }

  test('goes to its own path, with the session of /sdk in the header, and none of its cookies', async () => {
    const { server, transport } = await served('abc-1');
    await createFolder(transport);
    expect(await queryProfiles(transport)).toEqual([{ uniqueId: 'gold-id' }]);
    const [, asked] = callsTo(server);
    expect(asked?.path).toBe('/pbm');
    expect(asked?.body).toContain('<vcSessionCookie>abc-1</vcSessionCookie>');
    expect(asked?.body).toContain('urn:pbm');
    expect(String(asked?.headers.soapaction).replaceAll('"', '')).toBe('urn:pbm/');
    expect(asked?.headers.cookie).toBeUndefined();
  });

  test('leaves the session of /sdk as it is', async () => {
    const { server, transport } = await served('abc-1');
    await createFolder(transport);
    await queryProfiles(transport);
    await createFolder(transport);
    expect(callsTo(server).at(-1)).toMatchObject({
      path: '/sdk',
      headers: { cookie: 'vmware_soap_session="abc-1"' },
    });
    expect(callsTo(server).at(-1)?.body).not.toContain('vcSessionCookie');
  });

  test('has the new session after a new login, and nothing of the old one', async () => {
    const { server, transport } = await served('old', 'new');
    await createFolder(transport);
    await queryProfiles(transport);
    transport.forgetSession();
    await createFolder(transport);
    await queryProfiles(transport);
    const last = callsTo(server).at(-1);
    expect(last?.body).toContain('<vcSessionCookie>new</vcSessionCookie>');
    expect(last?.headers.cookie).toBeUndefined();
  });
});
