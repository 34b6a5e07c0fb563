/** Storage policies by name. */
import type { CallContext, VimClient } from '../../vsphere/port';
import { quotedName } from '../model/quoted-name';
import type { NamedPolicy } from '../model/storage-policy';
import { ActError } from './act-error';

/** The id of the one policy of that name. Throws an ActError where there is none, or more than one. */
export async function findStoragePolicy(
  { name, field }: NamedPolicy,
  calls: Pick<VimClient, 'findStoragePolicies'>,
  call: CallContext,
): Promise<string> {
  const [only, ...others] = await calls.findStoragePolicies(name, call);
  const policy = `storage policy ${quotedName(name)}`;
  if (only === undefined)
    throw new ActError(
      'StoragePolicyNotFound',
      `${policy} was not found: correct ${field}, create it, or give the operator's account the privilege StorageProfile.View on the root of the vCenter`,
    );
  if (others.length > 0)
    throw new ActError(
      'StoragePolicyAmbiguous',
      `${policy} is ambiguous, for ${others.length + 1} policies have that name: rename the others, or set ${field} to another one`,
    );
  return only;
}
