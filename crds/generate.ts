/**
 * Generates imports/ from the schemas in this folder: cdk8s constructs, TypeScript types, validators, rules, and the
 * manifest itself as a value. So a chart contains the CRD without reading a file at run time.
 *
 *   npm run generate            writes imports/
 *   tsx crds/generate.ts DIR    writes into DIR instead, for the test that compares it with imports/
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import { buildSync } from 'esbuild';
import { compile } from 'json-schema-to-typescript';
import { parse } from 'yaml';
import { rulesModule } from './rules';
import { type CrdManifest, type Schema, servedSchema, typesSchema, validatorSchema } from './schema';

const ROOT = resolve(__dirname, '..');
const HEADER = '// Generated from crds/ by `npm run generate`. Do not edit.\n';

async function main(outputDir: string): Promise<void> {
  mkdirSync(outputDir, { recursive: true });
  for (const file of readdirSync(__dirname).filter((name) => name.endsWith('.yaml'))) {
    const crd: CrdManifest = parse(readFileSync(join(__dirname, file), 'utf8'));
    const kind = crd.spec.names.kind;
    const base = crd.spec.names.singular;
    const schema = servedSchema(crd);
    writeFileSync(join(outputDir, `${base}-construct.ts`), construct(join(__dirname, file)));
    writeFileSync(join(outputDir, `${base}.ts`), await types(crd, schema));
    writeFileSync(join(outputDir, `${base}-validator.ts`), validator(kind, base, schema));
    writeFileSync(join(outputDir, `${base}-rules.ts`), `${HEADER}\n${rulesModule(kind, schema)}`);
    writeFileSync(join(outputDir, `${base}-crd.ts`), manifest(kind, crd));
  }
}

/** The L1 construct, by `cdk8s import`. It has the prefix Kube, like cdk8s's own Kubernetes classes. */
function construct(crdFile: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'cdk8s-import-'));
  try {
    // Without --no-save it would rewrite cdk8s.yaml. The upgrade check needs the internet and writes an error without it.
    execFileSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/cdk8s-cli/bin/cdk8s'),
        ...['import', `generated:=${crdFile}`, '--no-save', '--class-prefix', 'Kube', '--language', 'typescript'],
        ...['--output', dir],
      ],
      { cwd: dir, env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' }, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const [file] = readdirSync(dir).filter((name) => name.endsWith('.ts'));
    if (file === undefined) throw new Error(`cdk8s import wrote nothing for ${crdFile}`);
    return HEADER + readFileSync(join(dir, file), 'utf8');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function types({ spec }: CrdManifest, schema: Schema): Promise<string> {
  const body = await compile(typesSchema(spec, schema), spec.names.kind, {
    bannerComment: '',
    additionalProperties: false,
    format: true,
    style: { singleQuote: true, printWidth: 120 },
    ignoreMinAndMaxItems: true,
  });
  return `${HEADER}\n${body}`;
}

/** A stand-alone ajv validator. The few lines of ajv that it calls are bundled, so ajv is not needed at run time. */
function validator(kind: string, base: string, schema: Schema): string {
  const ajv = new Ajv({
    allErrors: true,
    verbose: false,
    strict: false,
    validateFormats: false,
    code: { source: true, esm: false, lines: true },
  });
  const dir = mkdtempSync(join(ROOT, 'node_modules', '.ajv-'));
  try {
    const entry = join(dir, 'validator.cjs');
    writeFileSync(entry, standaloneCode(ajv, ajv.compile(validatorSchema(schema))));
    writeFileSync(join(dir, 'entry.mjs'), `import validate from './validator.cjs';\nexport const checks = validate;\n`);
    const bundled = buildSync({
      entryPoints: [join(dir, 'entry.mjs')],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'neutral',
      absWorkingDir: dir,
      logLevel: 'silent',
    });
    const code = bundled.outputFiles[0]?.text.replace(/^\/\/ .*\n/gm, '') ?? '';
    return [
      '// @ts-nocheck',
      HEADER.trimEnd(),
      `import type { ${kind} } from './${base}';`,
      '',
      code.replace(/export \{\n {2}checks\n\};\n/, ''),
      '/** One violation: where it is (JSON pointer), the schema keyword with its parameters, and a text for a person. */',
      'export interface SchemaViolation {',
      '  readonly instancePath: string;',
      '  readonly keyword: string;',
      '  readonly params: Readonly<Record<string, unknown>>;',
      '  readonly message?: string;',
      '}',
      '',
      `/** Checks a value against the schema of ${kind}. Returns all violations; an empty list means that the value is valid. */`,
      `export function violationsOf${kind}(value: unknown): readonly SchemaViolation[] {`,
      '  return checks(value) ? [] : checks.errors;',
      '}',
      '',
      `/** Whether a value is valid by the schema of ${kind}. */`,
      `export function is${kind}(value: unknown): value is ${kind} {`,
      '  return checks(value);',
      '}',
      '',
    ].join('\n');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The CRD as a value. Its type has only the fields that our code reads; the rest is passed on unchanged. */
function manifest(kind: string, crd: CrdManifest): string {
  const name = kind.charAt(0).toLowerCase() + kind.slice(1);
  return [
    HEADER,
    `/** The CustomResourceDefinition of ${kind}, as it is in crds/. */`,
    `export const ${name}Crd: {`,
    '  readonly apiVersion: string;',
    '  readonly kind: string;',
    '  readonly metadata: { readonly name: string };',
    '  readonly spec: {',
    '    readonly group: string;',
    '    readonly names: { readonly kind: string; readonly plural: string; readonly [field: string]: unknown };',
    '    readonly [field: string]: unknown;',
    '  };',
    `} = ${JSON.stringify(crd, null, 2)};`,
    '',
  ].join('\n');
}

void main(resolve(process.argv[2] ?? join(ROOT, 'imports')));
