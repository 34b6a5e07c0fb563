/** The text of an answer's body as it arrives: inflated, held to a size, and strictly UTF-8. */
import type { IncomingMessage } from 'node:http';
import { createUnzip } from 'node:zlib';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { Utf8Text } from './utf8-text';

/** What the server may send compressed: a large answer shrinks to about a tenth. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate';

export interface BodyReader {
  /** Called with each piece; what it throws ends the reading. */
  readonly onText: (text: string) => void;
  readonly onEnd: () => void;
  readonly onError: (error: VsphereError) => void;
  /** After inflating: a small answer can stand for a huge one. */
  readonly largestBytes: number;
  /** What is read, for messages: a method's name. */
  readonly what: string;
}

/** Reads until the end, or the first error, which is told once. A body that is cut is the caller's to notice. */
export function readBody(response: IncomingMessage, reader: BodyReader): void {
  const { onText, onEnd, onError, largestBytes, what } = reader;
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const isPlain = encoding === 'identity' || encoding === '';
  let over = false;
  const fail = (error: VsphereError) => {
    if (over) return;
    over = true;
    source.destroy();
    onError(error);
  };
  // Takes gzip and deflate, told apart by their first bytes.
  const source = isPlain ? response : createUnzip();
  if (!isPlain && !['gzip', 'x-gzip', 'deflate'].includes(encoding)) {
    fail(malformed(what, `it is encoded as "${encoding.slice(0, 20)}", which was not asked for`));
    return;
  }
  const text = new Utf8Text();
  let received = 0;
  const attempt = (step: () => void) => {
    if (over) return;
    try {
      step();
    } catch (error) {
      const notText =
        error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
      fail(notText ? malformed(what, 'it is not UTF-8') : VsphereError.from(error));
    }
  };
  source.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > largestBytes) {
      const limit = `${largestBytes / 2 ** 20} MiB`;
      fail(transportError('ResponseTooLarge', `The answer to ${what} is larger than ${limit}.`, 'Unknown'));
      return;
    }
    attempt(() => onText(text.next(chunk)));
  });
  source.once('end', () =>
    attempt(() => {
      onText(text.end());
      over = true;
      onEnd();
    }),
  );
  if (source === response) return;
  source.on('error', (error) => fail(malformed(what, `it can't be inflated (${error.message})`)));
  response.pipe(source as ReturnType<typeof createUnzip>);
}

function malformed(what: string, why: string): VsphereError {
  return transportError('MalformedResponse', `The answer to ${what} can't be read: ${why}.`, 'Unknown');
}
