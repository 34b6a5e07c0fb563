/** Bundles the command into lib/vm-operator.js, one file without dependencies. Run by `npm run build`, after tsc. */
import { chmodSync, readFileSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

const OUTPUT = 'lib/vm-operator.js';

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
 * - `soap` signs messages with xml-crypto, and uploads files with the media types of mime-db. We do neither. They would
 *   be a sixth of the bundle.
 */
const UNUSED: Readonly<Record<string, UnusedModule>> = {
  undici: { importedBy: '@kubernetes/client-node/dist', exports: ['Agent', 'ProxyAgent'] },
  './gen/index.js': {
    importedBy: '@kubernetes/client-node/dist',
    exports: ['createConfiguration', 'ServerConfiguration'],
  },
  'xml-crypto': { importedBy: 'soap/lib/security', exports: ['SignedXml'] },
  'mime-db': { importedBy: 'mime-types', exports: [] },
};

const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(undici|\.\/gen\/index\.js|xml-crypto|mime-db)$/ }, ({ path, importer }) => {
      const { importedBy } = UNUSED[path] ?? {};
      return importedBy !== undefined && importer.includes(importedBy) ? { path, namespace: 'unused' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
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

await build({
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
  plugins: [leaveOutUnused, sloppyEntry],
});
chmodSync(OUTPUT, 0o755);
