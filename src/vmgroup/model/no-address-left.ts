import type { ShortList } from '../../api/static-addresses';

/** A list of static addresses that has no entry for a replica. */
export function noAddressLeft({ network, entries }: ShortList, ordinal: number): string {
  const has = entries === 1 ? '1 entry' : `${entries} entries`;
  return `spec.networks[${network}].addresses has ${has}, and ordinal ${ordinal} needs entry ${ordinal + 1}: add addresses, or lower spec.replicas or maxSurge`;
}
