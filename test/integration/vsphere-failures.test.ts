import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect as connectTcp, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../src/time/clock';
import type { ConnectionStatus, VsphereFailure } from '../../src/vsphere';
import { startVCenterProxy } from '../envtest/proxies/vcenter-proxy';
import type { Vcsim } from '../envtest/real-parts';
import { addressOf, type Connected, connected, forever, landmarks, quiet, simulator } from './vsphere-world';

const opened: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const item of opened.splice(0).reverse()) await item.stop();
});

async function start(options?: Parameters<typeof simulator>[0]): Promise<Vcsim> {
  const vcsim = await simulator(options);
  opened.push(vcsim);
  return vcsim;
}

async function connect(...parameters: Parameters<typeof connected>): Promise<Connected> {
  const world = await connected(...parameters);
  opened.push(world);
  return world;
}

function errorIn(status: ConnectionStatus): VsphereFailure | undefined {
  return status.kind === 'Failed' ? status.error : undefined;
}

async function failureOf(world: Connected): Promise<VsphereFailure> {
  await world.until('failed', () => world.connection.status.kind === 'Failed');
  const error = errorIn(world.connection.status);
  if (error === undefined) throw new Error('no error in the status');
  return error;
}

describe('trust', () => {
  test('an unknown certificate is refused before anything is sent, and the error has its fingerprint', async () => {
    const vcsim = await start();
    const { fingerprint256 } = new X509Certificate(await readFile(vcsim.caFile));
    const world = await connect(vcsim, { trust: {} });
    const error = await failureOf(world);
    expect(error).toMatchObject({ code: 'TLSUntrusted', outcome: 'NotSent' });
    expect(error.message).toContain(fingerprint256);
    expect(error.message).toContain('VC_FINGERPRINTS');
    expect(error.message).toContain('VC_CA_FILE');
    expect(world.calls.every(({ responseBytes }) => responseBytes === 0)).toBe(true);
  });

  test('a pinned fingerprint is enough, and a wrong one is an error with both fingerprints', async () => {
    const vcsim = await start();
    const { fingerprint256 } = new X509Certificate(await readFile(vcsim.caFile));
    const pinned = await connect(vcsim, {
      trust: { fingerprints: [fingerprint256.replaceAll(':', '').toLowerCase()] },
    });
    await pinned.until('ready', () => pinned.connection.status.kind === 'Ready');
    const other = `AA${fingerprint256.slice(2)}`;
    const refused = await failureOf(await connect(vcsim, { trust: { fingerprints: [other] } }));
    expect(refused).toMatchObject({ code: 'FingerprintMismatch', outcome: 'NotSent' });
    expect(refused.message).toContain(fingerprint256);
    expect(refused.message).toContain(other);
  });

  test('a certificate for another name is an error with the names that it has', async () => {
    const vcsim = await start();
    const server = { host: 'localhost', port: addressOf(vcsim).port };
    const error = await failureOf(await connect(vcsim, { server }));
    expect(error).toMatchObject({ code: 'TLSUntrusted' });
    expect(error.message).toContain('example.com');
  });
});

describe('login', () => {
  test('wrong credentials are tried once in half an hour, and at once when they have changed', async () => {
    const vcsim = await start();
    let password = 'not-the-password';
    const world = await connect(vcsim, { credentials: async () => ({ userName: vcsim.user, password }) });
    const error = await failureOf(world);
    expect(error).toMatchObject({ code: 'InvalidLogin', outcome: 'Refused' });
    expect(error.message).toContain(vcsim.user);
    expect(error.message).not.toContain(password);
    await quiet(2_000);
    const logins = () => world.calls.filter(({ method }) => method === 'Login').length;
    expect(logins()).toBe(1);
    password = vcsim.password;
    await world.until('ready', () => world.connection.status.kind === 'Ready', 15_000);
    expect(logins()).toBe(2);
    expect(world.connection.userName).toBe(vcsim.user);
  });
});

