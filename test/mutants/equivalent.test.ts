import path from 'node:path';
import { expect, test } from 'vitest';
import { allMutants } from './all-mutants';
import { isOne, readEquivalents } from './equivalent';
import { filesOf } from './measure';
import { MUTATED_ROOMS } from './rooms';

const ROOT = path.join(__dirname, '../..');

test('each equivalent mutant that is listed exists in the source, so that no entry outlives its line', async () => {
  const rooms = await Promise.all(MUTATED_ROOMS.map((room) => allMutants(ROOT, filesOf(ROOT, room))));
  const mutants = rooms.flat().flatMap((file) => file.mutants);
  expect(readEquivalents().filter((one) => !mutants.some((mutant) => isOne(mutant, one)))).toEqual([]);
});

test('each of them has a reason, and stands there once', () => {
  const listed = readEquivalents();
  expect(listed.filter(({ reason }) => reason.trim().split(/\s+/).length < 3)).toEqual([]);
  const names = listed.map(({ file, code, mutant }) => [file, code, mutant].join('\n'));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
