/** Text that cannot be given to a guest. The message names the field and never contains the text (R10). */
export class GuestDataError extends Error {
  override readonly name = 'GuestDataError';

  constructor(
    readonly code: 'GuestDataTooLarge' | 'GuestDataInvalid',
    message: string,
  ) {
    super(message);
  }
}
