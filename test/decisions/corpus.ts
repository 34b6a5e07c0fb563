import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

const FILE = path.join(__dirname, 'decisions.zst');

/** Lines of a dump, with their data in plain JSON. */
export function readCorpus(): readonly string[] {
  return zstdDecompressSync(readFileSync(FILE)).toString().trimEnd().split('\n');
}

/** Returns the bytes that the file has now. */
export function writeCorpus(lines: readonly string[]): number {
  const { ZSTD_c_compressionLevel, ZSTD_c_enableLongDistanceMatching } = constants;
  const params = { [ZSTD_c_compressionLevel]: 19, [ZSTD_c_enableLongDistanceMatching]: 1 };
  const packed = zstdCompressSync(`${lines.join('\n')}\n`, { params });
  writeFileSync(FILE, packed);
  return packed.length;
}
