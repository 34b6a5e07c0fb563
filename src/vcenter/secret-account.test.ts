import { describe, expect, test } from 'vitest';
import { ApiError, type ApiRequest, type ApiServer } from '../kubernetes';
import { classifyFailure, VsphereError } from '../vsphere';
import { accountIn, accountReader, credentialsOf } from './secret-account';

const USER = 'operator@vsphere.local';
const PASSWORD = 'hunter2-äöü';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const [user, password] = [base64(USER), base64(PASSWORD)];
const FOUND = { kind: 'Found', credentials: { userName: USER, password: PASSWORD } };
const accountOf = (data: Record<string, unknown>) => accountIn({ data }, 'Secret operator/east');
const why = (data: Record<string, unknown>) => {
  const account = accountOf(data);
  return account.kind === 'None' ? `${account.reason}: ${account.message}` : account;
};

describe('a Secret has an account', () => {
  test.each(['username and password', 'VC_USER and VC_PASS'])('in the keys %s', (keys) => {
    const [first = '', second = ''] = keys.split(' and ');
    expect(accountOf({ [first]: user, [second]: password })).toEqual(FOUND);
  });

  test('beside other keys, and beside half of the other pair', () => {
    expect(accountOf({ username: user, password, 'tls.crt': 'x', VC_USER: base64('half') })).toEqual(FOUND);
  });

  test.each(['\n', '\r\n'])('without the line break %j at the end, as editors put one there', (end) => {
    expect(accountOf({ username: base64(USER + end), password: base64(PASSWORD + end) })).toEqual(FOUND);
  });

  test('with spaces, and with line breaks that are not at the end, as they are', () => {
    const credentials = { userName: ' a ', password: 'b\nc\n' };
    const account = accountOf({
      username: base64(credentials.userName),
      password: base64(`${credentials.password}\n`),
    });
    expect(account).toEqual({ kind: 'Found', credentials });
  });
});

describe('a Secret has no account', () => {
  const EMPTY =
    'KeysMissing: Secret operator/east: username or password is empty or no text: put the account into these keys';
  const NO_KEYS = 'KeysMissing: Secret operator/east has no account: put it into the keys username and password';

  test('without keys, or with half of each pair', () => {
    expect(accountIn({}, 'Secret operator/east')).toMatchObject({ reason: 'KeysMissing' });
    expect(why({})).toBe(NO_KEYS);
    expect(why({ username: user, VC_PASS: password })).toBe(NO_KEYS);
  });

  test('with both pairs, also if they are equal', () => {
    expect(why({ username: user, password, VC_USER: user, VC_PASS: password })).toBe(
      'AmbiguousKeys: Secret operator/east has both VC_USER/VC_PASS and username/password: keep one pair',
    );
  });

  test.each<[string, unknown]>([
    ['is empty', ''],
    ['is a line break only', base64('\n')],
    ['is not UTF-8', Buffer.from([0x70, 0xff, 0xfe]).toString('base64')],
    ['is no text', 7],
    ['is null', null],
  ])('when a value %s', (_, value) => {
    expect(why({ username: user, password: value })).toBe(EMPTY);
    expect(why({ username: value, password })).toBe(EMPTY);
  });

  test('in what every object inherits', () => {
    const inherited = Object.create({ username: user, password }) as Record<string, unknown>;
    expect(why(inherited)).toBe(NO_KEYS);
  });
});

describe('the reader', () => {
  const never = new AbortController().signal;

  function reading(answer: (request: ApiRequest) => unknown) {
    const asked: string[] = [];
    const request = async (sent: ApiRequest) => {
      asked.push(`${sent.method} ${sent.path}`);
      return answer(sent);
    };
    const server = { server: 'https://model', request, close: () => {} } as unknown as ApiServer;
    return { asked, read: accountReader(server, 'operator') };
  }

  const refusing = (error: unknown) =>
    reading(() => {
      throw error;
    });

  test('R10: asks for the one Secret by its name', async () => {
    const { asked, read } = reading(() => ({ data: { username: user, password } }));
    expect(await read('east', never)).toEqual(FOUND);
    expect(asked).toEqual(['GET /api/v1/namespaces/operator/secrets/east']);
  });

  test.each<[string, unknown, string]>([
    [
      'does not exist',
      new ApiError('NotFound', 'x'),
      'SecretNotFound: Secret operator/east does not exist: create it with the keys username and password',
    ],
    [
      'may not be read',
      new ApiError('Forbidden', 'x'),
      'SecretForbidden: the operator may not read Secret operator/east: grant it get on Secrets in its namespace',
    ],
    [
      'is not given',
      new ApiError('Timeout', 'no answer'),
      'SecretUnreadable: Secret operator/east cannot be read: [Timeout] no answer',
    ],
    [
      'is something else',
      new TypeError(`cannot read ${PASSWORD}`),
      'SecretUnreadable: Secret operator/east cannot be read: the answer is not a Secret',
    ],
  ])('tells that the Secret %s', async (_, error, sentence) => {
    const account = await refusing(error).read('east', never);
    expect(account.kind === 'None' && `${account.reason}: ${account.message}`).toBe(sentence);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', `{"data":{"password":"${password}"`],
    ['data that is null', { data: null }],
    ['data that is a text', { data: password }],
    ['data that is a list', { data: [user, password] }],
  ])('R10, R14: takes %s for no account, and shows nothing of it', async (_, answer) => {
    const account = await reading(() => answer).read('east', never);
    expect(account).toMatchObject({ kind: 'None' });
    expect(JSON.stringify(account)).not.toContain(password);
  });

  test('rejects with the reason of its signal only', async () => {
    const stop = new AbortController();
    const { read } = reading(() => {
      stop.abort(new Error('stopping'));
      throw new ApiError('Timeout', 'no answer');
    });
    await expect(read('east', stop.signal)).rejects.toThrow('stopping');
  });
});

describe('R10: no message has anything of the Secret', () => {
  test.each<[string, Record<string, unknown>]>([
    ['both pairs', { username: user, password, VC_USER: user, VC_PASS: password }],
    ['half an account', { username: user, VC_PASS: password }],
    ['a password that is no text', { username: user, password: Buffer.from([0xff]).toString('base64') }],
    ['a user name that is empty', { username: '', password }],
  ])('with %s', (_, data) => {
    const text = JSON.stringify(accountOf(data));
    for (const secret of [USER, PASSWORD, user, password]) expect(text).not.toContain(secret);
  });
});

function failureOf(work: () => unknown): VsphereError {
  try {
    work();
  } catch (error) {
    if (error instanceof VsphereError) return error;
  }
  throw new Error('no VsphereError was thrown');
}

test('a login without an account fails with the reason, as an account that a person has to mend', () => {
  expect(credentialsOf(accountOf({ username: user, password }))).toEqual(FOUND.credentials);
  const thrown = failureOf(() => credentialsOf(accountOf({})));
  expect(thrown).toMatchObject({ code: 'CredentialsUnreadable', outcome: 'NotSent' });
  expect(String(thrown)).toContain('Secret operator/east has no account');
  expect(classifyFailure(thrown)).toMatchObject({ class: 'auth' });
});
