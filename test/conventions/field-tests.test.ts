/** No field of the API is without a test that names it, together with the object that it is in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { servedSchema } from '../../crds/schema';
import { readCrds } from '../../docs/crd-page';
import { fieldsOf } from './api-fields';
import { ROOT } from './command';

/** The words of each file with tests, or with the cases of a test. */
const tests: readonly ReadonlySet<string>[] = ['crds', 'src', 'charts', 'test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(\.test|cases)\.ts$/.test(name) && !name.includes('field-tests'))
    .map((name) => new Set(readFileSync(join(ROOT, folder, name), 'utf8').match(/\w+/g))),
);

test.each(readCrds())('every field of $spec.names.kind is named by a test', (crd) => {
  const { spec = {}, status = {} } = servedSchema(crd).properties ?? {};
  const fields = [...fieldsOf('spec', spec), ...fieldsOf('status', status)];
  expect(fields.length).toBeGreaterThan(0);
  const untested = fields.filter(([parent, name]) => {
    const object = parent.replaceAll('[]', '').split('.').at(-1) ?? '';
    return !tests.some((words) => words.has(name) && words.has(object));
  });
  expect(untested.map(([parent, name]) => `${parent}.${name}`)).toEqual([]);
});
