import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { ROOT, runTool } from './command';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'generated-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('imports/ is what crds/ and charts/dashboard/ generate, byte for byte', async () => {
  for (const generator of ['crds/generate.ts', 'charts/dashboard/generate.ts']) {
    const { code, output } = await runTool('tsx', [generator, dir]);
    expect(code, `${generator} failed.\n${output}`).toBe(0);
  }
  const stale = [...new Set([...readdirSync(dir), ...readdirSync(join(ROOT, 'imports'))])]
    .sort()
    .filter((file) => textOf(join(dir, file)) !== textOf(join(ROOT, 'imports', file)));
  expect(stale, 'These files of imports/ are stale. Run `npm run generate` and commit the outcome.').toEqual([]);
});

test('renaming a field in the CRD breaks the build, in the constructs and in the controller', async () => {
  for (const part of ['crds', 'src', 'charts', 'package.json', 'tsconfig.json']) {
    cpSync(join(ROOT, part), join(dir, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  renameSpecField(join(dir, 'crds/vmgroup.yaml'), 'replicas', 'replicaCount');
  for (const generator of ['crds/generate.ts', 'charts/dashboard/generate.ts']) {
    const generated = await runTool('tsx', [generator], dir);
    expect(generated.code, `${generator} failed.\n${generated.output}`).toBe(0);
  }

  const { code, output } = await runTool('tsc', ['-p', '.', '--noEmit', '--pretty', 'false'], dir);

  const errors = output.split('\n').filter((line) => line.includes('error TS') && /\breplica(s|Count)\b/.test(line));
  expect(code, 'tsc found nothing: some code reads VmGroups past the types in imports/. Use those.').not.toBe(0);
  for (const room of ['src/constructs/', 'src/vmgroup/']) {
    expect(
      errors.filter((line) => line.startsWith(room)),
      `${room} compiles although spec.replicas is gone from the CRD: it does not use the types in imports/. Use those.`,
    ).not.toEqual([]);
  }
});

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // missing on one side, which the comparison tells
  }
}

function renameSpecField(file: string, from: string, to: string): void {
  const crd = parseDocument(readFileSync(file, 'utf8'));
  const fields = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties'];
  const field = crd.getIn([...fields, from]);
  if (field === undefined) throw new Error(`${file} has no spec.${from}: rename another field in this test.`);
  crd.setIn([...fields, to], field);
  crd.deleteIn([...fields, from]);
  writeFileSync(file, crd.toString());
}
