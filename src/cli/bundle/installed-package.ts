import { BundleError } from './bundle-error';
import type { BundledPackage } from './bundled-packages';

/** The files in the folder of a package. */
export interface PackageFiles {
  readonly names: readonly string[];
  read(name: string): string;
}

/** package-lock.json, as far as it is read here. */
export interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}

/** A bundled package with what its package.json and package-lock.json say. */
export interface InstalledPackage extends BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier or expression. */
  readonly licence: string;
  /** Hash of its tarball in the registry, such as `sha512-...` in base64. */
  readonly integrity: string;
  readonly files: PackageFiles;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  /** An object in packages of before 2015. */
  readonly license?: string | { readonly type: string };
}

/** Throws if the package is not the one that package-lock.json names. */
export function installedPackage(bundled: BundledPackage, files: PackageFiles, lock: Lock): InstalledPackage {
  const { name, version, license }: Manifest = JSON.parse(files.read('package.json'));
  const locked = lock.packages[bundled.path];
  if (locked?.integrity === undefined) {
    throw new BundleError(
      'NotLocked',
      `${bundled.path} is in the bundle and not in package-lock.json: run npm install`,
    );
  }
  if (locked.version !== version) {
    throw new BundleError(
      'VersionDiffers',
      `${bundled.path} is ${version}, and package-lock.json says ${locked.version}: run npm ci`,
    );
  }
  const licence = (typeof license === 'string' ? license : license?.type) ?? 'NOASSERTION';
  return { ...bundled, name, version, licence, integrity: locked.integrity, files };
}
