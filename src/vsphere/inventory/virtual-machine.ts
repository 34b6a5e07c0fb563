/**
 * From vim25 properties to the VirtualMachine of the port. Absent properties keep what was known; unset ones clear it,
 * but for `config.*` of a machine without a configuration: vCenter then cannot read it, which is not the same as empty.
 */

import type { ManagedObjectReference, PowerState, VirtualMachine } from '../port';
import {
  type Expectations,
  type Expected,
  isCount,
  isFlag,
  isReference,
  isScalar,
  isText,
} from '../property/object-properties';
import { type Extent, numberOf, ownRef, type Property, refOf, sharedText, textOf } from '../property/property-value';
import type { AnyValue } from '../vim25/describe';
import { CHANGE_VERSION_PATH, extraConfigPath, isOfConfig } from './config-path';
import { DATASTORE_PATH, datastoresOf, sameDatastores } from './datastores';
import { isMarked, type VirtualMachineRecord, withGuest } from './machine-record';

interface Watched {
  readonly field?: Exclude<keyof VirtualMachine, 'ref' | 'extraConfig' | 'details' | 'guestInfo' | 'unreadable'>;
  readonly expected: Expected;
}

const WATCHED: ReadonlyMap<string, Watched> = new Map(
  Object.entries<Watched>({
    name: { field: 'name', expected: isText },
    parent: { field: 'parent', expected: isReference },
    'config.template': { field: 'isTemplate', expected: isFlag },
    'runtime.powerState': { field: 'powerState', expected: (value) => POWER_STATES.some((state) => state === value) },
    'runtime.connectionState': { field: 'connectionState', expected: isText },
    'runtime.host': { field: 'host', expected: isReference },
    resourcePool: { field: 'resourcePool', expected: isReference },
    [DATASTORE_PATH]: { field: 'datastores', expected: Array.isArray },
    'config.instanceUuid': { field: 'instanceUuid', expected: isText },
    'config.hardware.numCPU': { field: 'numCpu', expected: isCount },
    'config.hardware.memoryMB': { field: 'memoryMiB', expected: isCount },
    [CHANGE_VERSION_PATH]: { expected: isScalar },
  }),
);

const POWER_STATES: readonly PowerState[] = ['poweredOn', 'poweredOff', 'suspended'];

export const machineExpectations: Expectations = (path) =>
  WATCHED.get(path)?.expected ?? (path.startsWith(EXTRA_CONFIG_START) ? isScalar : undefined);

function isWatched(path: string): boolean {
  return machineExpectations(path) !== undefined;
}

/** Of one machine, unread or in extraConfig. */
const MOST_PATHS = 64;
const EXTRA_CONFIG_START = 'config.extraConfig[';
const EXTRA_CONFIG = /^config\.extraConfig\["(.*)"\]\.value$/;

/** The property paths to ask for. extraConfig is asked for by key, so that only the watched keys are sent. */
export function virtualMachinePaths(watchedExtraConfigKeys: readonly string[]): readonly string[] {
  return [...WATCHED.keys(), ...watchedExtraConfigKeys.map(extraConfigPath)];
}

/** A machine with no known property. */
function unknownMachine(ref: ManagedObjectReference): VirtualMachineRecord {
  return {
    machine: {
      ref,
      name: '',
      isTemplate: false,
      powerState: 'poweredOff',
      connectionState: 'connected',
      unreadable: true,
      extraConfig: NO_EXTRA_CONFIG,
    },
    changeVersion: undefined,
  };
}

const NO_EXTRA_CONFIG: Readonly<Record<string, string>> = Object.freeze({});

type Draft = { -readonly [K in keyof VirtualMachine]: VirtualMachine[K] };

