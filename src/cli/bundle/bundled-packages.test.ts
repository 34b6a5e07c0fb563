import type { Metafile } from 'esbuild';
import { expect, test } from 'vitest';
import { bundleContent } from './bundled-packages';

const OUTPUT = 'lib/vm-operator.js';

/** A metafile as esbuild writes it: what each module imports, and what of them is in the output. */
function metafile(imports: Readonly<Record<string, readonly string[]>>, written = Object.keys(imports)): Metafile {
  return {
    inputs: Object.fromEntries(
      Object.entries(imports).map(([file, paths]) => [
        file,
        { bytes: 1, imports: paths.map((path) => ({ path, kind: 'import-statement' as const })) },
      ]),
    ),
    outputs: {
      [OUTPUT]: {
        bytes: 1,
        inputs: Object.fromEntries(written.map((file) => [file, { bytesInOutput: 1 }])),
        imports: [],
        exports: [],
      },
    },
  };
}

const content = (file: Metafile) => bundleContent(file, OUTPUT, 'unused');

test('every module of the bundle belongs to a package or is ours', () => {
  const { packages, used } = content(
    metafile({
      'lib/src/cli/main.js': ['node_modules/b/index.js', 'node_modules/@s/a/x/y.js'],
      'node_modules/b/index.js': ['node_modules/b/more.js', 'node_modules/b/node_modules/c/c.js'],
      'node_modules/b/more.js': ['node_modules/@s/a/z.js'],
      'node_modules/@s/a/x/y.js': [],
      'node_modules/@s/a/z.js': [],
      'node_modules/b/node_modules/c/c.js': [],
    }),
  );
  expect(packages).toEqual([
    { path: 'node_modules/@s/a', folder: 'node_modules/@s/a', modules: ['x/y.js', 'z.js'], uses: [] },
    {
      path: 'node_modules/b',
      folder: 'node_modules/b',
      modules: ['index.js', 'more.js'],
      uses: ['node_modules/@s/a', 'node_modules/b/node_modules/c'],
    },
    {
      path: 'node_modules/b/node_modules/c',
      folder: 'node_modules/b/node_modules/c',
      modules: ['c.js'],
      uses: [],
    },
  ]);
  expect(used).toEqual(['node_modules/@s/a', 'node_modules/b']);
});

test('a package is known by its place in package-lock.json, wherever node_modules is', () => {
  const { packages } = content(metafile({ '../../elsewhere/node_modules/a/i.js': [] }));
  expect(packages).toMatchObject([{ path: 'node_modules/a', folder: '../../elsewhere/node_modules/a' }]);
});

test('what esbuild dropped and what is left out on purpose is not in the bundle', () => {
  const { packages, used } = content(
    metafile({ 'lib/main.js': ['node_modules/a/i.js', 'unused:b'], 'node_modules/a/i.js': [], 'unused:b': [] }, [
      'lib/main.js',
      'unused:b',
    ]),
  );
  expect({ packages, used }).toEqual({ packages: [], used: [] });
});

test('a module from elsewhere stops the build', () => {
  expect(() => content(metafile({ 'vendor/copied.js': [] }))).toThrow(
    expect.objectContaining({ code: 'UnknownModule', message: expect.stringContaining('vendor/copied.js') }),
  );
});
