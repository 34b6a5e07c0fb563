/** Reads a stream of bytes up to a limit, so that no file and no device fills the memory. */

/** The text is too large to be read. */
export class TextTooLarge extends Error {
  override readonly name = 'TextTooLarge';
  readonly code = 'TextTooLarge';
}

/** Ends the stream, too, when it gives more than `mostBytes`. Bytes that are no UTF-8 become replacement characters. */
export async function boundedText(stream: AsyncIterable<Uint8Array | string>, mostBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > mostBytes)
      throw new TextTooLarge(`has more than ${mostBytes / 1024 / 1024} MiB: plan fewer VmGroups at once`);
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
