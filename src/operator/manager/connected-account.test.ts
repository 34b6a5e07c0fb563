import { describe, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { aVCenter } from '../../../test/support/builders/vcenter-object';
import type { VCenter } from '../../api/vcenter';
import type { Account } from '../../vcenter/secret-account';
import { connectedAccount } from './connected-account';

const ACCOUNTS: Readonly<Record<string, Account>> = {
  former: { kind: 'Found', credentials: { userName: 'former', password: 'a' } },
  other: { kind: 'Found', credentials: { userName: 'other', password: 'b' } },
};
const NONE: Account = { kind: 'None', reason: 'SecretNotFound', message: 'there is none' };

const named = (secret: string, spec: object = {}, uid = 'u1'): VCenter => {
  const object = aVCenter({ credentials: { secretRef: { name: secret }, method: 'Password' }, ...spec });
  return { ...object, metadata: { ...object.metadata, uid } };
};

describe('the account of a connection', () => {
  const connected = named('former');
  let stored: VCenter | undefined;
  let whileReading: () => void;
  const credentials = connectedAccount(connected, { get: () => stored }, async (secret) => {
    whileReading();
    return ACCOUNTS[secret] ?? NONE;
  });
  const asked = async (now: VCenter | undefined, then: () => void = () => {}) => {
    stored = now;
    whileReading = then;
    try {
      return (await credentials()).userName;
    } catch (error) {
      return error;
    }
  };
  const unreadable = (message: string) =>
    expect.objectContaining({ code: 'CredentialsUnreadable', outcome: 'NotSent', message });
  const CHANGED = expect.stringContaining('have changed: it is connected anew with them');
  const endpoint = { host: 'elsewhere', port: 443 };

  test('is that of the Secret that the object names now', async () => {
    expect(await asked(connected)).toBe('former');
    expect(await asked(named('other'))).toBe('other');
    expect(await asked(named('missing'))).toEqual(unreadable(expect.stringContaining('there is none')));
  });

  test('R10: is refused once the object names another server, or is another object', async () => {
    expect(await asked(named('other', { endpoint }))).toEqual(unreadable(CHANGED));
    expect(await asked(named('other', { tls: { insecureSkipVerify: true } }))).toEqual(unreadable(CHANGED));
    const gone = unreadable(expect.stringContaining('is gone'));
    expect(await asked(named('other', {}, 'u2'))).toEqual(gone);
    expect(await asked(undefined)).toEqual(gone);
  });

  test('R10: is refused when the object changes while the Secret is read', async () => {
    const change = () => {
      stored = named('other', { endpoint });
    };
    expect(await asked(connected, change)).toEqual(unreadable(CHANGED));
  });
});

test('R10, R15: a new account is never sent to the former server of its VCenter, however late that is reconciled', async () => {
  const world = await ManagedWorld.with();
  const former = await world.addVCenter('former');
  await world.addVCenter('next', { namespaceSelector: { matchLabels: { none: 'x' } } });
  await world.addAccount('new-account');
  const loginsAtFormer = () => former.calls.filter(({ method }) => method === 'Login').length;
  // Refused, so the connection looks for another account every 10 s.
  await world.changeAccount('former-account', { userName: 'operator@vsphere.local', password: 'wrong' });
  world.start('operator');
  await world.clock.advance(60_000);
  const before = loginsAtFormer();
  const slow = ({ path, method }: { readonly path: string; readonly method: string }) =>
    method === 'PATCH' && path.endsWith('/vcenters/former/status')
      ? ({ kind: 'Delay', ms: 25_000 } as const)
      : undefined;
  world.model.faultFor = slow;
  const change = (spec: object) =>
    world.administrators.mergePatch('', 'former', { spec }, new AbortController().signal);
  await change({ namespaceSelector: { matchLabels: { a: 'b' } } });
  await world.clock.advance(100);
  await change({ endpoint: { host: 'next', port: 443 }, credentials: { secretRef: { name: 'new-account' } } });
  await world.clock.advance(90_000);
  expect(loginsAtFormer()).toBe(before);
  expect((await world.vcenterObject('former')).status?.about?.instanceUuid).toBe('next');
  await world.end();
});
