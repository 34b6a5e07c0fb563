/** Makes one file of the worker and all that it imports, with a planted bug or without. The sources stay as they are. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.join(__dirname, '../..');

/** A mistake in one source file: the anchor stands in it exactly once. */
export interface SourceChange {
  /** From the root of the project. */
  readonly file: string;
  readonly anchor: string;
  readonly replacement: string;
}

/** The source does not look as the planted bug expects. */
export class AnchorError extends Error {
  override readonly name = 'AnchorError';
}

/** The source with the change. Throws an AnchorError when the anchor is not there, or not once. */
export function changed(source: string, { file, anchor, replacement }: SourceChange): string {
  const found = source.split(anchor).length - 1;
  if (found === 1) return source.replace(anchor, () => replacement);
  throw new AnchorError(
    `${file} has the anchor of the planted bug ${found} times instead of once: write it anew for the present source.\n${anchor}`,
  );
}

/** Where the packages are that a bundled worker needs: it lies elsewhere. */
export const PACKAGES = path.join(ROOT, 'node_modules');

/** Writes the worker to `outfile`. */
export async function bundleWorker(outfile: string, changes: readonly SourceChange[] = []): Promise<void> {
  const sources = new Map<string, string>();
  for (const change of changes) {
    const file = path.join(ROOT, change.file);
    sources.set(file, changed(sources.get(file) ?? (await readFile(file, 'utf8')), change));
  }
  await build({
    entryPoints: [path.join(__dirname, 'worker.ts')],
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    sourcemap: 'inline',
    outfile,
    logLevel: 'error',
    plugins: [
      {
        name: 'planted-bug',
        setup: ({ onLoad }) => {
          onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
            const contents = sources.get(file);
            return contents === undefined ? undefined : { contents, loader: 'ts' as const };
          });
        },
      },
    ],
  });
}
