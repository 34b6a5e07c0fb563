import type { Metafile } from 'esbuild';
import { BundleError } from './bundle-error';

/** A package of which at least one module is in the bundle. */
export interface BundledPackage {
  /** Its folder from the root of the project, such as `node_modules/soap`: its key in package-lock.json. */
  readonly path: string;
  /** The same folder as esbuild found it; node_modules may be a link to elsewhere. */
  readonly folder: string;
  /** Its modules in the bundle, as paths in its folder. */
  readonly modules: readonly string[];
  /** The packages that these modules import, by `path`. */
  readonly uses: readonly string[];
}

export interface BundleContent {
  readonly packages: readonly BundledPackage[];
  /** The packages that modules of ours import, by `path`. */
  readonly used: readonly string[];
}

const OURS = 'lib';

/**
 * What is in the bundle, by esbuild's own account of its output. Modules that were read and then dropped are not in it.
 * Throws if it contains a module of unknown origin.
 *
 * @param stubs the esbuild namespace of the modules that stand for those that were left out on purpose
 */
export function bundleContent(metafile: Metafile, output: string, stubs: string): BundleContent {
  const files = Object.keys(metafile.outputs[output]?.inputs ?? {}).filter((file) => !file.startsWith(`${stubs}:`));
  const modules = new Map<string, { readonly folder: string; readonly names: string[]; readonly uses: Set<string> }>();
  const used = new Set<string>();
  for (const file of files) {
    const place = placeOf(file);
    if (place === undefined) continue;
    const known = modules.get(place.path) ?? { folder: place.folder, names: [], uses: new Set() };
    known.names.push(place.module);
    modules.set(place.path, known);
  }
  for (const file of files) {
    const from = placeOf(file)?.path;
    for (const { path, external } of metafile.inputs[file]?.imports ?? []) {
      const to = external || path.startsWith(`${stubs}:`) ? undefined : placeOf(path)?.path;
      if (to === undefined || to === from || !modules.has(to)) continue;
      (from === undefined ? used : modules.get(from)?.uses)?.add(to);
    }
  }
  const packages = [...modules].map(([path, { folder, names, uses }]) => ({
    path,
    folder,
    modules: names.toSorted(),
    uses: [...uses].toSorted(),
  }));
  return { packages: packages.toSorted((a, b) => (a.path < b.path ? -1 : 1)), used: [...used].toSorted() };
}

interface Place {
  readonly path: string;
  readonly folder: string;
  readonly module: string;
}

/** The package of a module; undefined for a module of ours. */
function placeOf(file: string): Place | undefined {
  const [, folder, module] = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(file) ?? [];
  if (folder !== undefined && module !== undefined) {
    return { path: folder.slice(folder.indexOf('node_modules/')), folder, module };
  }
  if (file.startsWith(`${OURS}/`)) return undefined;
  throw new BundleError(
    'UnknownModule',
    `module ${file} is neither of ${OURS}/ nor of a package: say where it is from`,
  );
}
