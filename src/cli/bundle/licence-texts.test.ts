import { describe, expect, test } from 'vitest';
import { installedPackage } from './installed-package';
import { licencePage, licenceText } from './licence-texts';

const MIT = `Copyright (c) 2013 Somebody\n\nPermission is hereby granted ${'and so on '.repeat(50)}`.trim();

function aPackage(files: Readonly<Record<string, string>>, name = 'a') {
  const path = `node_modules/${name}`;
  const all: Readonly<Record<string, string>> = {
    'package.json': JSON.stringify({ name, version: '1.2.3', license: 'MIT' }),
    ...files,
  };
  const lock = { packages: { [path]: { version: '1.2.3', integrity: 'sha512-AA==' } } };
  return installedPackage(
    { path, folder: path, modules: [], uses: [] },
    { names: Object.keys(all), read: (file) => all[file] ?? '' },
    lock,
  );
}

describe('the licence text of a package', () => {
  test.for(['LICENSE', 'LICENSE.md', 'license', 'Licence.txt', 'COPYING', 'LICENSE-MIT'])('is its file %s', (file) => {
    expect(licenceText(aPackage({ [file]: `\r\n${MIT}  \r\n\r\n` }), undefined)).toBe(MIT);
  });

  test('is all of its files, NOTICE too', () => {
    const text = licenceText(aPackage({ NOTICE: 'made by X', LICENSE: MIT }), undefined);
    expect(text).toBe(`${MIT}\n\nmade by X`);
  });

  test.for([`# a\n\n## License\n\n${MIT}\n\n## More\n`, `a\n=\n\nLicense\n-------\n\n${MIT}\n\n[x]: http://x\n`])(
    'is the section of its README, where it has no file',
    (readme) => {
      expect(licenceText(aPackage({ 'README.md': readme }), undefined)).toBe(MIT);
    },
  );

  test('is the text that we keep, where it has neither', () => {
    expect(licenceText(aPackage({}), `${MIT}\n`)).toBe(MIT);
  });

  test.for<Record<string, string>>([{}, { LICENSE: ' \n' }, { 'README.md': '## License\n\nMIT, Copyright (c) X\n' }])(
    'is missing, and that stops the build: %o',
    (files) => {
      expect(() => licenceText(aPackage(files, '@s/a'), undefined)).toThrow(
        expect.objectContaining({
          code: 'NoLicenceText',
          message: expect.stringMatching(/^@s\/a@1\.2\.3 .*licences\/@s__a@1\.2\.3\.txt/),
        }),
      );
    },
  );
});

test('a text that several packages share stands once, under the names of all', () => {
  const [a, b, c] = [aPackage({}, 'a'), aPackage({}, 'b'), aPackage({}, 'c')];
  const page = licencePage([
    [a, 'one'],
    [b, 'two'],
    [c, 'one'],
  ]);
  expect(page).toMatch(/a 1\.2\.3 \(MIT\)\nc 1\.2\.3 \(MIT\)\n-+\none\n\n=+\nb 1\.2\.3 \(MIT\)\n-+\ntwo\n$/);
});
