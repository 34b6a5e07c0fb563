import { type ClonedNetworks, readNetworkRefusal } from '../../vmgroup/act/template-networks';
import type { CallContext } from '../../vsphere';
import type { VCenterReader } from './reading';

/**
 * Why the networks that clones of a group take over from their template are not allowed. They are in no inventory, so they
 * are read, as when a clone is sent.
 */
export async function networkRefusal(
  clone: ClonedNetworks,
  reader: Pick<VCenterReader, 'calls' | 'inventory' | 'tenants'>,
  call: CallContext,
): Promise<string | undefined> {
  try {
    return await readNetworkRefusal(clone, reader, call);
  } catch (error) {
    call.signal.throwIfAborted();
    if (!(error instanceof Error && 'code' in error)) throw error;
    return `the networks of the template could not be read: ${error.message}`;
  }
}
