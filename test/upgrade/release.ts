/** The operator and the manifests of the last release, as one file each (test/upgrade/README.md). */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

const FOLDER = path.join(__dirname, 'released');

/** By name of the kept file: the text. */
export interface Release {
  /** The bundled command. */
  readonly operator: string;
  /** All CRDs. */
  readonly crds: string;
  /** Everything else that the default installation has. */
  readonly installation: string;
}

const FILES: Readonly<Record<keyof Release, string>> = {
  operator: 'vm-operator.js.br',
  crds: 'crds.k8s.yaml.br',
  installation: 'operator.k8s.yaml.br',
};

export function lastRelease(): Release {
  const textOf = (file: string) => brotliDecompressSync(readFileSync(path.join(FOLDER, file))).toString('utf8');
  return { operator: textOf(FILES.operator), crds: textOf(FILES.crds), installation: textOf(FILES.installation) };
}

/** Takes the place of the release that was kept before. */
export function keepRelease(release: Release): void {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const keep = (file: string, text: string) =>
    writeFileSync(path.join(FOLDER, file), brotliCompressSync(text, { params }));
  keep(FILES.operator, release.operator);
  keep(FILES.crds, release.crds);
  keep(FILES.installation, release.installation);
}
