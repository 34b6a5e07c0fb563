/** How connections to a real API server are made, verified, shared and proxied. */
import * as http from 'node:http';
import * as net from 'node:net';
import { expect, test } from 'vitest';
import { connectApiServer, ResourceClient } from '../../src/kubernetes';
import { systemClock } from '../../src/time/clock';
import {
  CONFIG_MAPS,
  type ConfigMap,
  forever,
  GROUPS,
  type Group,
  inParallel,
  type KubernetesWorld,
} from './kubernetes-world';

export function testConnections(worldOf: () => KubernetesWorld): void {
  test('an unreachable server is Unreachable, and a wait ends with the reason of its signal', async () => {
    const world = worldOf();
    const nowhere = connectApiServer({
      clock: systemClock,
      kubeconfigFile: world.rewritten((text) => text.replace(/server: .*/, 'server: https://127.0.0.1:1')),
      userAgent: 'kubernetes-test',
    });
    await expect(nowhere.request({ method: 'GET', path: '/readyz' }, forever)).rejects.toMatchObject({
      code: 'Unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    const leaving = new AbortController();
    const watching = world.groups.watch({ resourceVersion: '0', timeoutSeconds: 60 }, leaving.signal);
    const pending = (async () => {
      for await (const _ of watching);
    })();
    leaving.abort(new Error('no longer needed'));
    await expect(pending).rejects.toThrow('no longer needed');
    nowhere.close();
  });

  test('an untrusted certificate is refused', async () => {
    const world = worldOf();
    const kubeconfigFile = world.rewritten((text) => text.replace(/^\s*certificate-authority-data: .*\n/m, ''));
    const stranger = connectApiServer({ clock: systemClock, kubeconfigFile, userAgent: 'kubernetes-test' });
    await expect(stranger.request({ method: 'GET', path: '/readyz' }, forever)).rejects.toMatchObject({
      code: 'Unreachable',
      message: expect.stringMatching(/certificate/i),
    });
    stranger.close();
  });

  test('TLS with a client certificate works through a proxy', async () => {
    const world = worldOf();
    const tunnels: string[] = [];
    const proxy = http.createServer();
    proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      tunnels.push(request.url ?? '');
      const upstream = net.connect(Number(new URL(world.real.url).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      for (const [one, other] of [
        [socket, upstream],
        [upstream, socket],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as net.AddressInfo;
    const kubeconfigFile = world.rewritten((text) =>
      text.replace(/^(\s*)server: (.*)$/m, `$1server: $2\n$1proxy-url: http://127.0.0.1:${port}`),
    );
    const proxied = connectApiServer({ clock: systemClock, kubeconfigFile, userAgent: 'kubernetes-test' });
    const client = new ResourceClient<Group>(proxied, GROUPS);
    for (let time = 0; time < 10; time += 1) await client.list({}, forever);
    expect(tunnels).toEqual([new URL(world.real.url).host]);
    proxied.close();
    await new Promise((resolve) => proxy.close(resolve));
  });

  test('thousands of requests use one connection', async ({ annotate }) => {
    const world = worldOf();
    const { gate, through } = await world.throughGate();
    const client = new ResourceClient<ConfigMap>(through, CONFIG_MAPS);
    await world.configMaps.create('default', { metadata: { name: 'one' } }, forever);
    const count = 2_000;
    const startMs = systemClock.monotonicMs();
    for (let index = 0; index < count; index += 1) await client.get('default', 'one', forever);
    const perSecond = Math.round(count / ((systemClock.monotonicMs() - startMs) / 1000));
    const parallelMs = systemClock.monotonicMs();
    const connections = gate.connections;
    await inParallel(16, count, () => client.get('default', 'one', forever));
    const parallel = Math.round(count / ((systemClock.monotonicMs() - parallelMs) / 1000));
    await annotate(`16 at a time: ${parallel} requests/s over ${gate.connections} connections`);
    await annotate(`one after the other: ${perSecond} requests/s over ${connections} connection(s)`);
    expect(connections).toBe(1);
    expect(gate.connections).toBeLessThanOrEqual(16);
  });
}
