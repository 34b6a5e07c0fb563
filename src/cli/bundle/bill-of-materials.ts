import type { InstalledPackage } from './installed-package';

/** The product that the bill is about. */
export interface Product {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** SHA-256 of vm-operator.js, in hex. */
  readonly bundleSha256: string;
  /** The packages that our own modules import, by `path`. */
  readonly uses: readonly string[];
}

/**
 * The packages in the bundle as CycloneDX 1.6, so that a scanner finds what is known against them. It has no time and no
 * serial number: the same bundle gives the same bytes.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials(product: Product, packages: readonly InstalledPackage[]): object {
  const refs = new Map(packages.map((installed) => [installed.path, packageUrl(installed)]));
  const self = packageUrl(product);
  // Two folders may hold the same version of a package.
  const byRef = [...Map.groupBy(packages, packageUrl)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const dependsOn = (uses: readonly string[]) => [...new Set(uses.flatMap((path) => refs.get(path) ?? []))].toSorted();
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        type: 'application',
        'bom-ref': self,
        ...nameOf(product),
        version: product.version,
        hashes: [{ alg: 'SHA-256', content: product.bundleSha256 }],
        licenses: licences(product.licence),
        purl: self,
      },
    },
    components: byRef.flatMap(([ref, [installed]]) =>
      installed === undefined
        ? []
        : [
            {
              type: 'library',
              'bom-ref': ref,
              ...nameOf(installed),
              version: installed.version,
              hashes: [hashOf(installed.integrity)],
              licenses: licences(installed.licence),
              purl: ref,
            },
          ],
    ),
    dependencies: [
      { ref: self, dependsOn: dependsOn(product.uses) },
      ...byRef.map(([ref, same]) => ({ ref, dependsOn: dependsOn(same.flatMap(({ uses }) => uses)) })),
    ],
  };
}

interface Versioned {
  readonly name: string;
  readonly version: string;
}

function nameOf({ name }: Versioned): { readonly group?: string; readonly name: string } {
  const [scope, rest] = name.split('/');
  return rest === undefined ? { name } : { group: scope ?? '', name: rest };
}

/** @see https://github.com/package-url/purl-spec */
function packageUrl({ name, version }: Versioned): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function licences(licence: string): readonly object[] {
  return / /.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }];
}

function hashOf(integrity: string): object {
  const [, bits = '', digest = ''] = /^sha(\d+)-(\S+)/.exec(integrity) ?? [];
  return { alg: bits === '1' ? 'SHA-1' : `SHA-${bits}`, content: Buffer.from(digest, 'base64').toString('hex') };
}