/** Applies properties to a record. Returns the same object if nothing differs. */
export function applyToMachine(
  ref: ManagedObjectReference,
  before: VirtualMachineRecord | undefined,
  properties: readonly Property[],
  extent: Extent,
): VirtualMachineRecord {
  const base = before ?? unknownMachine(ownRef(ref));
  // What vCenter leaves out is unset only where it has told everything else.
  const isWhole = extent === 'Whole' && !properties.some(({ path, unread }) => unread === true && !isWatched(path));
  const changeVersion = changeVersionAfter(base, properties, isWhole ? 'Whole' : 'Changes');
  const isReadable = changeVersion !== undefined;
  const draft = isWhole ? unknownOf(base.machine, isReadable) : draftOf(base.machine);
  for (const { path, value, unread } of properties) {
    if (unread === true) keep(draft, base.machine, path);
    else if (path !== CHANGE_VERSION_PATH && (isReadable || value !== undefined || !isOfConfig(path)))
      assign(draft, path, value);
  }
  const unread = unreadAfter(base.unread, properties, extent);
  if (!isReadable || unread !== undefined) draft.unreadable = true;
  set(draft, 'details', isMarked(draft) ? base.details?.details : undefined);
  set(draft, 'guestInfo', base.guestInfo?.values);
  const machine = sameMachine(draft, base.machine) ? base.machine : draft;
  const isSame = machine === base.machine && changeVersion === base.changeVersion && sameList(unread, base.unread);
  if (before !== undefined && isSame) return before;
  const record = { machine, changeVersion, ...(unread === undefined ? {} : { unread }) };
  return withGuest(record, base);
}

/** A copy that says nothing about being unreadable. A deleted property would make each machine slow and large. */
function draftOf({ unreadable: _, ...machine }: VirtualMachine): Draft {
  return machine;
}

function changeVersionAfter(
  before: VirtualMachineRecord,
  properties: readonly Property[],
  extent: Extent,
): string | undefined {
  const told = properties.find(({ path }) => path === CHANGE_VERSION_PATH);
  if (told?.unread === true || (told === undefined && extent === 'Changes')) return before.changeVersion;
  return textOf(told?.value);
}

/** The unread paths that were known, without those that can be read now, and with those that cannot. */
function unreadAfter(
  before: readonly string[] | undefined,
  properties: readonly Property[],
  extent: Extent,
): readonly string[] | undefined {
  if (before === undefined && !properties.some(({ unread }) => unread === true)) return undefined;
  const now = properties
    .filter(({ path, unread }) => unread === true && path !== DATASTORE_PATH)
    .map(({ path }) => path);
  const told = new Set(properties.map(({ path }) => path));
  const kept = extent === 'Whole' ? [] : (before ?? []).filter((path) => !told.has(path));
  const all = boundedList([...kept, ...now]);
  return all.length === 0 ? undefined : all;
}

/** A server could name any number of paths: beyond some, all that is left of them is that there are more. */
function boundedList(paths: readonly string[]): readonly string[] {
  const all = new Set(paths);
  return all.size <= MOST_PATHS ? [...all] : ['', ...[...all].slice(0, MOST_PATHS - 1)];
}

function sameList(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === b || (a?.length === b?.length && a?.every((item, index) => item === b?.[index]) === true);
}

/** What a property that cannot be read leaves as it was. */
function keep(draft: Draft, known: VirtualMachine, path: string): void {
  const field = WATCHED.get(path)?.field;
  const key = EXTRA_CONFIG.exec(path)?.[1];
  if (field !== undefined) set(draft, field, known[field]);
  else if (key !== undefined) assignExtraConfig(draft, path, known.extraConfig[key]);
}

/**
 * What a whole read starts from. What every machine has stays as it was until it is told, and a configuration that cannot
 * be read is still the one that was known.
 */
function unknownOf(known: VirtualMachine, isReadable: boolean): Draft {
  const { name, powerState, connectionState } = known;
  const draft = { ...draftOf(unknownMachine(known.ref).machine), name, powerState, connectionState };
  if (isReadable) return draft;
  draft.isTemplate = known.isTemplate;
  draft.extraConfig = known.extraConfig;
  set(draft, 'instanceUuid', known.instanceUuid);
  set(draft, 'numCpu', known.numCpu);
  set(draft, 'memoryMiB', known.memoryMiB);
  return draft;
}

