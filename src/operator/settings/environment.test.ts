import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCredentialsDirectory, readVCenterSettings } from './environment';

const ACCOUNT = { VC_USER: 'operator@vsphere.local', VC_PASS: 'secret' };
const HOST = { VC_HOST: 'vcenter.example.com', ...ACCOUNT };
const PIN = Array.from({ length: 32 }, () => 'AB').join(':');

const refusal = (env: Record<string, string>, insecure = false): string => {
  try {
    readVCenterSettings(env, insecure);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'accepted';
};

describe('readVCenterSettings', () => {
  test('VC_FOLDER may have several levels and that of the cluster', () => {
    const folder = 'platform/$(cluster)';
    expect(readVCenterSettings({ ...HOST, VC_FOLDER: folder }, false).folder).toBe(folder);
    expect(readVCenterSettings(HOST, false).folder).toBe('vm-operator');
  });

  test.each([
    ['vcenter.example.com', 'vcenter.example.com', 443],
    ['vcenter.example.com:8443', 'vcenter.example.com', 8443],
    ['https://vcenter.example.com/sdk', 'vcenter.example.com', 443],
    ['https://127.0.0.1:8989/sdk/', '127.0.0.1', 8989],
    ['https://[::1]:8989', '::1', 8989],
  ])('takes VC_HOST %s', (text, host, port) => {
    expect(readVCenterSettings({ ...ACCOUNT, VC_HOST: text }, false)).toMatchObject({ host, port });
  });

  test('verifies the certificate by default, and trusts a pin when one is given (R11)', () => {
    expect(readVCenterSettings(HOST, false).trust).toEqual({ kind: 'Verified', fingerprints: [] });
    expect(readVCenterSettings(HOST, true).trust).toEqual({ kind: 'Insecure' });
    expect(readVCenterSettings({ ...HOST, VC_FINGERPRINTS: PIN.toLowerCase() }, false).trust).toEqual({
      kind: 'Verified',
      fingerprints: [PIN],
    });
  });

  test('takes a proxy and the kind of login from the environment', () => {
    const proxy = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '.internal' };
    expect(readVCenterSettings({ ...HOST, ...proxy, VC_AUTH: 'TokenByPassword' }, false)).toMatchObject({
      auth: 'TokenByPassword',
      proxy: { host: 'proxy', port: 3128, secure: false },
    });
    const direct = readVCenterSettings({ ...HOST, ...proxy, VC_HOST: 'vc.internal' }, false);
    expect(direct).toMatchObject({ auth: 'Password', proxy: undefined });
  });

  test.each([
    [{}, 'VC_HOST is not set'],
    [{ VC_HOST: 'h' }, 'VC_USER is not set'],
    [{ VC_HOST: 'h', VC_USER: 'u' }, 'VC_PASS is not set'],
    [{ ...HOST, VC_HOST: 'http://h' }, 'VC_HOST "http://h": http is not supported'],
    [{ ...HOST, VC_HOST: 'h/ui' }, 'VC_HOST "h/ui": unexpected path /ui'],
    [{ ...HOST, VC_HOST: 'bad host' }, 'VC_HOST "bad host": not a host name'],
    [{ ...HOST, VC_FOLDER: '/dc/vm/a' }, 'VC_FOLDER "/dc/vm/a": give the path below the datacenter\'s VM folder'],
    [{ ...HOST, VC_FOLDER: 'a/../b' }, 'VC_FOLDER "a/../b": ".." is no name'],
    [
      { ...HOST, VC_FOLDER: 'a/$(namespace)' },
      'VC_FOLDER "a/$(namespace)": $(namespace) is not known here; use $(cluster)',
    ],
    [{ ...HOST, VC_FOLDER: `a/${'x'.repeat(80)}` }, 'VC_FOLDER "a/x'],
    [{ ...HOST, VC_FINGERPRINTS: 'AB:CD' }, 'VC_FINGERPRINTS "AB:CD": not a SHA-256 fingerprint'],
    [{ ...HOST, VC_AUTH: 'Kerberos' }, 'VC_AUTH "Kerberos": use Password or TokenByPassword'],
    [{ ...HOST, HTTPS_PROXY: 'socks5://u:secret@p' }, 'HTTPS_PROXY cannot be used: socks5:// is not supported'],
    [{ ...HOST, VC_CA_FILE: '/does/not/exist' }, 'VC_CA_FILE /does/not/exist'],
  ])('refuses %j, naming the variable and the value', (env, start) => {
    expect(refusal(env)).toContain(start);
    expect(refusal(env)).not.toContain('\n');
  });

  test('refuses --insecure beside a CA or a pin', () => {
    expect(refusal({ ...HOST, VC_FINGERPRINTS: PIN }, true)).toContain('contradicts');
  });
});

describe('a credentials directory', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'vc-creds-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const put = (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  };

  test("gives host and account, as the original's Secret does", async () => {
    put({ VC_HOST: 'vcenter.example.com\n', VC_USER: 'me\n', VC_PASS: 'pass word\n' });
    expect(readVCenterSettings({ VC_CREDENTIALS_DIR: dir }, false)).toMatchObject({
      host: 'vcenter.example.com',
      credentials: { kind: 'Directory', directory: dir },
    });
    expect(await readCredentialsDirectory(dir)).toEqual({ userName: 'me', password: 'pass word' });
  });

  test('takes username and password', async () => {
    put({ username: 'me', password: 'p' });
    expect(await readCredentialsDirectory(dir)).toEqual({ userName: 'me', password: 'p' });
  });

  test('refuses two pairs of files, and none', async () => {
    await expect(readCredentialsDirectory(dir)).rejects.toThrow('put the account into the files VC_USER and VC_PASS');
    put({ username: 'me', password: 'p', VC_USER: 'me', VC_PASS: 'p' });
    await expect(readCredentialsDirectory(dir)).rejects.toThrow('keep one pair');
  });
});
