import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Sizes of an image, in bytes. */
export interface ImageSize {
  /** All files: what a node keeps. */
  readonly unpackedBytes: number;
  /** Compressed as a registry does it: what a node pulls. */
  readonly compressedBytes: number;
  /** What the Dockerfile adds to the Node image, unpacked. */
  readonly addedBytes: number;
}

/** Size of a file after gzip. */
export async function compressedBytes(file: string): Promise<number> {
  let bytes = 0;
  const count = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(createReadStream(file), createGzip(), count);
  return bytes;
}

/** Such as "281 MB", with the megabytes of a registry: a million bytes. */
export function megabytes(bytes: number): string {
  const millions = bytes / 1_000_000;
  return `${millions < 10 ? millions.toFixed(1) : Math.round(millions)} MB`;
}
