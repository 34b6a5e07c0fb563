import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KubeConfigError, loadKubeConfig, namespaceOfContext } from './kube-config';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kube-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const file = path.join(folder, 'kubeconfig');
  writeFileSync(file, text);
  return file;
}

/** A kubeconfig whose current context leads to this cluster. */
function withCluster(cluster: object): string {
  return written(
    JSON.stringify({
      'current-context': 'test',
      contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'u', user: { token: 'hunter2' } }],
    }),
  );
}

const load = (file: string) => () => loadKubeConfig(file);

describe('a kubeconfig', () => {
  test('that does not exist is named', () => {
    expect(load(path.join(folder, 'none'))).toThrow(KubeConfigError);
    expect(load(path.join(folder, 'none'))).toThrow(/none: there is no such file/);
  });

  test.each([
    ['empty', '', /empty or not/],
    ['not YAML', 'token: "hunter2\nfoo: [', /not valid YAML \(line \d+\)/],
    ['without a context', 'clusters: []\nusers: []\ncontexts: []\n', /no usable current context/],
  ])('that is %s is refused, without a quote from it (R10)', (_, text, message) => {
    expect(load(written(text))).toThrow(message);
    expect(load(written(text))).not.toThrow('hunter2');
  });

  test('with plain http is refused unless verification is off', () => {
    const server = 'http://127.0.0.1:8001';
    expect(load(withCluster({ server }))).toThrow(/must be an https URL/);
    expect(load(withCluster({ server, 'insecure-skip-tls-verify': true }))).not.toThrow();
  });

  test('whose server is no URL is refused with the name of the cluster and the value', () => {
    expect(load(withCluster({ server: 'api.example.com' }))).toThrow(/server of cluster c is not a URL: api\.example/);
  });

  test.each([
    'https://admin:hunter2@127.0.0.1:6443',
    'https://admin@example.com:hunter2@127.0.0.1:6443',
    'https://admin:1/hunter2@127.0.0.1:6443',
    'http://admin:hunter2@127.0.0.1',
    'admin:hunter2@127.0.0.1',
    'admin:hunter2',
  ])('R10: whose server has an account in it is refused, and the server is not shown: %s', (server) => {
    const read = load(withCluster({ server, 'insecure-skip-tls-verify': true }));
    expect(read).toThrow(/the server of cluster c has an account in its address, which is not shown: give https:/);
    expect(read).not.toThrow(/hunter2|admin/);
  });

  test.each(['http://u:hunter2@p:99999', 'http://u:a/hunter2@p', 'http://u:1/hunter2@p', 'u hunter2'])(
    'R10: whose proxy-url cannot be used is refused, and it is not shown: %s',
    (proxy) => {
      const read = load(withCluster({ server: 'https://127.0.0.1:6443', 'proxy-url': proxy }));
      expect(read).toThrow(/the proxy-url of cluster c (is not a URL|has a "@" behind its host): /);
      expect(read).not.toThrow('hunter2');
    },
  );

  test('may have an account in its proxy-url, as URLs have it', () => {
    for (const proxy of ['http://u:p@proxy:3128', 'socks5://u:p@proxy', 'https://u%40d:a%2Fb@proxy/'])
      expect(load(withCluster({ server: 'https://127.0.0.1:6443', 'proxy-url': proxy }))).not.toThrow();
  });
});

describe('a context', () => {
  const server = 'https://127.0.0.1:6443';
  const file = () =>
    written(
      JSON.stringify({
        'current-context': 'test',
        contexts: [
          { name: 'test', context: { cluster: 'c', user: 'u' } },
          { name: 'lab', context: { cluster: 'd', user: 'u', namespace: 'shop' } },
        ],
        clusters: [
          { name: 'c', cluster: { server } },
          { name: 'd', cluster: { server: 'https://lab:6443' } },
        ],
        users: [{ name: 'u', user: { token: 'hunter2' } }],
      }),
    );

  test('that is named is used instead of the current one', () => {
    expect(loadKubeConfig(file()).getCurrentCluster()?.server).toBe(server);
    expect(loadKubeConfig(file(), 'lab').getCurrentCluster()?.server).toBe('https://lab:6443');
  });

  test('that is not there is refused, with those that are', () => {
    expect(() => loadKubeConfig(file(), 'prod')).toThrow(/has no context prod: name one of test, lab$/);
  });

  test('has a namespace, else it is default, as for kubectl', () => {
    expect(namespaceOfContext(file(), 'lab')).toBe('shop');
    expect(namespaceOfContext(file(), undefined)).toBe('default');
  });
});
