import { expect, test } from 'vitest';
import type { ApiRequest, ApiServer } from '../../kubernetes';
import { readOnly } from './read-only';

test('only GET reaches an API server that is read only', async () => {
  const sent: string[] = [];
  const server: ApiServer = {
    server: 'https://here',
    request: async ({ method }: ApiRequest) => {
      sent.push(method);
      throw new Error('reached');
    },
    stream: async function* ({ method }: ApiRequest) {
      yield sent.push(method);
    },
    close: () => {},
  };
  const { signal } = new AbortController();
  const reader = readOnly(server);
  await expect(reader.request({ method: 'GET', path: '/' }, signal)).rejects.toThrow('reached');
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    await expect(reader.request({ method, path: '/' }, signal)).rejects.toThrow(`${method} was not sent`);
    expect(() => reader.stream({ method, path: '/' }, signal)).toThrow(`${method} was not sent`);
  }
  expect(sent).toEqual(['GET']);
});
