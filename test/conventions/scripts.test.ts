import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
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

test.for(readdirSync(WORKFLOWS))(
  'workflow %s: each job waits for the tests, and each file that it names is there',
  (file) => {
    const { jobs }: { jobs: Record<string, { needs?: string; steps: { run?: string }[] }> } = parse(
      readFileSync(join(WORKFLOWS, file), 'utf8'),
    );
    for (const [name, { needs }] of Object.entries(jobs)) if (name !== 'test') expect(needs, name).toBe('test');
    const lines = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ''));
    expect(lines).toContain('.ci/run');
    for (const named of ['.ci/run', 'CHANGELOG.md', 'Dockerfile'])
      expect(existsSync(join(ROOT, named)), named).toBe(true);
  },
);
