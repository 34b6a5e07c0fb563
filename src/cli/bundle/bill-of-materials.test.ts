import { expect, test } from 'vitest';
import { billOfMaterials } from './bill-of-materials';
import type { InstalledPackage } from './installed-package';

const PRODUCT = { name: 'op', version: '0.1.0', licence: 'Apache-2.0', bundleSha256: 'ab', uses: ['node_modules/b'] };

function installed(path: string, name: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  const files = { names: [], read: () => '' };
  const version = '1.0.0';
  return {
    path,
    folder: path,
    modules: [],
    uses: [],
    name,
    version,
    licence: 'MIT',
    integrity: 'sha512-AQI=',
    files,
    ...more,
  };
}

const A = installed('node_modules/@s/a', '@s/a', { licence: 'MIT OR ISC', integrity: 'sha1-/w==' });
const B = installed('node_modules/b', 'b', { uses: ['node_modules/@s/a'] });

test('names each package with version, package URL, hash and licence, and who uses whom', () => {
  expect(billOfMaterials(PRODUCT, [A, B])).toEqual({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': 'pkg:npm/op@0.1.0',
        name: 'op',
        version: '0.1.0',
        hashes: [{ alg: 'SHA-256', content: 'ab' }],
        licenses: [{ license: { id: 'Apache-2.0' } }],
        purl: 'pkg:npm/op@0.1.0',
      },
    },
    components: [
      {
        type: 'library',
        'bom-ref': 'pkg:npm/%40s/a@1.0.0',
        group: '@s',
        name: 'a',
        version: '1.0.0',
        hashes: [{ alg: 'SHA-1', content: 'ff' }],
        licenses: [{ expression: 'MIT OR ISC' }],
        purl: 'pkg:npm/%40s/a@1.0.0',
      },
      {
        type: 'library',
        'bom-ref': 'pkg:npm/b@1.0.0',
        name: 'b',
        version: '1.0.0',
        hashes: [{ alg: 'SHA-512', content: '0102' }],
        licenses: [{ license: { id: 'MIT' } }],
        purl: 'pkg:npm/b@1.0.0',
      },
    ],
    dependencies: [
      { ref: 'pkg:npm/op@0.1.0', dependsOn: ['pkg:npm/b@1.0.0'] },
      { ref: 'pkg:npm/%40s/a@1.0.0', dependsOn: [] },
      { ref: 'pkg:npm/b@1.0.0', dependsOn: ['pkg:npm/%40s/a@1.0.0'] },
    ],
  });
});

test('is the same whatever the order of the packages, and has one entry for a version in two folders', () => {
  const again = installed('node_modules/b/node_modules/a', '@s/a', { licence: 'MIT OR ISC', integrity: 'sha1-/w==' });
  expect(JSON.stringify(billOfMaterials(PRODUCT, [B, A]))).toBe(JSON.stringify(billOfMaterials(PRODUCT, [A, B])));
  expect(billOfMaterials(PRODUCT, [A, again, B])).toEqual(billOfMaterials(PRODUCT, [A, B]));
});
