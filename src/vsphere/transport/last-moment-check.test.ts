import { afterEach, describe, expect, test } from 'vitest';
import { connectProxy, sendXml } from '../../../test/support/https-server';
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

describe.each(TRANSPORT_NAMES)('maySend, over %s', (name) => {
  test('no byte of a call is written when it turns false while the connection is made', async () => {
    const server = await world.serving((_, response) => sendXml(response, MADE));
    let may = true;
    const proxy = world.keep(
      await connectProxy(server.address, () => {
        may = false;
        return 200;
      }),
    );
    const transport = world.transportTo(name, server, { ...proxy.address, secure: false });
    const error = await failureOf(createFolder(transport, { maySend: () => may }));
    expect(error).toMatchObject({ code: 'Stopped', outcome: 'NotSent' });
    expect(callsTo(server)).toHaveLength(0);
  });

  test('no byte of a call is written when it turns false while the call waits for a free connection', async () => {
    let may = true;
    const server = await world.serving((_, response) => {
      may = false;
      sendXml(response, MADE);
    });
    const transport = world.transportTo(name, server);
    const calls = Array.from({ length: 40 }, () => createFolder(transport, { maySend: () => may }));
    const ends = await Promise.allSettled(calls);
    const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    expect(failures.length).toBeGreaterThan(0);
    for (const error of failures) expect(error).toMatchObject({ code: 'Stopped', outcome: 'NotSent' });
    expect(callsTo(server)).toHaveLength(ends.length - failures.length);
  });

  test('a call is sent as usual while it is true', async () => {
    const server = await world.serving((_, response) => sendXml(response, MADE));
    const transport = world.transportTo(name, server);
    expect(await createFolder(transport, { maySend: () => true })).toEqual(NEW_FOLDER);
  });
});
