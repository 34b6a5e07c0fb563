/**
 * The constructs as jsii sees them: what packages for Python, Java and Go, and the API page, are made from. jsii writes a
 * tsconfig.json and compiles all that it finds, so it works on a copy that holds the constructs and what they import.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
/** What `src/constructs` imports; see test/conventions/rooms.ts. */
const PARTS = [
  ...[
    'src/constructs',
    'src/api/guest-secret-role.ts',
    'src/api/run-flags.ts',
    'src/api/text-rule.ts',
    'src/kubernetes/lease-timings.ts',
    'imports',
  ],
  ...['README.md', 'LICENSE'],
];

/** Names of the packages for other languages. */
const JSII = {
  outdir: 'dist',
  versionFormat: 'short',
  targets: {
    python: { distName: 'codeconnect-vm-operator', module: 'codeconnect_vm_operator' },
    java: {
      package: 'com.vmworld.codeconnect.vmoperator',
      maven: { groupId: 'com.vmworld.codeconnect', artifactId: 'vm-operator' },
    },
    go: { moduleName: 'vm.codeconnect.vmworld.com/constructs' },
  },
  tsc: { outDir: 'lib', rootDir: '.' },
};

/**
 * C# has a reserved word `namespace`, as cdk8s's own props; and we build with newer versions of the peers than the
 * oldest that users may have.
 */
const SILENCED = ['reserved-word', 'metadata/missing-dev-dependency'];

/** Makes the assembly in an empty folder. Throws with what jsii wrote if it finds something, warnings included. */
export function makeAssembly(folder: string): Assembly {
  for (const part of PARTS) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true, filter: (file) => !file.endsWith('.test.ts') });
  }
  // The command stays behind: its program is no part of the copy, so a package would offer one that cannot start.
  const { bin: _, ...manifest }: Record<string, unknown> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      author: { name: 'The authors of codeconnect-vm-operator', organization: true },
      // jsii asks for one, and goes nowhere with it.
      repository: { type: 'git', url: 'https://vm.codeconnect.vmworld.com' },
      stability: 'experimental',
      ...manifest,
      // They build the whole of the package, of which only a part is here.
      scripts: {},
      // Each package for another language carries this one inside, and jsii's runtime loads it by its assembly `.jsii`.
      files: ['.jsii', 'lib/imports', 'lib/package.json', 'lib/src'],
      jsii: JSII,
    }),
  );
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  run('jsii', ['--fail-on-warnings', '--silence-warnings', ...SILENCED], folder);
  return JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8'));
}

/** The languages that have a package of the constructs, as jsii names them. */
export const LANGUAGES = ['python', 'java', 'go'] as const;

/**
 * Writes the sources of packages for other languages into a folder for each, from the folder of an npm package that has an
 * assembly.
 */
export function makePackages(folder: string, output: string, languages: readonly string[] = LANGUAGES): void {
  const targets = languages.flatMap((language) => ['--target', language]);
  run('jsii-pacmak', ['--code-only', ...targets, '--outdir', output, folder], folder);
}

function run(tool: string, args: readonly string[], cwd: string): void {
  try {
    execFileSync(process.execPath, [join(ROOT, 'node_modules', tool, 'bin', tool), ...args], { cwd, stdio: 'pipe' });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? `${error.stderr}` : String(error);
    throw new Error(`${tool} does not take the constructs:\n${said}`);
  }
}

/** The part of a jsii assembly that the API page shows. */
export interface Assembly {
  readonly name: string;
  /** Names of the packages for other languages. */
  readonly targets: typeof JSII.targets;
  readonly types: Readonly<Record<string, AssemblyType>>;
}

export interface AssemblyType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly docs?: Docs;
  readonly initializer?: { readonly docs?: Docs; readonly parameters?: readonly Parameter[] };
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
  readonly members?: readonly { readonly name: string; readonly docs?: Docs }[];
}

export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly returns?: string;
  readonly example?: string;
}

export interface Property {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly static?: boolean;
  readonly docs?: Docs;
}

export interface Parameter {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly docs?: Docs;
}

export interface Method {
  readonly name: string;
  readonly static?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly returns?: { readonly type: TypeReference };
  readonly docs?: Docs;
}

export type TypeReference =
  | { readonly primitive: string }
  | { readonly fqn: string }
  | { readonly collection: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference } }
  | { readonly union: { readonly types: readonly TypeReference[] } };
