/** Makes MachineDetails of properties. They are watched for machines with marks only. */
import type { MachineDetails } from '../port';
import { type Expectations, type Expected, isCount, isFlag, isScalar } from '../property/object-properties';
import { type Extent, numberOf, ownText, type Property } from '../property/property-value';
import type { AnyValue } from '../vim25/describe';
import type { GuestNicInfo } from '../vim25/device-types';
import { CHANGE_VERSION_PATH, isOfConfig } from './config-path';
import { adaptersOf, addressesOf, isAddress, NO_ADDRESSES, sameAdapters } from './guest-adapters';

/** Exists from vSphere 6.7 on; an older vCenter refuses a filter with it (docs/vsphere.md#property-values). */
export const CREATE_DATE_PATH = 'config.createDate';

interface Watched {
  readonly field?: Exclude<keyof MachineDetails, 'ipAddresses' | 'adapters'>;
  readonly expected: Expected;
}

const isString: Expected = (value) => typeof value === 'string';

const WATCHED: Readonly<Record<string, Watched>> = {
  'guest.toolsRunningStatus': { field: 'toolsRunning', expected: isString },
  'guest.net': { expected: isListOfAdapters },
  'guest.ipAddress': { expected: isString },
  'config.cpuHotAddEnabled': { field: 'cpuHotAdd', expected: isFlag },
  'config.memoryHotAddEnabled': { field: 'memoryHotAdd', expected: isFlag },
  'config.hotPlugMemoryIncrementSize': { field: 'memoryHotAddIncrementMiB', expected: isCount },
  'config.hotPlugMemoryLimit': { field: 'memoryHotAddLimitMiB', expected: isCount },
  'config.hardware.numCoresPerSocket': { field: 'coresPerSocket', expected: isCount },
  [CREATE_DATE_PATH]: { field: 'createdWallMs', expected: (value) => wallMsOf(value) !== undefined },
  [CHANGE_VERSION_PATH]: { expected: isScalar },
};

export const DETAILS_PATHS: readonly string[] = Object.keys(WATCHED);

export const detailsExpectations: Expectations = (path) =>
  Object.hasOwn(WATCHED, path) ? WATCHED[path]?.expected : undefined;

/** The details, and the two properties that `ipAddresses` is made of. */
export interface DetailsRecord {
  readonly details: MachineDetails;
  /** Whether vCenter tells the machine's configuration now: what it told last is kept meanwhile. */
  readonly isReadable: boolean;
  /** guest.net[].ipAddress. */
  readonly adapterAddresses: readonly string[];
  /** guest.ipAddress, the primary address. Some VMware Tools report it without reporting adapters. */
  readonly primaryAddress?: string;
}

type Draft = { -readonly [K in keyof MachineDetails]: MachineDetails[K] };

const UNKNOWN: DetailsRecord = {
  details: { toolsRunning: false, ipAddresses: NO_ADDRESSES, cpuHotAdd: false, memoryHotAdd: false },
  isReadable: false,
  adapterAddresses: NO_ADDRESSES,
};

/** Applies properties to a record. Returns the same object if nothing differs. */
export function applyToDetails(
  before: DetailsRecord | undefined,
  properties: readonly Property[],
  extent: Extent,
): DetailsRecord {
  const known = before ?? UNKNOWN;
  const isReadable = isReadableAfter(known, properties, extent);
  const draft: Draft = { ...(extent === 'Whole' ? unknownOf(known.details, isReadable) : known.details) };
  let { adapterAddresses, primaryAddress } = extent === 'Whole' ? UNKNOWN : known;
  for (const { path, value, unread } of properties) {
    if (unread === true) {
      keep(draft, known.details, path);
      if (path === 'guest.net') {
        adapterAddresses = known.adapterAddresses;
        set(draft, 'adapters', known.details.adapters);
      }
      if (path === 'guest.ipAddress') primaryAddress = known.primaryAddress;
    } else if (path === 'guest.net') {
      adapterAddresses = addressesOf(value);
      set(draft, 'adapters', adaptersOf(value, adapterAddresses));
    } else if (path === 'guest.ipAddress') primaryAddress = addressOf(value, adapterAddresses);
    else if (!isReadable && value === undefined && isOfConfig(path)) continue;
    else if (Object.hasOwn(assigners, path)) assigners[path]?.(draft, value);
  }
  draft.ipAddresses =
    adapterAddresses.length === 0 && primaryAddress !== undefined ? [primaryAddress] : adapterAddresses;
  const details = before !== undefined && sameDetails(before.details, draft) ? before.details : draft;
  const isSame =
    details === before?.details &&
    before.isReadable === isReadable &&
    sameList(before.adapterAddresses, adapterAddresses) &&
    before.primaryAddress === primaryAddress;
  return isSame
    ? before
    : { details, isReadable, adapterAddresses, ...(primaryAddress === undefined ? {} : { primaryAddress }) };
}

