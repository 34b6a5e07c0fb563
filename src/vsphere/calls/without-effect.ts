import { VsphereError } from '../vim25/vsphere-error';

/** Reads before a change. If one fails, the change was not sent, and nobody has to find out what happened to it. */
export async function withoutEffect<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    const { code, message, outcome, fault } = VsphereError.from(thrown);
    if (outcome !== 'Unknown') throw thrown;
    throw new VsphereError(code, message, 'NotSent', { cause: thrown, ...(fault !== undefined && { fault }) });
  }
}
