import { beforeEach, describe, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import { errorOfLocalizedFault } from '../fault/fault-error';
import type { VimTransport } from '../transport/transport';
import { VsphereError } from '../vim25/vsphere-error';
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

const fault = (xsiType: string) => errorOfLocalizedFault({ fault: { xsiType } });
const call = { operationId: 'test', signal: new AbortController().signal };

let clock: VirtualClock;
let calls: string[];
let answers: Map<string, () => unknown>;
let credentials: Credentials;
let session: Session;
let breaker: LoginBreaker;

beforeEach(() => {
  clock = new VirtualClock();
  calls = [];
  credentials = { userName: 'u', password: 'secret-1' };
  answers = new Map<string, () => unknown>([
    ['RetrieveServiceContent', () => CONTENT],
    ['Login', () => ({ key: 'k', userName: 'DOMAIN\\u' })],
  ]);
  breaker = aBreaker(() => 0.5);
  session = newSession();
});

const aBreaker = (random: () => number) =>
  new LoginBreaker({ refused: new RefusedLogins(clock, random), place: 'vc:443' });

function newSession(): Session {
  const invoke = async (method: string) => {
    calls.push(method);
    await Promise.resolve();
    return answers.get(method)?.();
  };
  const transport = { server: 'vc:443', invoke, forgetSession: () => undefined, close: () => undefined };
  return new Session({
    transport: transport as unknown as VimTransport,
    credentials: async () => credentials,
    breaker,
    clock,
    log: silentLog,
  });
}

/** Calls answer NotAuthenticated until the next login. */
function endSession(): void {
  let alive = false;
  const login = answers.get('Login');
  answers.set('Login', () => {
    alive = true;
    return login?.();
  });
  for (const method of ['CurrentTime', 'FindAllByUuid', 'PowerOnVM_Task'])
    answers.set(method, () => {
      if (!alive) throw fault('NotAuthenticated');
      return [];
    });
}

const find = () => session.invoke('FindAllByUuid', ref('SearchIndex'), { uuid: 'x', vmSearch: true }, call);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error as VsphereError,
  );

describe('a session', () => {
  test('opens with a read of the ServiceContent and a login, and has the name of the account', async () => {
    await session.open(call);
    expect(calls).toEqual(['RetrieveServiceContent', 'Login']);
    expect(session.userName).toBe('DOMAIN\\u');
  });

  test('refuses a server that is not a vCenter before it sends credentials', async () => {
    answers.set('RetrieveServiceContent', () => ({ ...CONTENT, about: { ...CONTENT.about, apiType: 'HostAgent' } }));
    expect((await failure(session.open(call)))?.code).toBe('NotVCenter');
    expect(calls).toEqual(['RetrieveServiceContent']);
  });

  test('that has ended gets one new login for all calls, and each call is sent once more', async () => {
    await session.open(call);
    let replaced = 0;
    session.onReplaced(() => {
      replaced += 1;
    });
    endSession();
    calls.length = 0;
    await Promise.all([find(), find(), find()]);
    expect(calls.filter((method) => method === 'Login')).toHaveLength(1);
    expect(calls.filter((method) => method === 'FindAllByUuid')).toHaveLength(6);
    expect(replaced).toBe(1);
  });

  test('whose loss shows in the properties only gets a new login too', async () => {
    await session.open(call);
    let lost = true;
    answers.set('RetrievePropertiesEx', () => {
      const missingSet = [{ path: 'name', fault: { fault: { xsiType: 'NotAuthenticated' } } }];
      return { objects: [lost ? { obj: ref('Folder'), missingSet } : { obj: ref('Folder') }] };
    });
    answers.set('Login', () => {
      lost = false;
      return { key: 'k', userName: 'u' };
    });
    const read = session.invoke('RetrievePropertiesEx', ref('PropertyCollector'), { specSet: [], options: {} }, call);
    expect((await read)?.objects[0]).not.toHaveProperty('missingSet');
  });

  test('is kept alive every five minutes, and is logged out at the end with no timer left', async () => {
    await session.open(call);
    await clock.advance(11 * 60_000);
    expect(calls.filter((method) => method === 'CurrentTime')).toHaveLength(2);
    await session.close();
    expect(calls.at(-1)).toBe('Logout');
    expect(clock.pending).toBe(0);
  });

  test('closes also if Logout is not answered', async () => {
    await session.open(call);
    answers.set('Logout', () => {
      throw new VsphereError('Timeout', 'slow', 'Unknown');
    });
    await session.close();
    expect(clock.pending).toBe(0);
  });
});

describe('the login breaker', () => {
  const logins = () => calls.filter((method) => method === 'Login').length;
  const refuse = (type = 'InvalidLogin') =>
    answers.set('Login', () => {
      throw fault(type);
    });

  test.each(['InvalidLogin', 'PasswordExpired'])(
    'allows one login in half an hour after %s, with any credentials, and the next one when they change',
    async (type) => {
      refuse(type);
      const error = await failure(session.open(call));
      expect(error).toMatchObject({ code: type, outcome: 'Refused' });
      expect(error?.message).toContain('login of u');
      expect(error?.message).not.toContain('secret-1');
      expect(await failure(session.open(call))).toBe(error);
      await clock.advance(36 * 60_000);
      expect(await failure(session.open(call))).toBe(error);
      expect(logins()).toBe(1);
      await clock.advance(60_000);
      await failure(session.open(call));
      await failure(session.open(call));
      expect(logins()).toBe(2);
      credentials = { ...credentials, password: 'secret-2' };
      await failure(session.open(call));
      expect(logins()).toBe(3);
    },
  );

  test('allows one probe, which the keep-alive or a call makes, whichever comes first', async () => {
    await session.open(call);
    endSession();
    refuse();
    expect((await failure(find()))?.code).toBe('InvalidLogin');
    expect((await failure(find()))?.code).toBe('InvalidLogin');
    expect(logins()).toBe(2);
    await clock.advance(37 * 60_000);
    await failure(find());
    await failure(find());
    expect(logins()).toBe(3);
  });

  test.each([
    [0, 32],
    [0.999, 42],
  ])(
    'a probe is due after 32 to 42 minutes, longer than lockout policies count: chance %d gives %d',
    async (chance, minutes) => {
      breaker = aBreaker(() => chance);
      session = newSession();
      refuse();
      await failure(session.open(call));
      expect(Math.round((breaker.probeInMs ?? 0) / 60_000)).toBe(minutes);
    },
  );

  test('ignores failures of the transport', async () => {
    answers.set('Login', () => {
      throw new VsphereError('Timeout', 'slow', 'Unknown');
    });
    await failure(session.open(call));
    await failure(session.open(call));
    await settle();
    expect(logins()).toBe(2);
  });
});
