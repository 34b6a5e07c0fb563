import { expect, test } from 'vitest';
import { remedyOf } from './fault-remedies';

test.each(['NoDiskSpace', 'Timeout', 'SecretNotFound'])('%s has a remedy, without a link', (reason) => {
  expect(remedyOf(reason)).toMatch(/^[A-Z].+\.$/);
  expect(remedyOf(reason)).not.toMatch(/\]\(/);
});

test('a word that is in no table has none', () => expect(remedyOf('SomethingNew')).toBeUndefined());
