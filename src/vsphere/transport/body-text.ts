/** The body of an answer as text, while it arrives: inflated, and limited in size. */
import type { IncomingMessage } from 'node:http';
import { createUnzip } from 'node:zlib';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { Utf8Text } from './utf8-text';

/** Compressed, a large answer shrinks to about a tenth. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate';

export interface BodyReader {
  /** Called with each piece. An error that it throws ends the reading. */
  readonly onText: (text: string) => void;
  readonly onEnd: () => void;
  readonly onError: (error: VsphereError) => void;
  /** The limit after inflating: a small body can inflate to a huge one. */
  readonly largestBytes: number;
  /** The name of the method, for messages. */
  readonly what: string;
}

/**
 * Reads until the end or the first error. Calls either `onEnd` or `onError`, once. The caller has to notice a cut body.
 */
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
  // createUnzip tells gzip from deflate by the first bytes.
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
      fail(VsphereError.from(error));
    }
  };
  source.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > largestBytes) {
      const limit = `${largestBytes / 2 ** 20} MiB`;
      fail(transportError('ResponseTooLarge', `the answer to ${what} is larger than ${limit}`, 'Unknown'));
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
  source.on('error', (error) => fail(malformed(what, `it cannot be inflated (${error.message})`)));
  response.pipe(source as ReturnType<typeof createUnzip>);
}

function malformed(what: string, why: string): VsphereError {
  return transportError('MalformedResponse', `the answer to ${what} cannot be read: ${why}`, 'Unknown');
}
