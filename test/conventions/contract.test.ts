import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { breakingChanges, type ReleasedCrd } from '../../crds/breaking-changes';
import { type CrdManifest, type Schema, servedSchema } from '../../crds/schema';
import { ROOT } from './command';

const CRDS = readdirSync(join(ROOT, 'crds')).filter((file) => file.endsWith('.yaml'));

function readCrd(file: string): CrdManifest {
  return parse(readFileSync(join(ROOT, 'crds', file), 'utf8'));
}

test.for(CRDS)('every field of %s has a text for kubectl explain', (file) => {
  const silent = fieldsOf(servedSchema(readCrd(file)))
    .filter(([path, { description }]) => path !== 'metadata' && (description ?? '').trim() === '')
    .map(([path]) => path);
  expect(silent, 'These fields have no description. Give them one in crds/.').toEqual([]);
});

test.for(CRDS)('every text, list, map and number of the spec of %s has limits', (file) => {
  const boundless = fieldsOf(servedSchema(readCrd(file)))
    .filter(([path]) => path.startsWith('spec.'))
    .filter(([, field]) => [field, ...valuesIn(field)].some(isBoundless))
    .map(([path]) => path);
  expect(boundless, 'These fields have no limits. CEL rules and the size of objects need them: crds/.').toEqual([]);
});

/** The items of a list, or the values of a map. */
function valuesIn({ items, additionalProperties }: Schema): readonly Schema[] {
  return [items, typeof additionalProperties === 'object' ? additionalProperties : undefined].filter(
    (schema) => schema !== undefined,
  );
}

function isBoundless(field: Schema): boolean {
  return (
    (field.type === 'string' && field.maxLength === undefined && field.enum === undefined) ||
    (field.type === 'integer' && (field.minimum === undefined || field.maximum === undefined)) ||
    (field.type === 'array' && field.maxItems === undefined) ||
    (field.additionalProperties !== undefined && field.maxProperties === undefined)
  );
}

function fieldsOf(schema: Schema, path: readonly string[] = []): readonly (readonly [string, Schema])[] {
  const inner = schema.items ?? schema;
  return Object.entries(inner.properties ?? {}).flatMap(([name, field]) => [
    [[...path, name].join('.'), field] as const,
    ...fieldsOf(field, [...path, name]),
  ]);
}

test.for(readdirSync(join(ROOT, 'crds/released')))(
  'no manifest that the released %s takes is refused now, and none means something else',
  (file) => {
    const released: ReleasedCrd = parse(readFileSync(join(ROOT, 'crds/released', file), 'utf8'));
    const current: ReleasedCrd = parse(readFileSync(join(ROOT, 'crds', file), 'utf8'));
    expect(
      breakingChanges(released, current),
      'These changes break users. Add a field beside the old one instead. If the break is meant, say so in CHANGELOG.md ' +
        'and take the new schema over with `npm run release-schema`.',
    ).toEqual([]);
  },
);
