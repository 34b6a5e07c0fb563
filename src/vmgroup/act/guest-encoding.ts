/** How guest data is written into extraConfig: the encoding gzip+base64 of cloud-init's data source VMware. */
import { gunzipSync, gzipSync } from 'node:zlib';

/** The value of `guestinfo.metadata.encoding` and its like. */
export const ENCODING = 'gzip+base64';

/** Far more than any metadata has. A text that somebody else wrote may be made to grow without end (R14). */
const MOST_BYTES = 1024 * 1024;

export function encodedGuestData(text: string): string {
  return gzipSync(text).toString('base64');
}

/** Undefined for what was not written so. */
export function decodedGuestData(value: string): string | undefined {
  try {
    return gunzipSync(Buffer.from(value, 'base64'), { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch {
    return undefined;
  }
}
