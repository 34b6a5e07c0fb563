import { afterEach, expect, test } from 'vitest';
import { connectProxy, httpsServer, sendXml, VERSIONS } from '../../../test/support/https-server';
import { callFromUnverifyingProcess } from '../../../test/support/proxied-child';
import { MADE, TransportWorld } from '../../../test/support/transport-world';

const world = new TransportWorld();
afterEach(() => world.close());

test('R11: an https proxy that nobody knows is refused before it gets the account, with NODE_TLS_REJECT_UNAUTHORIZED=0 too', async () => {
  const server = await vcenter();
  const accounts: unknown[] = [];
  const admit = (account: string | undefined) => {
    accounts.push(account);
    return 200;
  };
  const [plain, secure] = [
    await connectProxy(server.address, admit),
    await connectProxy(server.address, admit, 'https'),
  ];
  world.keep(plain);
  world.keep(secure);
  const call = { to: 'vCenter', caBundle: server.caBundle } as const;
  const through = (scheme: string, { port }: { readonly port: number }) =>
    callFromUnverifyingProcess(call, `${scheme}://me:secret@127.0.0.1:${port}`);
  expect(await through('https', secure.address)).toMatch(/^failed .*self-signed certificate/);
  expect(accounts).toEqual([]);
  // The same process reaches vCenter through a proxy without TLS, and verifies vCenter.
  expect(await through('http', plain.address)).toBe('answered {"type":"Folder","value":"group-2"}');
  const stranger = { to: 'vCenter', caBundle: (await strangerToAll()).caBundle } as const;
  expect(await callFromUnverifyingProcess(stranger, `http://127.0.0.1:${plain.address.port}`)).toMatch(
    /^failed the certificate of vcenter.example.com:443 cannot be trusted/,
  );
});

async function vcenter() {
  const answer: Parameters<typeof httpsServer>[0] = ({ method }, response) =>
    sendXml(response, method === 'GET' ? VERSIONS('8.0.2.0') : MADE);
  return world.keep(await httpsServer(answer, ['vcenter.example.com']));
}

async function strangerToAll() {
  return world.keep(await httpsServer(() => undefined));
}
