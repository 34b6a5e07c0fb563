import { beforeEach, describe, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import { errorOfLocalizedFault } from '../fault/fault-error';
import type { VimTransport } from '../transport/transport';
import type { Credentials } from './credentials';
import { silentLog } from './log';
import { LoginBreaker } from './login-breaker';
import { RefusedLogins } from './refused-logins';
import { Session } from './session';

const ref = (type: string) => ({ type, value: type });
const CONTENT = {
  rootFolder: ref('Folder'),
  propertyCollector: ref('PropertyCollector'),
  viewManager: ref('ViewManager'),
  sessionManager: ref('SessionManager'),
  searchIndex: ref('SearchIndex'),
  taskManager: ref('TaskManager'),
  about: { name: 'v', fullName: 'vCenter', version: '8', apiType: 'VirtualCenter', apiVersion: '8' },
};
const OLD = { userName: 'u', password: 'secret-1' };
const NEW = { userName: 'new', password: 'secret-2' };
const call = { operationId: 'test', signal: new AbortController().signal };

let clock: VirtualClock;
/** What vCenter got, by the number of the session: '1 Login', '2 FindAllByUuid'. */
let calls: string[];
/** Sessions that are logged in. */
let living: Set<number>;
let sessions: number;
/** Calls that wait until a test lets them go, by '2 Login'. */
let gates: Map<string, Promise<void>>;
let refused: boolean;
let readCredentials: () => Promise<Credentials>;
let session: Session;

beforeEach(async () => {
  clock = new VirtualClock();
  calls = [];
  living = new Set();
  sessions = 0;
  gates = new Map();
  refused = false;
  readCredentials = async () => OLD;
  session = new Session({
    transport: newTransport(),
    credentials: () => readCredentials(),
    breaker: new LoginBreaker({ refused: new RefusedLogins(clock, () => 0.5), place: 'vc:443' }),
    clock,
    log: silentLog,
  });
  await session.open(call);
  calls.length = 0;
});

function newTransport(): VimTransport {
  sessions += 1;
  const number = sessions;
  const invoke = async (method: string, _self: unknown, parameters: { readonly userName?: string }) => {
    const sent = `${number} ${method}`;
    calls.push(sent);
    await gates.get(sent);
    if (method === 'RetrieveServiceContent') return CONTENT;
    if (method === 'Login' && refused) throw errorOfLocalizedFault({ fault: { xsiType: 'InvalidLogin' } });
    if (method === 'Login') living.add(number);
    if (method === 'Logout') living.delete(number);
    return method === 'Login' ? { key: String(number), userName: parameters.userName } : [];
  };
  const transport = {
    server: 'vc:443',
    invoke,
    forgetSession: () => undefined,
    withoutSession: newTransport,
    close: () => undefined,
  };
  return transport as unknown as VimTransport;
}

/** Holds a call up. The returned function lets it go. */
function hold(sent: string): () => void {
  let release = () => {};
  gates.set(
    sent,
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  return release;
}

function change(credentials: Credentials): void {
  readCredentials = async () => credentials;
}

const find = () => session.invoke('FindAllByUuid', ref('SearchIndex'), { uuid: 'x', vmSearch: true }, call);

describe('new credentials while the old session is used', () => {
  test('get a session of their own at the next keep-alive, and the old session is logged out last', async () => {
    let replaced = 0;
    session.onReplaced(() => {
      replaced += 1;
      // The old session can still be used while the listeners build anew.
      expect(living).toEqual(new Set([1, 2]));
    });
    change(NEW);
    await clock.advance(5 * 60_000);
    expect(replaced).toBe(1);
    expect(session.userName).toBe('new');
    expect(calls).toEqual(['2 Login', '1 Logout']);
    await find();
    expect(calls.at(-1)).toBe('2 FindAllByUuid');
    await session.close();
    expect(living.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  test('are used at once when somebody says that they have changed', async () => {
    change(NEW);
    session.checkCredentials();
    await clock.advance(0);
    expect(calls).toEqual(['2 Login', '1 Logout']);
  });

  test('wait with the log-out until the calls in flight have ended, since they would lose their outcome', async () => {
    const answer = hold('1 FindAllByUuid');
    const found = find();
    change(NEW);
    session.checkCredentials();
    await clock.advance(60_000);
    expect(calls).toEqual(['1 FindAllByUuid', '2 Login']);
    expect(living).toEqual(new Set([1, 2]));
    answer();
    await found;
    await settle();
    expect(calls.at(-1)).toBe('1 Logout');
  });

  test('that are refused are tried once, and the old session stays', async () => {
    refused = true;
    change({ userName: 'u', password: 'wrong' });
    session.checkCredentials();
    await clock.advance(20 * 60_000);
    expect(calls.filter((sent) => sent.endsWith(' Login'))).toEqual(['2 Login']);
    expect(living).toEqual(new Set([1]));
  });

  test('that cannot be read change nothing', async () => {
    readCredentials = () => Promise.reject(new Error('no file'));
    session.checkCredentials();
    await clock.advance(0);
    expect(calls).toEqual(['1 CurrentTime']);
  });
});

describe('R9: no session is left behind', () => {
  test('when new credentials are noticed twice while vCenter is slow with the login', async () => {
    const answer = hold('2 Login');
    change(NEW);
    await clock.advance(5 * 60_000);
    session.checkCredentials();
    await clock.advance(0);
    answer();
    await clock.advance(60_000);
    expect(living.size).toBe(1);
    await session.close();
    expect(living.size).toBe(0);
  });

  test('when credentials change again before the calls of the first session have ended', async () => {
    const answer = hold('1 FindAllByUuid');
    const found = find();
    change(NEW);
    session.checkCredentials();
    await clock.advance(0);
    change({ userName: 'newer', password: 'secret-3' });
    session.checkCredentials();
    await clock.advance(0);
    expect(session.userName).toBe('newer');
    expect(living).toContain(1);
    answer();
    await found;
    await clock.advance(0);
    expect(living).toEqual(new Set([3]));
  });

  test('when the session closes before the calls of the old one have ended', async () => {
    hold('1 FindAllByUuid');
    void find();
    change(NEW);
    session.checkCredentials();
    await clock.advance(0);
    expect(living).toEqual(new Set([1, 2]));
    await session.close();
    expect(living.size).toBe(0);
  });
});

describe('a look for new credentials', () => {
  test('that are the same sends one keep-alive, and the next one comes as usual', async () => {
    await clock.advance(2 * 60_000);
    session.checkCredentials();
    await clock.advance(0);
    expect(calls).toEqual(['1 CurrentTime']);
    await clock.advance(5 * 60_000);
    expect(calls).toEqual(['1 CurrentTime', '1 CurrentTime']);
  });

  test('does nothing once the session is closed', async () => {
    await session.close();
    change(NEW);
    session.checkCredentials();
    await clock.advance(60_000);
    expect(calls).toEqual(['1 Logout']);
    expect(clock.pending).toBe(0);
  });
});
