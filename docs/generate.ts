/**
 * Generates the API page from the docstrings of the constructs, and the page of all fields from the CRDs.
 *
 *   npm run generate            writes docs/constructs.md and docs/api.md, after imports/
 *   tsx docs/generate.ts FILE   writes FILE instead of docs/constructs.md
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { apiPage } from './api-page';
import { makeAssembly } from './assembly';
import { crdPage, readCrds } from './crd-page';

writeFileSync(join(__dirname, 'api.md'), crdPage(readCrds()));
const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
try {
  writeFileSync(resolve(process.argv[2] ?? join(__dirname, 'constructs.md')), apiPage(makeAssembly(folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
