import { expect, test } from 'vitest';
import { quotedName } from './quoted-name';

test('a name is quoted as it is, and of a very long one the middle is left out', () => {
  const path = `/dc/vm/${'a'.repeat(193)}`;
  expect(quotedName(path)).toBe(`"${path}"`);
  const longer = `/dc/vm/${'a'.repeat(2_000)}/ubuntu`;
  expect(quotedName(longer)).toMatch(/^"\/dc\/vm\/a{73}…a{113}\/ubuntu"$/);
});
