import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { ApiError, type ApiRequest, type ApiServer } from '../../kubernetes';
import { MetricsAuthorizer } from './metrics-authorizer';

/** An API server that knows one token. Its user may get /metrics and nothing else. */
function aCluster() {
  const asked: string[] = [];
  const state = { down: false, allowed: true };
  const server: ApiServer = {
    server: 'https://model',
    close: () => {},
    stream: () => {
      throw new Error('nothing is watched');
    },
    request: async <T>({ path, body }: ApiRequest): Promise<T> => {
      asked.push(path);
      if (state.down) throw new ApiError('Unreachable', 'down');
      const { spec } = body as { spec: { token?: string; user?: string; nonResourceAttributes?: { path: string } } };
      if (path.endsWith('/tokenreviews')) {
        const authenticated = spec.token === 'good';
        const user = { username: 'prometheus', groups: ['system:serviceaccounts'], uid: 'u' };
        return { status: authenticated ? { authenticated, user } : { authenticated } } as T;
      }
      const allowed = state.allowed && spec.user === 'prometheus' && spec.nonResourceAttributes?.path === '/metrics';
      return { status: { allowed } } as T;
    },
  };
  const clock = new VirtualClock();
  return { asked, state, clock, authorizer: new MetricsAuthorizer(server, clock) };
}

describe('a reader of the metrics', () => {
  test.each([
    ['without a token', undefined, '/metrics', 401],
    ['with another scheme', 'Basic Z29vZA==', '/metrics', 401],
    ['with an unknown token', 'Bearer bad', '/metrics', 401],
    ['who may not', 'Bearer good', '/debug', 403],
    ['who may', 'Bearer good', '/metrics', 200],
  ] as const)('%s', async (_who, header, path, admission) => {
    const { authorizer } = aCluster();
    expect(await authorizer.admit(header, path)).toBe(admission);
  });

  test('is looked up once per minute, and ten seconds after a refusal', async () => {
    const { authorizer, asked, clock, state } = aCluster();
    for (let scrape = 0; scrape < 3; scrape += 1) await authorizer.admit('Bearer good', '/metrics');
    expect(asked).toHaveLength(2);
    state.allowed = false;
    await clock.advance(60_000);
    expect(await authorizer.admit('Bearer good', '/metrics')).toBe(403);
    state.allowed = true;
    await clock.advance(10_000);
    expect(await authorizer.admit('Bearer good', '/metrics')).toBe(200);
  });

  test('is admitted again as soon as the API server is back', async () => {
    const { authorizer, state } = aCluster();
    state.down = true;
    expect(await authorizer.admit('Bearer good', '/metrics')).toBe(503);
    state.down = false;
    expect(await authorizer.admit('Bearer good', '/metrics')).toBe(200);
  });
});
