import { describe, expect, test } from 'vitest';
import { connectRequest, proxyFromEnvironment } from './proxy';

const VC = { host: 'vc.example.com', port: 443 };

describe('the proxy of the environment', () => {
  test.each<[string, Record<string, string>, unknown]>([
    ['none by default', {}, undefined],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://p:3128' }, { host: 'p', port: 3128, secure: false }],
    ['https_proxy', { https_proxy: 'p:3128' }, { host: 'p', port: 3128, secure: false }],
    ['ALL_PROXY', { ALL_PROXY: 'http://p' }, { host: 'p', port: 80, secure: false }],
    ['a proxy over TLS', { HTTPS_PROXY: 'https://[::1]' }, { host: '::1', port: 443, secure: true }],
    [
      'an account, decoded',
      { HTTPS_PROXY: 'http://u%40d:p%3Aw@p:1' },
      { host: 'p', port: 1, secure: false, userName: 'u@d', password: 'p:w' },
    ],
    ['an empty value', { HTTPS_PROXY: ' ' }, undefined],
    ['HTTP_PROXY is not used', { HTTP_PROXY: 'http://p' }, undefined],
  ])('%s', (_, environment, expected) => expect(proxyFromEnvironment(environment, VC)).toEqual(expected));

  test.each<[string, string, boolean]>([
    ['*', 'vc.example.com', true],
    ['vc.example.com', 'vc.example.com', true],
    ['example.com', 'vc.example.com', true],
    ['.example.com', 'vc.example.com', true],
    ['*.example.com', 'vc.example.com', true],
    ['a, EXAMPLE.com', 'vc.example.com', true],
    ['ample.com', 'vc.example.com', false],
    ['vc.example.com:443', 'vc.example.com', true],
    ['vc.example.com:8443', 'vc.example.com', false],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/16', '10.1.2.3', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['fd00::1', 'fd00::1', true],
    ['[fd00::1]:443', 'fd00::1', true],
    ['', 'localhost', true],
    ['', '127.0.0.9', true],
    ['', '::1', true],
  ])('NO_PROXY "%s" exempts %s: %s', (list, host, isExempt) => {
    const environment = { HTTPS_PROXY: 'http://p', NO_PROXY: list };
    expect(proxyFromEnvironment(environment, { host, port: 443 }) === undefined).toBe(isExempt);
  });

  test.each([
    'socks5://u:secret@p',
    'http://u:secret@',
    'http://u:secret@p:99999',
    'http://u:a/secret@p',
    'http://u:1/secret@p',
    'http://secret#1@p',
    'http://secret?1@p',
    'secret\\1@p',
    'http://u:secret%zz@p',
  ])('%s is refused, and the message does not have it (R10)', (url) => {
    const read = () => proxyFromEnvironment({ HTTPS_PROXY: url }, VC);
    expect(read).toThrow(expect.objectContaining({ code: 'InvalidInput' }));
    expect(read).not.toThrow('secret');
  });
});

test('CONNECT names the server, with brackets around an IPv6 address', () => {
  const proxy = { host: 'p', port: 1, secure: false };
  expect(connectRequest(proxy, { host: 'fd00::1', port: 443 })).toBe(
    'CONNECT [fd00::1]:443 HTTP/1.1\r\nHost: [fd00::1]:443\r\n\r\n',
  );
});
