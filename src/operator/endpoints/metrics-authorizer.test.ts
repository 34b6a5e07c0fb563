import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { ApiError, type ApiRequest, type ApiServer } from '../../kubernetes';
import { MetricsAuthorizer } from './metrics-authorizer';

/** An API server that knows one token. Its user may get /metrics and nothing else. */
function aCluster() {
  const asked: ApiRequest[] = [];
  const state = { down: false, allowed: true, revoked: false };
  const server: ApiServer = {
    server: 'https://model',
    close: () => {},
    stream: () => {
      throw new Error('nothing is watched');
    },
    request: async <T>(request: ApiRequest): Promise<T> => {
      const { path, body } = request;
      asked.push(request);
      if (state.down) throw new ApiError('Unreachable', 'down');
      const { spec } = body as { spec: { token?: string; user?: string; nonResourceAttributes?: { path: string } } };
      if (path.endsWith('/tokenreviews')) {
        const authenticated = spec.token?.startsWith('good') === true && !state.revoked;
        const user = { username: 'prometheus', groups: ['system:serviceaccounts'], uid: 'u' };
        return { status: authenticated ? { authenticated, user } : { authenticated } } as T;
      }
      const allowed = state.allowed && spec.user === 'prometheus' && spec.nonResourceAttributes?.path === '/metrics';
      return { status: { allowed } } as T;
    },
  };
  const clock = new VirtualClock();
  const authorizer = new MetricsAuthorizer(server, clock);
  const admit = (authorization: string | undefined, { address = 'prometheus', path = '/metrics' } = {}) =>
    authorizer.admit({ authorization, address, path });
  /** As somebody does who tries out tokens, each one other. */
  let tried = 0;
  const guess = (times: number, address: string) =>
    Promise.all(Array.from({ length: times }, () => admit(`Bearer guess-${tried++}`, { address })));
  return { asked, state, clock, admit, guess };
}

describe('a reader of the metrics', () => {
  test.each([
    ['without a token', undefined, '/metrics', 401],
    ['with another scheme', 'Basic Z29vZA==', '/metrics', 401],
    ['with an unknown token', 'Bearer bad', '/metrics', 401],
    ['who may not', 'Bearer good', '/debug', 403],
    ['who may', 'Bearer good', '/metrics', 200],
  ] as const)('%s', async (_who, header, path, admission) => {
    const { admit } = aCluster();
    expect(await admit(header, { path })).toBe(admission);
  });

  test('is looked up once per minute, and ten seconds after a refusal', async () => {
    const { admit, asked, clock, state } = aCluster();
    for (let scrape = 0; scrape < 3; scrape += 1) await admit('Bearer good');
    expect(asked).toHaveLength(2);
    state.allowed = false;
    await clock.advance(60_000);
    expect(await admit('Bearer good')).toBe(403);
    state.allowed = true;
    await clock.advance(10_000);
    expect(await admit('Bearer good')).toBe(200);
  });

  test('is admitted again as soon as the API server is back', async () => {
    const { admit, state } = aCluster();
    state.down = true;
    expect(await admit('Bearer good')).toBe(503);
    state.down = false;
    expect(await admit('Bearer good')).toBe(200);
  });

  test.each([
    ['that is longer than any token', `Bearer ${'x'.repeat(8 * 1024)}`],
    ['of other characters', 'Bearer a"b'],
    ['of two words', 'Bearer a b'],
    ['that is empty', 'Bearer '],
  ])('with a token %s is refused, and nobody is asked', async (_what, header) => {
    const { admit, asked } = aCluster();
    expect(await admit(header)).toBe(401);
    expect(asked).toHaveLength(0);
  });
});

describe('while somebody tries out tokens', () => {
  test('only a few of them are looked up, and the others are told to wait', async () => {
    const { guess, asked, clock } = aCluster();
    const answers = await guess(1_000, 'stranger');
    expect(answers.filter((status) => status === 401)).toHaveLength(4);
    expect(answers.filter((status) => status === 429)).toHaveLength(996);
    await clock.advance(60_000);
    await guess(1_000, 'stranger');
    expect(asked).toHaveLength(8);
  });

  test('from many addresses, all together have a limit', async () => {
    const { guess, asked, clock } = aCluster();
    for (let address = 0; address < 1_000; address += 1) await guess(1, `stranger-${address}`);
    expect(asked).toHaveLength(20);
    await clock.advance(1_000);
    for (let address = 0; address < 1_000; address += 1) await guess(1, `stranger-${address}`);
    expect(asked).toHaveLength(25);
  });

  test('a reader who was admitted stays admitted, and is looked up again ahead of the strangers', async () => {
    const { admit, guess, asked, clock, state } = aCluster();
    expect(await admit('Bearer good')).toBe(200);
    for (let minute = 0; minute < 120; minute += 1) {
      for (let address = 0; address < 300; address += 1) await guess(2, `stranger-${address}`);
      asked.length = 0;
      expect(await admit('Bearer good')).toBe(200);
      expect(asked.every(({ priority }) => priority === 'Urgent')).toBe(true);
      await clock.advance(30_000);
    }
    state.revoked = true;
    await clock.advance(60_000);
    expect(await admit('Bearer good')).toBe(401);
  });

  test('from another address, a reader with a new token is admitted', async () => {
    const { admit, guess } = aCluster();
    await guess(1_000, 'stranger');
    expect(await admit('Bearer good')).toBe(200);
    expect(await admit('Bearer good-2')).toBe(200);
  });

  test('a token that was admitted and is refused now counts as unknown', async () => {
    const { admit, asked, clock, state } = aCluster();
    await admit('Bearer good');
    state.revoked = true;
    await clock.advance(60_000);
    expect(await admit('Bearer good')).toBe(401);
    await clock.advance(10_000);
    await admit('Bearer good');
    expect(asked.at(-1)).not.toHaveProperty('priority');
  });
});