/** A proxy in front of the simulator that can lose the answer to the next request. */
async function losingProxy(vcsim: Vcsim): Promise<{ readonly port: number; loseNextAnswer(): void }> {
  let losing = false;
  const pairs = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connectTcp(addressOf(vcsim));
    for (const socket of [client, upstream]) {
      pairs.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    let asked = false;
    client.on('data', (chunk) => {
      asked = losing;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (!asked) client.write(chunk);
      else {
        losing = false;
        client.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    stop: async () => {
      for (const socket of pairs) socket.destroy();
      server.close();
    },
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    loseNextAnswer: () => {
      losing = true;
    },
  };
}

describe('a lost answer', () => {
  test('to a mutation makes its outcome Unknown, and it is not sent again; a read is sent again', async () => {
    const vcsim = await start();
    const proxy = await losingProxy(vcsim);
    const world = await connect(vcsim, { server: { host: '127.0.0.1', port: proxy.port } });
    await world.until('ready', () => world.connection.status.kind === 'Ready');
    const { folder } = landmarks(world.connection);
    const { calls } = world.connection;
    const call = { operationId: 'op', signal: forever };
    // This opens a second connection, so that the pending wait is not the one that is lost.
    await calls.readFolderChildren(folder, call);
    proxy.loseNextAnswer();
    await expect(calls.createFolder(folder, 'made', call)).rejects.toMatchObject({
      code: 'ConnectionLost',
      outcome: 'Unknown',
    });
    await world.until('it was made', () =>
      world.connection.inventory.entitiesIn(folder).some(({ name }) => name === 'made'),
    );
    expect(world.calls.filter(({ method }) => method === 'CreateFolder')).toHaveLength(1);
    await calls.readFolderChildren(folder, call);
    proxy.loseNextAnswer();
    expect(await calls.readFolderChildren(folder, call)).toHaveLength(2);
  });

  test('to the wait starts a new sync, and no change is lost', async () => {
    const vcsim = await start();
    const proxy = await losingProxy(vcsim);
    const world = await connect(vcsim, { server: { host: '127.0.0.1', port: proxy.port } });
    const direct = await connect(vcsim);
    await world.until('ready', () => world.connection.status.kind === 'Ready');
    await direct.until('ready', () => direct.connection.status.kind === 'Ready');
    const { folder } = landmarks(direct.connection);
    proxy.loseNextAnswer();
    // The first wait was sent before the proxy began to lose answers. So there are two changes: the second is lost.
    await direct.connection.calls.createFolder(folder, 'first', { operationId: 'op', signal: forever });
    await world.until('first', () => world.connection.inventory.entitiesIn(folder).length === 1);
    await direct.connection.calls.createFolder(folder, 'second', { operationId: 'op', signal: forever });
    await world.until('lost', () => world.statuses.some(({ kind }) => kind === 'Connecting'));
    await world.until('ready again', () => world.connection.status.kind === 'Ready');
    const seen = () => world.connection.inventory.entitiesIn(folder).map(({ name }) => name);
    await world.until('second', () => seen().includes('second'));
    expect(seen().sort()).toEqual(['first', 'second']);
    expect(world.changes.filter(({ after }) => after?.name === 'second')).toHaveLength(1);
  });
});

describe('loss', () => {
  test('after vCenter has stopped and started, only differences are sent to listeners', async () => {
    // Below the range of ephemeral ports, so that no other program gets it meanwhile.
    const listen = `127.0.0.1:${20_000 + (process.pid % 10_000)}`;
    const vcsim = await simulator({ machines: 2, listen });
    const world = await connect(vcsim);
    await world.until('ready', () => world.connection.status.kind === 'Ready');
    const names = () => [...world.connection.inventory.virtualMachines()].map(({ name }) => name).sort();
    const before = names();
    await vcsim.stop();
    await world.until('lost', () => world.connection.status.kind === 'Failed');
    expect(errorIn(world.connection.status)).toMatchObject({ code: 'Refused' });
    // The inventory is kept, so that differences can be found.
    expect(names()).toEqual(before);
    world.changes.length = 0;
    await start({ machines: 3, listen });
    await world.until('ready', () => world.connection.status.kind === 'Ready', 60_000);
    expect(names()).toHaveLength(before.length + 1);
    expect(world.changes.some(({ kind, before: was }) => kind === 'VirtualMachine' && was === undefined)).toBe(true);
  });

  test('R8: a vCenter that takes calls and answers none is reported after a probe, long before its wait ends', async () => {
    const vcsim = await start();
    const proxy = await startVCenterProxy(vcsim);
    opened.push(proxy);
    // A small call has 3 s instead of 30, the probe 1 s instead of 10; the wait keeps its two minutes.
    const clock: Clock = {
      ...systemClock,
      setTimer: (delayMs, callback) =>
        systemClock.setTimer([30_000, 10_000].includes(delayMs) ? delayMs / 10 : delayMs, callback),
    };
    const world = await connect(proxy.vcsim, { clock });
    await world.until('ready', () => world.connection.status.kind === 'Ready');
    proxy.add({ failure: { kind: 'Hold', at: 'Request', held: () => undefined } });
    const asked = world.connection.calls.findByInstanceUuid('x', { operationId: 'x', signal: forever });
    await expect(asked).rejects.toMatchObject({ code: 'Timeout' });
    expect(await failureOf(world)).toMatchObject({
      code: 'Timeout',
      message: expect.stringContaining('hangs: FindAllByUuid timed out'),
    });
    expect(proxy.calls.filter(({ operationId }) => operationId === 'vmop-probe')).toHaveLength(1);
    expect(world.statuses.map(({ kind }) => kind)).toEqual(['Ready', 'Failed']);
    proxy.clear();
    proxy.breakConnections();
    await world.until('ready again', () => world.connection.status.kind === 'Ready', 60_000);
  });

  test('calls fail at once with an error if nothing listens', async () => {
    const vcsim = await simulator();
    const address = addressOf(vcsim);
    await vcsim.stop();
    const world = await connect({ ...vcsim, caFile: '/dev/null' }, { server: address, trust: {} });
    expect(await failureOf(world)).toMatchObject({ code: 'Refused', outcome: 'NotSent' });
    const read = world.connection.calls.createFolder({ type: 'Folder', value: 'group-1' }, 'x', {
      operationId: 'x',
      signal: forever,
    });
    await expect(read).rejects.toMatchObject({ name: 'VsphereError', outcome: 'NotSent' });
  });
});
