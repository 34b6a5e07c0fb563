/** Static addresses of replicas: the lists `spec.networks[].addresses`, of which each ordinal has one entry. */
import { isIP, SocketAddress } from 'node:net';
import type { VmGroupSpec } from '../../imports/vmgroup';

/** What the spec gives to one adapter of a replica. */
export interface AdapterAddress {
  /** Name of the entry in spec.networks. */
  readonly network: string;
  /** With its prefix length, such as 10.0.0.10/24. Absent: the network has no list, and DHCP decides. */
  readonly address?: string;
  readonly gateway?: string;
  readonly nameservers?: readonly string[];
}

/** Whether any network of the spec has a list. Without one, nothing here concerns the group. */
export function hasStaticAddresses({ networks }: Pick<VmGroupSpec, 'networks'>): boolean {
  return networks?.some(({ addresses }) => addresses !== undefined && addresses.length > 0) ?? false;
}

/** What each adapter of the replica with this ordinal gets, in the order of the adapters. */
export function adapterAddresses({ networks }: Pick<VmGroupSpec, 'networks'>, ordinal: number): AdapterAddress[] {
  return (networks ?? []).map(({ name, addresses, gateway, nameservers }) => {
    const address = addresses?.[ordinal];
    return {
      network: name,
      ...(address !== undefined && { address }),
      ...(gateway !== undefined && { gateway }),
      ...(nameservers !== undefined && nameservers.length > 0 && { nameservers }),
    };
  });
}

/** A list that has no entry for a replica. */
export interface ShortList {
  readonly network: string;
  readonly entries: number;
}

/** The first list that is too short for the ordinal; undefined if each has an entry for it. */
export function shortListFor({ networks }: Pick<VmGroupSpec, 'networks'>, ordinal: number): ShortList | undefined {
  for (const { name, addresses = [] } of networks ?? [])
    if (addresses.length > 0 && addresses.length <= ordinal) return { network: name, entries: addresses.length };
  return undefined;
}

/** An address that one list gives to two ordinals. */
export interface RepeatedAddress {
  readonly network: string;
  readonly first: number;
  readonly second: number;
  readonly address: string;
}

/**
 * The first address that a list has twice. The API server refuses equal texts only: 10.0.0.1/24 and 10.0.0.1/16 are one address,
 * and so are two ways to write an IPv6 address.
 */
export function repeatedAddress(spec: VmGroupSpec): RepeatedAddress | undefined {
  if (!hasStaticAddresses(spec)) return undefined;
  const known = repeated.get(spec);
  if (known !== undefined) return known ?? undefined;
  const found = findRepeated(spec);
  repeated.set(spec, found ?? null);
  return found;
}

/** A spec object never changes, and a list may have 512 entries. */
const repeated = new WeakMap<VmGroupSpec, RepeatedAddress | null>();

function findRepeated({ networks = [] }: VmGroupSpec): RepeatedAddress | undefined {
  for (const { name, addresses = [] } of networks) {
    const seen = new Map<string, number>();
    for (const [second, address] of addresses.entries()) {
      const key = canonical(hostPart(address));
      const first = seen.get(key);
      if (first !== undefined) return { network: name, first, second, address };
      seen.set(key, second);
    }
  }
  return undefined;
}

/** The address without its prefix length. */
export function hostPart(cidr: string): string {
  const [host = cidr] = cidr.split('/');
  return host;
}

/** One text for all ways to write an address. What is no address stays as it is. */
export function canonical(address: string): string {
  const version = isIP(address);
  if (version === 0) return address;
  return new SocketAddress({ address, family: version === 4 ? 'ipv4' : 'ipv6' }).address;
}
