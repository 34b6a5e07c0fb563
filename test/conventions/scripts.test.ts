import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scripts } from '../../package.json';
import { ROOT } from './command';

const WORKFLOWS = join(ROOT, '.github/workflows');
const TEXTS = [
  'README.md',
  'CHANGELOG.md',
  'Dockerfile',
  'examples/README.md',
  ...readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `examples/${name}/README.md`),
  ...readdirSync(WORKFLOWS).map((file) => `.github/workflows/${file}`),
];

test.for(TEXTS)('every script that %s runs is there', (file) => {
  const run = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name]) => name);
  expect(run.filter((name) => name === undefined || !(name in scripts))).toEqual([]);
});
