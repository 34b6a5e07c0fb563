import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { connectApiServer } from './api-server';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'password-in-url-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test.each(['http://u:hunter2@p:99999', 'http://u:a/hunter2@p:1', 'http://u:1/hunter2@p:1', 'http://u:1#hunter2@p'])(
  'R10: HTTPS_PROXY that cannot be used fails the request, and is not shown: %s',
  async (proxy) => {
    for (const name of ['HTTPS_PROXY', 'https_proxy']) vi.stubEnv(name, proxy);
    const kubeconfigFile = path.join(folder, 'kubeconfig');
    const config = {
      'current-context': 'test',
      contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: 'https://cluster.example.com' } }],
      users: [{ name: 'u', user: { token: 'a-token' } }],
    };
    writeFileSync(kubeconfigFile, JSON.stringify(config));
    const server = connectApiServer({ clock: new VirtualClock(), kubeconfigFile, userAgent: 'test' });
    const message = await server.request({ method: 'GET', path: '/version' }, new AbortController().signal).then(
      () => 'answered',
      (error: unknown) => String(error),
    );
    server.close();
    expect(message).toMatch(/HTTPS_PROXY (is not a URL|has a "@" behind its host): /);
    expect(message).not.toContain('hunter2');
  },
);
