/** The addresses that a guest reports, by guest.net. The guest says what it wants (R14). */
import type { GuestAdapter } from '../port';
import { ownText } from '../property/property-value';
import type { AnyValue } from '../vim25/describe';
import type { GuestNicInfo } from '../vim25/device-types';

const MOST_ADDRESSES = 1_000;
const MOST_ADAPTERS = 64;
/** An IPv6 address with a zone has some 50 characters. */
const LONGEST_ADDRESS = 100;
/** Of an interface that is none of the machine's adapters. */
const NO_ADAPTER = -1;

export const NO_ADDRESSES: readonly string[] = Object.freeze([]);

/** All addresses in vCenter's order. */
export function addressesOf(value: AnyValue | undefined): readonly string[] {
  const addresses = nicsOf(value)
    .flatMap(({ ipAddress = [] }) => ipAddress)
    .slice(0, MOST_ADDRESSES)
    .filter(isAddress)
    .map(ownText);
  // flatMap leaves spare room at the end of the list; a copy does not have it.
  return addresses.length === 0 ? NO_ADDRESSES : addresses.slice();
}

/** Undefined for one interface, which is most machines: all addresses are its own. */
export function adaptersOf(value: AnyValue | undefined, known: readonly string[]): readonly GuestAdapter[] | undefined {
  const nics = nicsOf(value);
  if (nics.length < 2) return undefined;
  // One string for an address that is kept twice.
  const texts = new Map(known.map((address) => [address, address]));
  return nics.slice(0, MOST_ADAPTERS).map(({ deviceConfigId = NO_ADAPTER, ipAddress = [] }) => ({
    key: deviceConfigId,
    ipAddresses: ipAddress.flatMap((address) => texts.get(address) ?? []),
  }));
}

export function sameAdapters(a: readonly GuestAdapter[] | undefined, b: readonly GuestAdapter[] | undefined): boolean {
  if (a === b) return true;
  if (a?.length !== b?.length) return false;
  return (a ?? []).every(({ key, ipAddresses }, index) => {
    const other = b?.[index];
    return other !== undefined && other.key === key && sameTexts(other.ipAddresses, ipAddresses);
  });
}

export function isAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS;
}

function nicsOf(value: AnyValue | undefined): readonly GuestNicInfo[] {
  return Array.isArray(value) ? (value as readonly GuestNicInfo[]) : [];
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}
