import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '../../src/operator/endpoints/self-signed-certificate';
import { type Clock, systemClock } from '../../src/time/clock';
import { fileCredentials, type TrustSettings } from '../../src/vsphere';
import { isDataObject, listOf } from '../../src/vsphere/fault/classify';
import { readObjects } from '../../src/vsphere/property/property-reader';
import type { Log } from '../../src/vsphere/session/log';
import type { Session } from '../../src/vsphere/session/session';
import { addressOf, administrator, connected, forever, landmarks, simulator } from './vsphere-world';

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function credentialFiles(userName: string, password: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-creds-'));
  opened.push(() => rm(folder, { recursive: true, force: true }));
  const write = async (user: string, pass: string) => {
    await writeFile(path.join(folder, 'username'), `${user}\n`);
    await writeFile(path.join(folder, 'password'), `${pass}\n`);
  };
  await write(userName, password);
  return { provider: fileCredentials(folder), write };
}

function recordingLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const at =
    (level: string) =>
    (message: string, fields: object = {}) =>
      void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { lines, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

/** User names of the sessions at the simulator. */
async function sessionUsers(admin: Session): Promise<readonly string[]> {
  const { sessionManager } = admin.service;
  const [object] = (await readObjects(admin, [sessionManager], ['sessionList'], { operationId: 'x', signal: forever }))
    .objects;
  const list = listOf(object?.propSet?.[0]?.val);
  return list.map((session) => (isDataObject(session) ? String(session.userName) : ''));
}

describe('credentials', () => {
  test('that change in vCenter and in their files are used without a restart', async () => {
    const before = await simulator({ password: 'first-password' });
    const files = await credentialFiles(before.user, 'first-password');
    const caBundle = await readFile(before.caFile, 'utf8');
    const world = await connected(before, { credentials: files.provider, trust: { caBundle } });
    opened.push(() => world.stop());
    await world.until('ready', () => world.connection.status.kind === 'Ready');
    const { folder } = landmarks(world.connection);
    await before.stop();
    const after = await simulator({ password: 'second-password', listen: new URL(before.url).host });
    opened.push(() => after.stop());
    await world.until(
      'refused',
      () => world.statuses.some((one) => one.kind === 'Failed' && one.error.code === 'InvalidLogin'),
      60_000,
    );
    await files.write(after.user, 'second-password');
    await world.until('ready again', () => world.connection.status.kind === 'Ready', 30_000);
    // One try with the old content, one with the new, so that no account is locked (LoginBreaker).
    const outcomes = world.calls.filter(({ method }) => method === 'Login').map(({ code }) => code ?? 'OK');
    expect(outcomes).toEqual(['OK', 'InvalidLogin', 'OK']);
    const made = await world.connection.calls.createFolder(folder, 'works', { operationId: 'x', signal: forever });
    expect(made.type).toBe('Folder');
  });

  test('that change in their files only are used for a new session, and then the old session is ended', async () => {
    // It accepts any account.
    const vcsim = await simulator({ user: '', password: '' });
    opened.push(() => vcsim.stop());
    const files = await credentialFiles('first@vsphere.local', 'a');
    // The keep-alive is sent after 300 ms instead of five minutes.
    const clock: Clock = {
      ...systemClock,
      setTimer: (delayMs, callback) => systemClock.setTimer(delayMs === 300_000 ? 300 : delayMs, callback),
    };
    const world = await connected(vcsim, { credentials: files.provider, clock });
    opened.push(() => world.stop());
    await world.until('ready', () => world.connection.status.kind === 'Ready');
    const admin = await administrator({ ...vcsim, administrator: 'admin@vsphere.local', password: 'x' });
    opened.push(() => admin.close());
    expect([...(await sessionUsers(admin.session))].sort()).toEqual(['admin@vsphere.local', 'first@vsphere.local']);
    await files.write('second@vsphere.local', 'b');
    await world.until('the new account is used', () => world.connection.userName === 'second@vsphere.local');
    const methods = () => world.calls.map(({ method }) => method);
    // The log-out is no event of the connection, so the test polls.
    await expect.poll(methods).toContain('Logout');
    await world.until('ready again', () => world.connection.status.kind === 'Ready');
    expect([...(await sessionUsers(admin.session))].sort()).toEqual(['admin@vsphere.local', 'second@vsphere.local']);
    expect(methods().lastIndexOf('Login')).toBeLessThan(methods().indexOf('Logout'));
    expect([...world.connection.inventory.virtualMachines()]).not.toEqual([]);
  });
});

describe('trust', () => {
  test('that is corrected in its file wakes a refused connection within seconds, not after half an hour', async () => {
    const vcsim = await simulator();
    opened.push(() => vcsim.stop());
    const right = await readFile(vcsim.caFile, 'utf8');
    const nowMs = systemClock.wallMs();
    const wrong = selfSignedCertificate({ names: ['127.0.0.1'], notBeforeMs: nowMs - 1e6, notAfterMs: nowMs + 1e9 });
    let settings: TrustSettings = { caBundle: wrong.cert };
    const world = await connected(vcsim, { trust: async () => settings });
    opened.push(() => world.stop());
    await world.until('refused', () => world.connection.status.kind === 'Failed');
    expect(world.connection.status).toMatchObject({ error: { code: 'TLSUntrusted' } });
    settings = { caBundle: 'cut off as it was written' };
    await world.until(
      'unreadable',
      () => world.statuses.some((one) => one.kind === 'Failed' && one.error.code === 'InvalidInput'),
      15_000,
    );
    settings = { caBundle: right };
    await world.until('ready', () => world.connection.status.kind === 'Ready', 15_000);
  });
});

test('an unreachable vCenter is one warning in the log, and its return is one line', async () => {
  const before = await simulator();
  const caBundle = await readFile(before.caFile, 'utf8');
  await before.stop();
  const { log, lines } = recordingLog();
  // Its certificate file was removed with it.
  const away = { ...before, caFile: '/dev/null' };
  const world = await connected(away, { log, trust: { caBundle }, random: () => 0.9 });
  opened.push(() => world.stop());
  const failures = () => world.statuses.filter(({ kind }) => kind === 'Failed').length;
  await world.until('several tries', () => failures() >= 5);
  expect(lines.filter((line) => line.startsWith('warn not connected to vCenter {'))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith('debug not connected to vCenter, as before'))).toHaveLength(4);
  const after = await simulator({ listen: new URL(before.url).host });
  opened.push(() => after.stop());
  await world.until('ready', () => world.connection.status.kind === 'Ready', 60_000);
  expect(lines.filter((line) => line.startsWith('info connected to vCenter'))).toHaveLength(1);
  expect(addressOf(after)).toEqual(addressOf(before));
});
