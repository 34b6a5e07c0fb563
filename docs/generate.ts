/**
 * Generates pages: that of the constructs from their docstrings, that of all fields from the CRDs, and that of failures from
 * the code that handles them.
 *
 *   npm run generate            writes docs/constructs.md, docs/api.md and docs/failures.md, after imports/
 *   tsx docs/generate.ts FILE   writes the page of the constructs into FILE, and nothing else
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeAssembly } from './assembly';
import { constructsPage } from './constructs-page';
import { crdPage, readCrds } from './crd-page';
import { failuresPage } from './failures-page';

const [file] = process.argv.slice(2);
if (file === undefined) {
  writeFileSync(join(__dirname, 'api.md'), crdPage(readCrds()));
  writeFileSync(join(__dirname, 'failures.md'), failuresPage());
}
const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
try {
  writeFileSync(resolve(file ?? join(__dirname, 'constructs.md')), constructsPage(makeAssembly(folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
