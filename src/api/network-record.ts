/**
 * What the adapters of a machine were given, on the machine itself: written by the clone, so that no crash parts them (R7), and
 * read live only. By it the operator knows which addresses a machine of an older spec holds.
 */
import { type AdapterAddress, canonical, hostPart } from './static-addresses';

/** The extraConfig key. It is no mark: only machines with static addresses have it. */
export const NETWORK_KEY = 'codeconnect.network';

export function networkRecord(adapters: readonly AdapterAddress[]): Readonly<Record<string, string>> {
  return { [NETWORK_KEY]: JSON.stringify(adapters) };
}

/** Undefined for a text that the operator did not write. */
export function readNetworkRecord(text: string | undefined): readonly AdapterAddress[] | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isAdapterAddress) ? value : undefined;
  } catch {
    // A person may have changed it. What is no JSON says nothing.
    return undefined;
  }
}

/** An address that both have, in whatever network: an older spec may have called the network by another name. */
export function sharedAddress(
  one: readonly AdapterAddress[],
  other: readonly AdapterAddress[],
): AdapterAddress | undefined {
  const held = new Set(other.flatMap(({ address }) => (address === undefined ? [] : canonical(hostPart(address)))));
  return one.find(({ address }) => address !== undefined && held.has(canonical(hostPart(address))));
}

function isAdapterAddress(value: unknown): value is AdapterAddress {
  if (typeof value !== 'object' || value === null) return false;
  const { network, address, gateway, nameservers }: Partial<Record<keyof AdapterAddress, unknown>> = value;
  return (
    typeof network === 'string' &&
    isTextOrAbsent(address) &&
    isTextOrAbsent(gateway) &&
    (nameservers === undefined ||
      (Array.isArray(nameservers) && nameservers.every((server) => typeof server === 'string')))
  );
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
