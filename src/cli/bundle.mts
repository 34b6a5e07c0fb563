/** Bundles the command into lib/vm-operator.js, one file without dependencies. Run by `npm run build`, after tsc. */
import { chmodSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

const OUTPUT = 'lib/vm-operator.js';

/**
 * client-node's configuration module imports its generated API client and undici, for methods that are never called
 * here: they were two thirds of the bundle and 10 MB of resident memory. What they export throws if it is ever used.
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

await build({
  entryPoints: ['lib/src/cli/main.js'],
  outfile: OUTPUT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  // client-node's other modules are reached from configuration alone; without this they would all stay.
  treeShaking: true,
  minifySyntax: true,
  legalComments: 'linked',
  logLevel: 'warning',
  plugins: [leaveOutUnused],
});
chmodSync(OUTPUT, 0o755);
