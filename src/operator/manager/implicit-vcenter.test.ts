import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { classifyFailure } from '../../vsphere';
import { atConnect, credentialsOf, hostOf, trustOf } from './implicit-vcenter';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vm-operator-settings-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('a file that can not be read while the operator runs', () => {
  test('of the credentials is told with its folder and the remedy, and is no bug of the operator', async () => {
    const credentials = atConnect(credentialsOf({ credentials: { kind: 'Directory', directory } }));
    const error = await credentials().catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'CredentialsUnreadable', outcome: 'NotSent' });
    expect(error.message).toContain(
      `VC_CREDENTIALS_DIR ${directory}: put the account into the files VC_USER and VC_PASS`,
    );
    expect(classifyFailure(error)).toMatchObject({ class: 'auth' });
  });

  test.each([
    ['gone', undefined, 'ENOENT'],
    ['no certificate', 'half of a', 'holds no PEM certificate'],
  ])('of the CA is told with its path when it is %s', async (_, content, why) => {
    const caFile = join(directory, 'ca.crt');
    if (content !== undefined) await writeFile(caFile, content);
    const trust = atConnect(trustOf({ kind: 'Verified', caFile, fingerprints: [] }));
    const error = await trust().catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'CredentialsUnreadable', outcome: 'NotSent' });
    expect(error.message).toContain(`VC_CA_FILE ${caFile}`);
    expect(error.message).toContain(why);
  });
});

test.each([
  [{ host: 'vcenter.example.com', port: 443 }, 'vcenter.example.com'],
  [{ host: 'vcenter.example.com', port: 8443 }, 'vcenter.example.com:8443'],
  [{ host: '2001:db8::1', port: 443 }, '[2001:db8::1]'],
])('the vCenter of the environment is shown to people by its server: %o', (server, shown) => {
  expect(hostOf(server)).toBe(shown);
});
