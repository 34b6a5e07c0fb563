/** Bundles the worker and all that it imports into one file, with or without a planted bug. The sources do not change. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.join(__dirname, '../..');

/** A change of one source file. The file must contain the anchor exactly once. */
export interface SourceChange {
  /** From the root of the project. */
  readonly file: string;
  readonly anchor: string;
  readonly replacement: string;
}

/** The source does not contain the anchor of a planted bug exactly once. */
export class AnchorError extends Error {
  override readonly name = 'AnchorError';
}

/** The source with the change. Throws an AnchorError unless the anchor is there exactly once. */
export function changed(source: string, { file, anchor, replacement }: SourceChange): string {
  const found = source.split(anchor).length - 1;
  if (found === 1) return source.replace(anchor, () => replacement);
  throw new AnchorError(
    `${file} has the anchor of the planted bug ${found} times instead of once: adapt it to the source\n${anchor}`,
  );
}

/** The packages for the bundled worker, which is in another folder. */
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
