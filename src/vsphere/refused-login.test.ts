import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MODEL_ACCOUNT, VCenterModel } from '../../test/fakes/vcenter';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import type { Credentials, VCenterConnection } from '.';
import { transportError } from './vim25/vsphere-error';

const MINUTE_MS = 60_000;

let clock: VirtualClock;
let model: VCenterModel;
let credentials: () => Credentials;
let connection: VCenterConnection;
let stop: () => Promise<void>;

beforeEach(() => {
  clock = new VirtualClock();
  model = new VCenterModel({ clock, random: () => 0.5 });
  credentials = () => MODEL_ACCOUNT;
  connection = model.connect({ watchedExtraConfigKeys: [], credentials: async () => credentials() });
});
afterEach(() => stop());

function start(mayProbe?: () => boolean): void {
  const stopping = new AbortController();
  let over = false;
  void connection.run(stopping.signal, mayProbe).then(() => {
    over = true;
  });
  stop = async () => {
    stopping.abort();
    while (!over) await clock.advance(10);
  };
}

const logins = () => model.calls.filter(({ method }) => method === 'Login').length;

describe('a vCenter that calls right credentials wrong, because its identity source is down', () => {
  test('is connected again without a hand, by an operator that was started meanwhile', async () => {
    model.setIdentitySource('Down');
    start();
    await clock.advance(20 * MINUTE_MS);
    expect(connection.status).toMatchObject({ kind: 'Failed', error: { code: 'InvalidLogin' } });
    expect(logins()).toBe(1);
    model.setIdentitySource('Up');
    await clock.advance(20 * MINUTE_MS);
    expect(connection.status.kind).toBe('Ready');
    expect(logins()).toBe(2);
  });

  test('gets two tries in an hour, and the status says when the next is due', async () => {
    model.setIdentitySource('Down');
    start();
    await clock.advance(MINUTE_MS);
    expect(connection.status).toMatchObject({ retryAtWallMs: expect.closeTo(clock.wallMs() + 36 * MINUTE_MS, -5) });
    await clock.advance(58 * MINUTE_MS);
    expect(logins()).toBe(2);
  });
});

describe('credentials that change at the wrong moment', () => {
  test('are taken at once when they are corrected right after the refusal', async () => {
    credentials = () => (logins() === 0 ? { ...MODEL_ACCOUNT, password: 'wrong' } : MODEL_ACCOUNT);
    start();
    await clock.advance(MINUTE_MS);
    expect(connection.status.kind).toBe('Ready');
  });

  test('are taken when they can be read again', async () => {
    const unreadable = transportError('CredentialsUnreadable', 'The file is gone.', 'NotSent');
    credentials = () => {
      throw unreadable;
    };
    start();
    await clock.advance(MINUTE_MS);
    expect(connection.status).toMatchObject({ kind: 'Failed', error: { code: 'CredentialsUnreadable' } });
    credentials = () => MODEL_ACCOUNT;
    await clock.advance(MINUTE_MS);
    expect(connection.status.kind).toBe('Ready');
  });
});

describe('a process that does not lead the vCenter', () => {
  let leads: boolean;
  beforeEach(async () => {
    leads = false;
    model.setIdentitySource('Down');
    start(() => leads);
    await clock.advance(300 * MINUTE_MS);
  });

  test('does not send refused credentials again', () => {
    expect(logins()).toBe(1);
  });

  test('sends them when it leads', async () => {
    model.setIdentitySource('Up');
    leads = true;
    await clock.advance(MINUTE_MS);
    expect(connection.status.kind).toBe('Ready');
    expect(logins()).toBe(2);
  });

  test('sends others at once, and once', async () => {
    credentials = () => ({ ...MODEL_ACCOUNT, password: 'another' });
    await clock.advance(300 * MINUTE_MS);
    expect(logins()).toBe(2);
  });
});
