import { expect, test } from 'vitest';
import { lastWords } from './last-words';

test('R10: of an error the message and the places are told, and none of its properties', () => {
  const error = Object.assign(new Error('no\nanswer'), { request: { password: 'secret' } });
  const told = lastWords(error);
  expect(told.error).toBe(error);
  expect(told.at).toEqual(expect.arrayContaining([expect.stringContaining('last-words.test.ts')]));
  expect(JSON.stringify({ ...told, error: error.message })).not.toContain('secret');
});

test.each([
  ['an object', { password: 'secret' }, 'a object was thrown'],
  ['a text', 'secret', 'a string was thrown'],
  ['nothing', undefined, 'a undefined was thrown'],
])('R10: of %s only the type is told', (_what, thrown, error) => {
  expect(lastWords(thrown)).toEqual({ error });
});
