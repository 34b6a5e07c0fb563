/**
 * Makes the packages of the constructs for other languages.
 *
 *   npm run packages            writes lib/packages/python, java and go
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeAssembly, makePackages } from './assembly';

const output = resolve(__dirname, '../lib/packages');
const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
try {
  makeAssembly(folder);
  makePackages(folder);
  rmSync(output, { recursive: true, force: true });
  cpSync(join(folder, 'dist'), output, { recursive: true });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