function assign(draft: Draft, path: string, value: AnyValue | undefined): void {
  const assigner = Object.hasOwn(assigners, path) ? assigners[path] : undefined;
  if (assigner === undefined) assignExtraConfig(draft, path, value);
  else assigner(draft, value);
}

const assigners: Readonly<Record<string, (draft: Draft, value: AnyValue | undefined) => void>> = {
  name: (draft, value) => {
    draft.name = decodeName(textOf(value) ?? '');
  },
  'config.template': (draft, value) => {
    draft.isTemplate = value === true;
  },
  'runtime.powerState': (draft, value) => {
    draft.powerState = powerStateOf(value);
  },
  'runtime.connectionState': (draft, value) => {
    draft.connectionState = typeof value === 'string' ? sharedText(value) : 'invalid';
  },
  parent: (draft, value) => set(draft, 'parent', refOf(value)),
  'runtime.host': (draft, value) => set(draft, 'host', refOf(value)),
  resourcePool: (draft, value) => set(draft, 'resourcePool', refOf(value)),
  [DATASTORE_PATH]: (draft, value) => set(draft, 'datastores', datastoresOf(value)),
  'config.instanceUuid': (draft, value) => set(draft, 'instanceUuid', textOf(value)),
  'config.hardware.numCPU': (draft, value) => set(draft, 'numCpu', numberOf(value)),
  'config.hardware.memoryMB': (draft, value) => set(draft, 'memoryMiB', numberOf(value)),
};

/** An empty value removes the key, as in vCenter (docs/vsphere.md#extraconfig-values). */
function assignExtraConfig(draft: Draft, path: string, value: AnyValue | undefined): void {
  const key = EXTRA_CONFIG.exec(path)?.[1];
  if (key === undefined || typeof value === 'object') return;
  const text = value === undefined ? '' : String(value);
  if ((draft.extraConfig[key] ?? '') === text) return;
  const { [key]: _, ...others } = draft.extraConfig;
  if (text !== '' && Object.keys(others).length >= MOST_PATHS) return;
  if (text !== '') draft.extraConfig = { ...others, [sharedText(key)]: sharedText(text) };
  else draft.extraConfig = Object.keys(others).length === 0 ? NO_EXTRA_CONFIG : others;
}

function set<K extends keyof Draft>(draft: Draft, key: K, value: Draft[K] | undefined): void {
  if (value === undefined) delete draft[key];
  else draft[key] = value;
}

function sameMachine(a: VirtualMachine, b: VirtualMachine): boolean {
  return (
    a.name === b.name &&
    sameOptionalRef(a.parent, b.parent) &&
    a.isTemplate === b.isTemplate &&
    a.powerState === b.powerState &&
    a.connectionState === b.connectionState &&
    a.unreadable === b.unreadable &&
    a.instanceUuid === b.instanceUuid &&
    a.numCpu === b.numCpu &&
    a.memoryMiB === b.memoryMiB &&
    sameOptionalRef(a.host, b.host) &&
    sameOptionalRef(a.resourcePool, b.resourcePool) &&
    sameDatastores(a.datastores, b.datastores) &&
    a.details === b.details &&
    a.guestInfo === b.guestInfo &&
    sameTexts(a.extraConfig, b.extraConfig)
  );
}

export function sameOptionalRef(a: ManagedObjectReference | undefined, b: ManagedObjectReference | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.type === b.type && a.value === b.value);
}

function sameTexts(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  if (a === b) return true;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** vCenter writes `%`, `/` and `\` in names as %25, %2f and %5c (docs/vsphere.md#names-are-escaped). */
export function decodeName(name: string): string {
  return name.includes('%') ? name.replace(/%(25|2f|5c)/gi, (escaped) => decodeURIComponent(escaped)) : name;
}

export function encodeName(name: string): string {
  return name.replace(/[%/\\]/g, (character) => encodeURIComponent(character).toLowerCase());
}

function powerStateOf(value: AnyValue | undefined): PowerState {
  return POWER_STATES.find((state) => state === value) ?? 'poweredOff';
}
