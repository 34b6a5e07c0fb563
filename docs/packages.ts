/**
 * Makes the packages of the constructs for other languages.
 *
 *   npm run packages            writes lib/packages/python, java and go: sources, for pip, Maven and Go to build
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeAssembly, makePackages } from './assembly';

const output = resolve(__dirname, '../lib/packages');
const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
try {
  makeAssembly(folder);
  rmSync(output, { recursive: true, force: true });
  makePackages(folder, output);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
