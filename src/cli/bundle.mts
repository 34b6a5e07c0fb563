/**
 * Bundles the command into lib/vm-operator.js, one file without dependencies. Beside it: the kubectl plugin
 * (kubectl-vg.js), which is that program under another name, the licence texts of all packages in it (vm-operator.js.LEGAL.txt) and its bill of materials (vm-operator.cdx.json). Run by `npm run build`, after tsc.
 */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { billOfMaterials } from './bundle/bill-of-materials.js';
import { bundleContent } from './bundle/bundled-packages.js';
import { type InstalledPackage, installedPackage, type Lock, type PackageFiles } from './bundle/installed-package.js';
import { licencePage, licenceText } from './bundle/licence-texts.js';

const OUTPUT = 'lib/vm-operator.js';
const PLUGIN = 'lib/kubectl-vg.js';
const LICENCES = `${OUTPUT}.LEGAL.txt`;
const BILL_OF_MATERIALS = 'lib/vm-operator.cdx.json';
/** esbuild's namespace for the modules that stand for those of `UNUSED`. */
const STUBS = 'unused';

interface UnusedModule {
  /** The directory of the package that imports it. */
  readonly importedBy: string;
  readonly exports: readonly string[];
}

/**
 * Modules that are imported for methods that are never called here. Their exports are replaced by functions that throw.
 *
 * - client-node's configuration module imports its generated API client and undici. They would be two thirds of the
 *   bundle and 10 MB of resident memory.
 * - `soap` signs messages with xml-crypto, uploads files with the media types of mime-db, reads attachments with formidable
 *   and whatwg-mimetype, logs in with NTLM, and is a server too. We do none of it. It would be a quarter of the bundle.
 * - `node-vsphere-soap` uses lodash and soap-cookie for its own login, which we replace (src/vsphere/transport/soap/).
 */
const UNUSED: Readonly<Record<string, UnusedModule>> = {
  undici: { importedBy: '@kubernetes/client-node/dist', exports: ['Agent', 'ProxyAgent'] },
  './gen/index.js': {
    importedBy: '@kubernetes/client-node/dist',
    exports: ['createConfiguration', 'ServerConfiguration'],
  },
  'xml-crypto': { importedBy: 'soap/lib/security', exports: ['SignedXml'] },
  formidable: { importedBy: 'soap/lib', exports: [] },
  'whatwg-mimetype': { importedBy: 'soap/lib', exports: ['MIMEType'] },
  'axios-ntlm': { importedBy: 'soap/lib', exports: ['NtlmClient'] },
  './server': { importedBy: 'soap/lib', exports: ['Server'] },
  'mime-db': { importedBy: 'mime-types', exports: [] },
  lodash: { importedBy: 'node-vsphere-soap/lib', exports: ['assign'] },
  'soap-cookie': { importedBy: 'node-vsphere-soap/lib', exports: [] },
};

const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /.*/ }, ({ path, importer }) => {
      const importedBy = Object.hasOwn(UNUSED, path) ? UNUSED[path]?.importedBy : undefined;
      return importedBy !== undefined && importer.includes(importedBy) ? { path, namespace: STUBS } : undefined;
    });
    onLoad({ filter: /.*/, namespace: STUBS }, ({ path }) => ({
      contents: (UNUSED[path]?.exports ?? [])
        .map(
          (name) => `export function ${name}() { throw new Error('${name} of ${path} is not part of this bundle'); }`,
        )
        .join('\n'),
    }));
  },
};

/**
 * esbuild applies the strict mode of the entry and of our tsconfig to the whole bundle. node-vsphere-soap names a parameter
 * `arguments`, which strict mode does not allow. Each module of ours keeps its own "use strict" in its wrapper.
 */
const sloppyEntry: Plugin = {
  name: 'sloppy-entry',
  setup: ({ onLoad }) => {
    onLoad({ filter: /lib[\\/]src[\\/]cli[\\/]main\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/^(#!.*\n)?"use strict";/, '$1'),
    }));
  },
};

const { metafile } = await build({
  entryPoints: ['lib/src/cli/main.js'],
  outfile: OUTPUT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  // Only the configuration module of client-node is used. Without this all its modules would be in the bundle.
  treeShaking: true,
  minifySyntax: true,
  legalComments: 'linked',
  logLevel: 'warning',
  tsconfigRaw: {},
  metafile: true,
  plugins: [leaveOutUnused, sloppyEntry],
});
chmodSync(OUTPUT, 0o755);

/** The plugin has nothing of its own: it is the same program under another name. */
const programBeside: Plugin = {
  name: 'program-beside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\/main\.js$/ }, () => ({ path: './vm-operator.js', external: true }));
  },
};
await build({
  entryPoints: ['lib/src/cli/kubectl-vg.js'],
  outfile: PLUGIN,
  bundle: true,
  platform: 'node',
  // Any Node, so that it is vm-operator that says which one it needs.
  target: 'node20',
  logLevel: 'warning',
  tsconfigRaw: {},
  plugins: [programBeside],
});
chmodSync(PLUGIN, 0o755);

const lock: Lock = parsed('package-lock.json');
const { packages, used } = bundleContent(metafile, OUTPUT, STUBS);
const installed = packages.map((bundled) => installedPackage(bundled, filesOf(bundled.folder), lock));

const texts = installed.map((each) => [each, licenceText(each, keptText(each))] as const);
// esbuild writes the legal comments of the modules there.
const comments = existsSync(LICENCES) ? readFileSync(LICENCES, 'utf8') : '';
writeFileSync(LICENCES, `${licencePage(texts)}\n${'='.repeat(80)}\n${comments}`);

const { name, version, license }: { name: string; version: string; license: string } = parsed('package.json');
const bundleSha256 = createHash('sha256').update(readFileSync(OUTPUT)).digest('hex');
const bill = billOfMaterials({ name, version, licence: license, bundleSha256, uses: used }, installed);
writeFileSync(BILL_OF_MATERIALS, `${JSON.stringify(bill, null, 2)}\n`);

function filesOf(folder: string): PackageFiles {
  return { names: readdirSync(folder), read: (file) => readFileSync(join(folder, file), 'utf8') };
}

/** The licence text that we keep of a package whose tarball has none. */
function keptText({ name, version }: InstalledPackage): string | undefined {
  const file = `src/cli/bundle/licences/${name.replace('/', '__')}@${version}.txt`;
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function parsed<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8'));
}
