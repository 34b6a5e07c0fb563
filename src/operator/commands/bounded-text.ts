/** Reads a stream of bytes up to a limit, so that a stream without an end has one. */
import { StringDecoder } from 'node:string_decoder';

/** There is more than is read. */
export class TextTooLarge extends Error {
  override readonly name = 'TextTooLarge';
  readonly code = 'TextTooLarge';
}

/** Ends the stream, too, when it gives more than `mostBytes`. Bytes that are no UTF-8 become replacement characters. */
export async function* boundedText(
  stream: AsyncIterable<Uint8Array | string>,
  mostBytes: number,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > mostBytes) throw new TextTooLarge(`has more than ${mostBytes / 1024 / 1024} MiB`);
    yield decoder.write(buffer);
  }
  yield decoder.end();
}