function isReadableAfter(before: DetailsRecord, properties: readonly Property[], extent: Extent): boolean {
  const told = properties.find(({ path }) => path === CHANGE_VERSION_PATH);
  if (told?.unread === true || (told === undefined && extent === 'Changes')) return before.isReadable;
  return told?.value !== undefined;
}

function unknownOf(known: MachineDetails, isReadable: boolean): MachineDetails {
  const { toolsRunning, ipAddresses } = UNKNOWN.details;
  const { adapters: _, ...rest } = known;
  return isReadable ? UNKNOWN.details : { ...rest, toolsRunning, ipAddresses };
}

/** What a property that cannot be read leaves as it was. */
function keep(draft: Draft, known: MachineDetails, path: string): void {
  const field = Object.hasOwn(WATCHED, path) ? WATCHED[path]?.field : undefined;
  if (field !== undefined) set(draft, field, known[field]);
}

const assigners: Readonly<Record<string, (draft: Draft, value: AnyValue | undefined) => void>> = {
  'guest.toolsRunningStatus': (draft, value) => {
    draft.toolsRunning = value === 'guestToolsRunning';
  },
  'config.cpuHotAddEnabled': (draft, value) => {
    draft.cpuHotAdd = value === true;
  },
  'config.memoryHotAddEnabled': (draft, value) => {
    draft.memoryHotAdd = value === true;
  },
  'config.hotPlugMemoryIncrementSize': (draft, value) => set(draft, 'memoryHotAddIncrementMiB', numberOf(value)),
  'config.hotPlugMemoryLimit': (draft, value) => set(draft, 'memoryHotAddLimitMiB', numberOf(value)),
  'config.hardware.numCoresPerSocket': (draft, value) => set(draft, 'coresPerSocket', numberOf(value)),
  [CREATE_DATE_PATH]: (draft, value) => set(draft, 'createdWallMs', wallMsOf(value)),
};

function set<K extends keyof Draft>(draft: Draft, key: K, value: Draft[K] | undefined): void {
  if (value === undefined) delete draft[key];
  else draft[key] = value;
}

/** GuestNicInfo, of which some fields may be absent. */
function isListOfAdapters(value: AnyValue): boolean {
  if (!Array.isArray(value)) return false;
  return value.every((nic: Partial<GuestNicInfo> | AnyValue) => {
    if (typeof nic !== 'object' || Array.isArray(nic)) return false;
    const { ipAddress, deviceConfigId } = nic as { readonly ipAddress?: unknown; readonly deviceConfigId?: unknown };
    if (deviceConfigId !== undefined && typeof deviceConfigId !== 'number') return false;
    return (
      ipAddress === undefined ||
      (Array.isArray(ipAddress) && ipAddress.every((address: unknown) => typeof address === 'string'))
    );
  });
}

/** The equal text of `known` if there is one, to keep one string only. An empty text is no address. */
function addressOf(value: AnyValue | undefined, known: readonly string[]): string | undefined {
  if (typeof value !== 'string' || value === '' || !isAddress(value)) return undefined;
  return known.find((address) => address === value) ?? ownText(value);
}

function wallMsOf(value: AnyValue | undefined): number | undefined {
  const wallMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(wallMs) ? undefined : wallMs;
}

function sameDetails(a: MachineDetails, b: MachineDetails): boolean {
  return (
    a.toolsRunning === b.toolsRunning &&
    a.cpuHotAdd === b.cpuHotAdd &&
    a.memoryHotAdd === b.memoryHotAdd &&
    a.memoryHotAddIncrementMiB === b.memoryHotAddIncrementMiB &&
    a.memoryHotAddLimitMiB === b.memoryHotAddLimitMiB &&
    a.coresPerSocket === b.coresPerSocket &&
    a.createdWallMs === b.createdWallMs &&
    sameList(a.ipAddresses, b.ipAddresses) &&
    sameAdapters(a.adapters, b.adapters)
  );
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}
