import { describe, expect, test } from 'vitest';
import { aVCenter } from '../../../../test/support/builders/vcenter-object';
import { VirtualClock } from '../../../../test/support/time/virtual-clock';
import { ApiError, type ApiRequest, type ApiServer } from '../../../kubernetes';
import { readerOf } from './cluster-reader';

const { signal } = new AbortController();

function reader(answer: (request: ApiRequest) => unknown) {
  const server: ApiServer = {
    server: 'https://here',
    request: async <T>(request: ApiRequest) => answer(request) as T,
    stream: () => expect.unreachable('nothing is watched'),
    close: () => {},
  };
  return readerOf(server, new VirtualClock(), 'operator');
}
const refusing = (code: string) =>
  reader(() => {
    throw new ApiError(code, 'no');
  });

test('all pages of VCenters are read, in a form that can be read (R14)', async () => {
  const pages = [
    { items: [aVCenter()], metadata: { resourceVersion: '1', continue: 'more' } },
    { items: [{ ...aVCenter(), spec: 5 }], metadata: { resourceVersion: '1' } },
  ];
  const found = await reader(({ query }) => pages[query?.continue === 'more' ? 1 : 0]).vcenters(signal);
  expect(found).toMatchObject({
    kind: 'Listed',
    vcenters: [{ spec: { endpoint: { port: 443 } } }, { specProblems: [expect.stringContaining('spec')] }],
  });
});

describe('why VCenters are not known is told', () => {
  test.each([
    ['NotFound', 'NoKind'],
    ['Forbidden', 'Forbidden'],
    ['Timeout', 'Failed'],
    ['Unreachable', 'Failed'],
  ])('%s', async (code, kind) => {
    expect(await refusing(code).vcenters(signal)).toEqual({ kind, why: `[${code}] no` });
  });
});

test('an API server that does not answer has no namespaces and no accounts, and says why', async () => {
  const down = refusing('Unreachable');
  expect(await down.namespaces(signal)).toEqual({ kind: 'Unknown', why: '[Unreachable] no' });
  expect(await down.account('name', signal)).toMatchObject({ kind: 'None', reason: 'SecretUnreadable' });
  expect(await down.stored({ namespace: 'shop', name: 'web' }, signal)).toMatchObject({ kind: 'Unknown' });
  expect(await down.clusterId(signal)).toBeUndefined();
  expect(await down.groupUids(signal)).toBeUndefined();
});

test('namespaces have their labels, and Secrets are those of the namespace of the operator', async () => {
  const paths: string[] = [];
  const up = reader(({ path }) => {
    paths.push(path);
    if (path.includes('/secrets/')) return { data: { username: 'dQ==', password: 'cA==' } };
    return {
      items: [{ metadata: { name: 'shop', labels: { a: 'b' } } }, { metadata: { name: 'lab' } }],
      metadata: { resourceVersion: '1' },
    };
  });
  expect(await up.namespaces(signal)).toEqual({
    ...{ kind: 'Listed', labels: new Map(Object.entries({ shop: { a: 'b' }, lab: {} })) },
  });
  expect(await up.account('east', signal)).toMatchObject({ kind: 'Found' });
  expect(paths).toEqual(['/api/v1/namespaces', '/api/v1/namespaces/operator/secrets/east']);
});
