/** Values that guests set in guestinfo, of the machines that somebody asked for. They are read key by key (R10). */
import { type Expectations, isScalar } from '../property/object-properties';
import { type Extent, ownText, type Property } from '../property/property-value';
import { CHANGE_VERSION_PATH, extraConfigPath } from './config-path';

/** One more than a value may have that is asked for: a longer one equals none of them, and is not kept whole. */
const LONGEST_VALUE = 1025;

export interface GuestInfoRecord {
  /** By key, without `guestinfo.`. Empty: the guest has set none. A key that was not read yet is absent. */
  readonly values: Readonly<Record<string, string>>;
  /** Whether vCenter tells the machine's configuration now: what it told last is kept meanwhile. */
  readonly isReadable: boolean;
}

export function guestInfoPaths(keys: readonly string[]): readonly string[] {
  return [...keys.map(pathOf), CHANGE_VERSION_PATH];
}

function pathOf(key: string): string {
  return extraConfigPath(`guestinfo.${key}`);
}

/** A value is a text; a server may send another scalar. What a guest wrote may be long. */
export const guestInfoExpectations: Expectations = (path) =>
  path === CHANGE_VERSION_PATH ? isScalar : (value) => typeof value !== 'object';

/** Applies properties to the values of these keys; other keys are forgotten. Returns the same object if nothing differs. */
export function applyToGuestInfo(
  before: GuestInfoRecord | undefined,
  keys: readonly string[],
  properties: readonly Property[],
  extent: Extent,
): GuestInfoRecord {
  const told = new Map(properties.map((property) => [property.path, property]));
  const isReadable = isReadableAfter(before, told.get(CHANGE_VERSION_PATH), extent);
  // Without a prototype: a key may be __proto__.
  const values: Record<string, string> = Object.create(null);
  for (const key of keys) {
    const known = before !== undefined && Object.hasOwn(before.values, key) ? before.values[key] : undefined;
    const value = valueAfter(known, told.get(pathOf(key)), isReadable, extent);
    if (value !== undefined) values[key] = value;
  }
  if (before !== undefined && before.isReadable === isReadable && sameValues(before.values, values)) return before;
  return { values, isReadable };
}

function isReadableAfter(before: GuestInfoRecord | undefined, told: Property | undefined, extent: Extent): boolean {
  if (told?.unread === true || (told === undefined && extent === 'Changes')) return before?.isReadable ?? false;
  return told?.value !== undefined;
}

/** Undefined: not known. */
function valueAfter(
  known: string | undefined,
  told: Property | undefined,
  isReadable: boolean,
  extent: Extent,
): string | undefined {
  if (told?.unread === true) return known;
  if (told?.value === undefined) {
    const isUnset = isReadable && (told !== undefined || extent === 'Whole');
    return isUnset ? '' : known;
  }
  const text = String(told.value).slice(0, LONGEST_VALUE);
  return text === known ? known : ownText(text);
}

function sameValues(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}
