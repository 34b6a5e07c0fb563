import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { VsphereError } from '../vim25/vsphere-error';
import { readBody } from './body-text';

const LIMIT = 2 ** 20;

/** Reads a body to its end. `kept` counts the characters that were handed on. */
async function read(body: Buffer, encoding: string): Promise<{ kept: number; error: VsphereError | undefined }> {
  const response = Object.assign(Readable.from([body]), { headers: { 'content-encoding': encoding } });
  let kept = 0;
  const error = await new Promise<VsphereError | undefined>((resolve) => {
    readBody(response as unknown as IncomingMessage, {
      what: 'CreateFolder',
      largestBytes: LIMIT,
      onText: (text) => {
        kept += text.length;
      },
      onEnd: () => resolve(undefined),
      onError: resolve,
    });
  });
  return { kept, error };
}

test.each([
  ['identity', Buffer.alloc(LIMIT, ' ')],
  ['gzip', gzipSync(Buffer.alloc(LIMIT, ' '))],
])('a body in %s that is as large as the limit is read', async (encoding, body) => {
  expect(await read(body, encoding)).toEqual({ kept: LIMIT, error: undefined });
});

test.each([
  ['identity', Buffer.alloc(LIMIT + 1, ' ')],
  ['gzip', gzipSync(Buffer.alloc(64 * LIMIT, ' '))],
])('of a body in %s that is larger than the limit no more than the limit is kept', async (encoding, body) => {
  const { kept, error } = await read(body, encoding);
  expect(error).toMatchObject({ code: 'ResponseTooLarge' });
  expect(kept).toBeLessThanOrEqual(LIMIT);
});
