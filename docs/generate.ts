/**
 * Generates pages: that of the constructs from their docstrings, that of failures from the code that handles them.
 *
 *   npm run generate            writes docs/constructs.md and docs/failures.md, after imports/
 *   tsx docs/generate.ts FILE   writes the page of the constructs into FILE, and nothing else
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { apiPage } from './api-page';
import { makeAssembly } from './assembly';
import { failuresPage } from './failures-page';

const [file] = process.argv.slice(2);
if (file === undefined) writeFileSync(join(__dirname, 'failures.md'), failuresPage());
const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
try {
  writeFileSync(resolve(file ?? join(__dirname, 'constructs.md')), apiPage(makeAssembly(folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
