/**
 * Generates the API page from the docstrings of the constructs.
 *
 *   npm run generate            writes docs/constructs.md, after imports/
 *   tsx docs/generate.ts FILE   writes FILE instead (the test that compares uses it)
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { apiPage } from './api-page';
import { makeAssembly } from './assembly';

const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
try {
  writeFileSync(resolve(process.argv[2] ?? join(__dirname, 'constructs.md')), apiPage(makeAssembly(folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
