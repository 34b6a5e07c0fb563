import { GuestDataError } from './guest-data-error';

/** The largest text that we give to vSphere, in bytes before compression. */
const LARGEST_BYTES = 512 * 1024;

/** Throws a GuestDataError for a text that is too large for the guest. */
export function refuseLarge(text: string, field: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= LARGEST_BYTES) return;
  throw new GuestDataError(
    'GuestDataTooLarge',
    `${field} has ${bytes} bytes: give at most ${LARGEST_BYTES}, and let the guest fetch the rest at boot`,
  );
}
