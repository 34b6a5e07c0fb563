/** Bundles the command into lib/vm-operator.js, one file without dependencies. Run by `npm run build`, after tsc. */
import { chmodSync, readFileSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

const OUTPUT = 'lib/vm-operator.js';

/**
 * client-node's configuration module imports its generated API client and undici, for methods that are never called here.
 * They would be two thirds of the bundle and 10 MB of resident memory. Their exports are replaced by functions that throw.
 */
const UNUSED: Readonly<Record<string, readonly string[]>> = {
  undici: ['Agent', 'ProxyAgent'],
  './gen/index.js': ['createConfiguration', 'ServerConfiguration'],
};

const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(undici|\.\/gen\/index\.js)$/ }, ({ path, importer }) =>
      importer.includes('@kubernetes/client-node/dist') ? { path, namespace: 'unused' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: (UNUSED[path] ?? [])
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
