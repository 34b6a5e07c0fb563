import { expect, test } from 'vitest';
import { installedPackage } from './installed-package';

const bundled = { path: 'node_modules/a', folder: 'node_modules/a', modules: ['a.js'], uses: [] };

const installed = (license: unknown, locked?: { readonly version?: string; readonly integrity?: string }) =>
  installedPackage(
    bundled,
    { names: [], read: () => JSON.stringify({ name: 'a', version: '1.0.0', license }) },
    { packages: locked === undefined ? {} : { 'node_modules/a': locked } },
  );

test('a package has name, version and licence of its package.json, and the hash of package-lock.json', () => {
  const locked = { version: '1.0.0', integrity: 'sha512-AA==' };
  expect(installed('MIT', locked)).toMatchObject({
    name: 'a',
    version: '1.0.0',
    licence: 'MIT',
    integrity: 'sha512-AA==',
  });
  expect(installed({ type: 'MIT' }, locked)).toMatchObject({ licence: 'MIT' });
  expect(installed(undefined, locked)).toMatchObject({ licence: 'NOASSERTION' });
});

test('a package that is not the one of package-lock.json stops the build', () => {
  expect(() => installed('MIT')).toThrow(expect.objectContaining({ code: 'NotLocked' }));
  expect(() => installed('MIT', { version: '1.0.0' })).toThrow(expect.objectContaining({ code: 'NotLocked' }));
  expect(() => installed('MIT', { version: '1.0.1', integrity: 'sha512-AA==' })).toThrow(
    'node_modules/a is 1.0.0, and package-lock.json says 1.0.1: run npm ci',
  );
});
