/** From vim25 properties to the VirtualMachine of the port. Absent properties keep what was known; unset ones clear it. */
import type { ManagedObjectReference, PowerState, VirtualMachine } from './port';
import type { AnyValue } from './vim25/describe';

/** Property path and value; `value` undefined = unset. */
export interface Property {
  readonly path: string;
  readonly value: AnyValue | undefined;
}

export interface VirtualMachineRecord {
  readonly machine: VirtualMachine;
  readonly changeVersion: string | undefined;
}

const PATHS = [
  'name',
  'parent',
  'config.template',
  'runtime.powerState',
  'runtime.connectionState',
  'runtime.host',
  'resourcePool',
  'config.instanceUuid',
  'config.hardware.numCPU',
  'config.hardware.memoryMB',
  'config.changeVersion',
] as const;

const EXTRA_CONFIG = /^config\.extraConfig\["(.*)"\]\.value$/;

/** The property paths to ask for. extraConfig by key, so that only the watched ones travel. */
export function virtualMachinePaths(watchedExtraConfigKeys: readonly string[]): readonly string[] {
  return [...PATHS, ...watchedExtraConfigKeys.map((key) => `config.extraConfig["${key}"].value`)];
}

/** A new machine of which nothing is known yet. */
function unknownMachine(ref: ManagedObjectReference): VirtualMachineRecord {
  return {
    machine: {
      ref,
      name: '',
      isTemplate: false,
      powerState: 'poweredOff',
      connectionState: 'connected',
      extraConfig: NO_EXTRA_CONFIG,
    },
    changeVersion: undefined,
  };
}

const NO_EXTRA_CONFIG: Readonly<Record<string, string>> = Object.freeze({});

type Draft = { -readonly [K in keyof VirtualMachine]: VirtualMachine[K] };

/** Applies properties to what was known. Returns the very same record when nothing differs. */
export function applyToMachine(
  ref: ManagedObjectReference,
  before: VirtualMachineRecord | undefined,
  properties: Iterable<Property>,
): VirtualMachineRecord {
  const base = before ?? unknownMachine(ownRef(ref));
  const draft: Draft = { ...base.machine };
  let changeVersion = base.changeVersion;
  for (const { path, value } of properties) {
    if (path === 'config.changeVersion') changeVersion = textOf(value);
    else assign(draft, path, value);
  }
  const machine = sameMachine(draft, base.machine) ? base.machine : draft;
  return before !== undefined && machine === base.machine && changeVersion === base.changeVersion
    ? before
    : { machine, changeVersion };
}

function assign(draft: Draft, path: string, value: AnyValue | undefined): void {
  const assigner = Object.hasOwn(assigners, path) ? assigners[path] : undefined;
  if (assigner === undefined) assignExtraConfig(draft, path, textOf(value));
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
    draft.connectionState = textOf(value) ?? 'invalid';
  },
  parent: (draft, value) => set(draft, 'parent', refOf(value)),
  'runtime.host': (draft, value) => set(draft, 'host', refOf(value)),
  resourcePool: (draft, value) => set(draft, 'resourcePool', refOf(value)),
  'config.instanceUuid': (draft, value) => set(draft, 'instanceUuid', textOf(value)),
  'config.hardware.numCPU': (draft, value) => set(draft, 'numCpu', numberOf(value)),
  'config.hardware.memoryMB': (draft, value) => set(draft, 'memoryMiB', numberOf(value)),
};

/** An empty value is a removed key: vCenter removes a key that is set to it. */
function assignExtraConfig(draft: Draft, path: string, value: string | undefined): void {
  const key = EXTRA_CONFIG.exec(path)?.[1];
  if (key === undefined || draft.extraConfig[key] === value) return;
  const { [key]: _, ...others } = draft.extraConfig;
  draft.extraConfig = value === undefined || value === '' ? others : { ...others, [key]: value };
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
    a.instanceUuid === b.instanceUuid &&
    a.numCpu === b.numCpu &&
    a.memoryMiB === b.memoryMiB &&
    sameOptionalRef(a.host, b.host) &&
    sameOptionalRef(a.resourcePool, b.resourcePool) &&
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

/** vCenter writes `%`, `/` and `\` in names as %25, %2f and %5c. */
export function decodeName(name: string): string {
  return name.includes('%') ? name.replace(/%(25|2f|5c)/gi, (escaped) => decodeURIComponent(escaped)) : name;
}

export function encodeName(name: string): string {
  return name.replace(/[%/\\]/g, (character) => encodeURIComponent(character).toLowerCase());
}

export function refOf(value: AnyValue | undefined): ManagedObjectReference | undefined {
  if (typeof value !== 'object' || !('type' in value) || !('value' in value)) return undefined;
  return typeof value.type === 'string' && typeof value.value === 'string'
    ? ownRef({ type: value.type, value: value.value })
    : undefined;
}

function textOf(value: AnyValue | undefined): string | undefined {
  return value === undefined || typeof value === 'object' ? undefined : ownText(String(value));
}

const TYPES = new Map<string, string>();

/** A reference to keep: its type is one of a few, and is kept once. */
function ownRef({ type, value }: ManagedObjectReference): ManagedObjectReference {
  const known = TYPES.get(type);
  if (known !== undefined) return { type: known, value: ownText(value) };
  const own = ownText(type);
  if (TYPES.size < MOST_TYPES) TYPES.set(own, own);
  return { type: own, value: ownText(value) };
}

const MOST_TYPES = 100;
/** Shorter ones V8 copies by itself. */
const SHORTEST_SLICE = 13;

/**
 * A text to keep. What the parser hands out is a slice that keeps the whole answer alive: about 1 KB a machine,
 * more than all that is kept of it.
 */
function ownText(text: string): string {
  return text.length < SHORTEST_SLICE ? text : Buffer.from(text, 'utf8').toString('utf8');
}

function numberOf(value: AnyValue | undefined): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

function powerStateOf(value: AnyValue | undefined): PowerState {
  return value === 'poweredOn' || value === 'suspended' ? value : 'poweredOff';
}
