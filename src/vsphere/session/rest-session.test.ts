import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ModelTagging } from '../../../test/fakes/vcenter/tagging';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { RestAnswer, RestRequest, RestTransport } from '../transport/rest-transport';
import { transportError, type VsphereError } from '../vim25/vsphere-error';
import { silentLog } from './log';
import { LoginBreaker } from './login-breaker';
import { RefusedLogins } from './refused-logins';
import type { RestBase } from './rest-form';
import { type RestCall, RestSession } from './rest-session';

const ACCOUNT = { userName: 'op@vsphere.local', password: 'Only-For-Test:ä' };
const LIST: RestCall = { what: 'ListCategories', effect: 'read', method: 'GET', resource: 'category' };
const SESSIONS = { api: 'POST /api/session', rest: 'POST /rest/com/vmware/cis/session' } as const;

let server: ModelTagging;
let account: typeof ACCOUNT;
let sent: RestRequest[];
/** What happens to the next requests, in order; undefined: they arrive. */
let fates: (RestAnswer | VsphereError | undefined)[];
let first: RestBase;
let session: RestSession;
let clock: VirtualClock;

beforeEach(() => {
  server = new ModelTagging(new Map([[ACCOUNT.userName, ACCOUNT.password]]));
  account = ACCOUNT;
  [sent, fates, first] = [[], [], 'rest'];
  clock = new VirtualClock();
  const transport: RestTransport = {
    server: 'vc:443',
    send: async (request) => {
      sent.push(request);
      const fate = fates.shift();
      if (fate instanceof Error) throw fate;
      return fate ?? server.handle(request);
    },
  };
  const breaker = new LoginBreaker({ refused: new RefusedLogins(clock, () => 0), place: 'vc rest' });
  const credentials = async () => account;
  session = new RestSession({ transport, credentials, breaker, firstBase: () => first, clock, log: silentLog });
});
afterEach(() => session.close());

const context = () => ({ operationId: 'op', signal: new AbortController().signal });
const list = () => session.request(LIST, context());
const paths = () => sent.map(({ method, path }) => `${method} ${path}`);
const logins = () => paths().filter((path) => path === SESSIONS.api || path === SESSIONS.rest).length;

describe('a login', () => {
  test('is made with the first request, and serves the next ones', async () => {
    expect(sent).toEqual([]);
    expect(await list()).toHaveLength(2);
    await list();
    expect(paths()).toEqual([
      SESSIONS.rest,
      'GET /rest/com/vmware/cis/tagging/category',
      'GET /rest/com/vmware/cis/tagging/category',
    ]);
  });

  test('is shared by requests that begin together', async () => {
    await Promise.all([list(), list(), list()]);
    expect(logins()).toBe(1);
    expect(server.sessions.size).toBe(1);
  });

  test('is made at the other form of the API where the first does not exist', async () => {
    server.bases = ['api'];
    expect(await list()).toHaveLength(2);
    expect(paths().slice(0, 3)).toEqual([SESSIONS.rest, SESSIONS.api, 'GET /api/cis/tagging/category']);
  });

  test('of a server with neither form is NotVCenter', async () => {
    server.bases = [];
    await expect(list()).rejects.toMatchObject({ code: 'NotVCenter', outcome: 'Refused' });
  });

  test('that is refused is not sent again with the same password, so that no account is locked', async () => {
    account = { ...ACCOUNT, password: 'wrong' };
    await expect(list()).rejects.toMatchObject({ code: 'InvalidLogin', outcome: 'Refused' });
    await expect(list()).rejects.toMatchObject({ code: 'InvalidLogin' });
    expect(logins()).toBe(1);
    account = ACCOUNT;
    expect(await list()).toHaveLength(2);
  });

  test('R10: no error tells the password or the session', async () => {
    account = { ...ACCOUNT, password: 'another-secret' };
    const error = await list().catch((thrown: VsphereError) => thrown);
    expect(JSON.stringify([error, String(error)])).not.toContain('another-secret');
  });

  test('R14: whose answer is no session is told as that', async () => {
    fates = [{ status: 200, text: '{"value": {"no": "text"}}' }];
    await expect(list()).rejects.toMatchObject({ code: 'MalformedResponse' });
  });
});

describe('a session that has ended', () => {
  test('is replaced once for all requests, and each is sent once more', async () => {
    await list();
    server.sessions.clear();
    expect(await Promise.all([list(), list()])).toHaveLength(2);
    expect(logins()).toBe(2);
  });

  test('again at once ends the request', async () => {
    await list();
    fates = [{ status: 401, text: '' }, undefined, { status: 401, text: '' }];
    await expect(list()).rejects.toMatchObject({ code: 'NotAuthenticated', outcome: 'Refused' });
    expect(logins()).toBe(2);
  });
});

test('new credentials get a session of their own, and the old one is ended', async () => {
  await list();
  account = { ...ACCOUNT, password: 'Only-For-Test: new' };
  server = Object.assign(new ModelTagging(new Map([[ACCOUNT.userName, account.password]])), {
    sessions: server.sessions,
  });
  await list();
  expect(paths().at(-1)).toBe('GET /rest/com/vmware/cis/tagging/category');
  expect(paths()).toContain('DELETE /rest/com/vmware/cis/session');
});

describe('the end', () => {
  test('ends the session, and refuses later requests', async () => {
    await list();
    await session.close();
    expect(server.sessions.size).toBe(0);
    await expect(list()).rejects.toMatchObject({ code: 'Stopped', outcome: 'NotSent' });
  });

  test('without a session sends nothing', async () => {
    await session.close();
    expect(sent).toEqual([]);
  });
});

describe('a failure', () => {
  test.each([
    [{ status: 403, text: '' }, 'NoPermission', 'Refused', 'vc:443 refuses ListCategories: status 403'],
    [{ status: 404, text: '' }, 'NotFound', 'Refused', 'status 404'],
    [{ status: 503, text: '<html/>', retryAfterMs: 5_000 }, 'Unavailable', 'Refused', 'status 503'],
    [{ status: 500, text: '' }, 'Unavailable', 'Unknown', 'status 500'],
    [
      { status: 400, text: '{"type":"com.vmware.x","value":{"messages":[{"default_message":"Not so."}]}}' },
      ...(['InvalidArgument', 'Refused', 'Not so. (status 400)'] as const),
    ],
    [
      { status: 400, text: '{"error_type":"INVALID_ARGUMENT","messages":[]}' },
      ...(['InvalidArgument', 'Refused', 'INVALID_ARGUMENT (status 400)'] as const),
    ],
    [{ status: 200, text: '<html/>' }, 'MalformedResponse', 'Unknown', 'is no JSON'],
  ])('%j is %s', async (answer, code, outcome, words) => {
    await list();
    fates = [answer];
    await expect(list()).rejects.toMatchObject({ code, outcome, message: expect.stringContaining(words) });
  });

  test('of the connection passes as it is', async () => {
    await list();
    fates = [transportError('ConnectionLost', 'lost', 'Unknown')];
    await expect(list()).rejects.toMatchObject({ code: 'ConnectionLost', outcome: 'Unknown' });
  });

  test('a request that is aborted while it waits for the login was not sent', async () => {
    const stop = new AbortController();
    const waiting = session.request(LIST, { operationId: 'op', signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'Aborted', outcome: 'NotSent' });
  });
});
