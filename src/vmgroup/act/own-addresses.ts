/** Whether a replica may have the addresses that its ordinal gets: no two living replicas of a group share one. */
import { NETWORK_KEY, readNetworkRecord, sharedAddress } from '../../api/network-record';
import { type AdapterAddress, adapterAddresses, shortListFor } from '../../api/static-addresses';
import type { VmGroup } from '../../api/vm-group';
import type { CallContext, ManagedObjectReference, VimClient } from '../../vsphere/port';
import type { Action } from '../model/action';
import { noAddressLeft } from '../model/no-address-left';
import { ActError } from './act-error';

export interface AddressContext {
  readonly group: VmGroup;
  readonly calls: Pick<VimClient, 'readExtraConfig'>;
  /** A live read has told the addresses of a machine: the next plan goes by them. */
  learnedAddresses(machine: ManagedObjectReference, adapters: readonly AdapterAddress[]): void;
}

/** Makes no call for a group without static addresses, nor while all its replicas have the current ones. Throws an ActError. */
export async function verifyOwnAddresses(
  { slot, addressHolders = [] }: Extract<Action, { kind: 'Clone' }>,
  { group, calls, learnedAddresses }: AddressContext,
  call: CallContext,
): Promise<void> {
  const short = shortListFor(group.spec, slot.ordinal);
  if (short !== undefined) throw new ActError('NoAddressLeft', noAddressLeft(short, slot.ordinal));
  if (addressHolders.length === 0) return;
  const own = adapterAddresses(group.spec, slot.ordinal);
  const refs = addressHolders.map(({ ref }) => ref);
  const told = await calls.readExtraConfig(refs, [NETWORK_KEY], call);
  const records = new Map(
    [...told].map(([machine, extraConfig]) => [machine, readNetworkRecord(extraConfig[NETWORK_KEY]) ?? []]),
  );
  for (const { ref } of addressHolders) learnedAddresses(ref, records.get(ref.value) ?? []);
  for (const { ref, name } of addressHolders) {
    const record = records.get(ref.value);
    // What cannot be read is unknown: it may hold any address.
    if (record === undefined)
      throw new ActError(
        'AddressInUse',
        `vCenter does not tell which addresses ${name} holds: the clone waits until it does, or until the machine is gone`,
      );
    const shared = sharedAddress(own, record);
    if (shared !== undefined)
      throw new ActError(
        'AddressInUse',
        `address ${shared.address} of network ${shared.network} is held by ${name} until that is replaced: wait, or raise maxUnavailable, or delete ${name} in vCenter`,
      );
  }
}
