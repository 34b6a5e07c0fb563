import { afterEach, describe, expect, test } from 'vitest';
import { envelope, httpsServer, sendXml, soapFault, VERSIONS } from '../../../test/support/https-server';
import {
  callsTo,
  createFolder,
  FOLDER,
  failureOf,
  MADE,
  NEW_FOLDER,
  TRANSPORT_NAMES,
  TransportWorld,
} from '../../../test/support/transport-world';

const world = new TransportWorld();
afterEach(() => world.close());

describe.each(TRANSPORT_NAMES)('the version of the API, over %s', (name) => {
  test('is the newest that both sides know, and is asked for once per connection', async () => {
    const server = await world.serving((_, response) => sendXml(response, MADE), VERSIONS('99.0', '8.0.2.0', '7.0'));
    const transport = world.transportTo(name, server);
    expect(await createFolder(transport)).toEqual(NEW_FOLDER);
    await createFolder(transport);
    const spoken = callsTo(server).map(({ headers }) => headers.soapaction);
    expect(spoken).toEqual(['urn:vim25/8.0.2.0', 'urn:vim25/8.0.2.0']);
    expect(server.asked.filter(({ method }) => method === 'GET')).toHaveLength(1);
    expect(server.asked[0]?.path).toBe('/sdk/vimServiceVersions.xml');
  });

  test('when only the server knows it, the call ends VersionUnsupported with both sides named, and nothing is sent', async () => {
    const server = await world.serving((_, response) => sendXml(response, MADE), VERSIONS('99.0', '98.0'));
    const error = await failureOf(createFolder(world.transportTo(name, server)));
    expect(error).toMatchObject({ code: 'VersionUnsupported', outcome: 'NotSent' });
    expect(error.message).toContain('99.0, 98.0');
    expect(callsTo(server)).toHaveLength(0);
  });

  test('is agreed upon once more when the server refuses it', async () => {
    let upgraded = false;
    const server = world.keep(
      await httpsServer((asked, response) => {
        if (asked.method === 'GET') sendXml(response, upgraded ? VERSIONS('9.0.0.0') : VERSIONS('7.0'));
        else if (asked.headers.soapaction === 'urn:vim25/9.0.0.0') sendXml(response, MADE);
        else {
          upgraded = true;
          sendXml(response, soapFault('VersionMismatchFaultCode', 'Unsupported version URI "urn:vim25/7.0"'), 500);
        }
      }),
    );
    expect(await createFolder(world.transportTo(name, server))).toEqual(NEW_FOLDER);
    const spoken = callsTo(server).map(({ headers }) => headers.soapaction);
    expect(spoken).toEqual(['urn:vim25/7.0', 'urn:vim25/9.0.0.0']);
  });

  test('when the server refuses the version that it offered, the call ends VersionUnsupported after one try', async () => {
    const server = await world.serving((_, response) =>
      sendXml(response, soapFault('VersionMismatchFaultCode', 'Unsupported version URI "urn:vim25/8.0.2.0"'), 500),
    );
    const error = await failureOf(createFolder(world.transportTo(name, server)));
    expect(error).toMatchObject({ code: 'VersionUnsupported' });
    expect(callsTo(server)).toHaveLength(1);
  });

  test.each([
    ['8.0.2.0', true],
    ['8.0.0.1', true],
    ['7.0', false],
  ])('in %s a field that came with 8.0.0.1 is sent: %s', async (version, isSent) => {
    const task = '<CloneVM_TaskResponse xmlns="urn:vim25"><returnval type="Task">t</returnval></CloneVM_TaskResponse>';
    const server = await world.serving((_, response) => sendXml(response, envelope(task)), VERSIONS(version));
    const spec = { location: {}, template: false, powerOn: false, tpmProvisionPolicy: 'copy' };
    const call = { operationId: 'x', signal: new AbortController().signal };
    const clone = { folder: FOLDER, name: 'n', spec };
    await world.transportTo(name, server).invoke('CloneVM_Task', FOLDER, clone, call);
    expect(callsTo(server)[0]?.body.includes('tpmProvisionPolicy')).toBe(isSent);
  });
});

test('a call that waits for the version that another call asked for goes on when that other call is aborted', async () => {
  const waiting: (() => void)[] = [];
  const server = world.keep(
    await httpsServer((asked, response) => {
      if (asked.method === 'GET') waiting.push(() => sendXml(response, VERSIONS('8.0.2.0')));
      else sendXml(response, MADE);
    }),
  );
  const transport = world.transportTo('https', server);
  const first = new AbortController();
  const aborted = createFolder(transport, { signal: first.signal });
  const second = createFolder(transport);
  await expect.poll(() => waiting.length).toBe(1);
  first.abort();
  await expect(aborted).rejects.toMatchObject({ code: 'Aborted' });
  await expect.poll(() => waiting.length).toBe(2);
  for (const answer of waiting) answer();
  expect(await second).toEqual(NEW_FOLDER);
  transport.close();
  await expect(createFolder(transport)).rejects.toMatchObject({ name: 'VsphereError' });
});
