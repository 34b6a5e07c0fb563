/** The values of properties, as the inventory keeps them. */
import type { ManagedObjectReference } from '../port';
import type { AnyValue } from '../vim25/describe';
import type { ObjectContent } from '../vim25/types';

export interface Property {
  readonly path: string;
  /** undefined: the property is unset. */
  readonly value: AnyValue | undefined;
  /** The server has told something else than a value, or nothing: it is neither set nor unset. */
  readonly unread?: true;
}

/** The value of one property of an object that was read. */
export function propertyIn(content: ObjectContent | undefined, path: string): AnyValue | undefined {
  return content?.propSet?.find(({ name }) => name === path)?.val;
}

/** A reference to keep. Equal references, such as those of many machines to one host, share one object. */
export function refOf(value: AnyValue | undefined): ManagedObjectReference | undefined {
  if (typeof value !== 'object' || !('type' in value) || !('value' in value)) return undefined;
  return typeof value.type === 'string' && typeof value.value === 'string'
    ? sharedRef({ type: value.type, value: value.value })
    : undefined;
}

/** References to keep. */
export function refsOf(value: AnyValue | undefined): readonly ManagedObjectReference[] {
  return Array.isArray(value) ? (value as readonly AnyValue[]).flatMap((item) => refOf(item) ?? []) : [];
}

export function textOf(value: AnyValue | undefined): string | undefined {
  return value === undefined || typeof value === 'object' ? undefined : ownText(String(value));
}

/** A text to keep that many machines have, such as a mark of their group. Equal texts share one string. */
export function sharedText(text: string): string {
  return shared(TEXTS, text, text, ownText);
}

function sharedRef(ref: ManagedObjectReference): ManagedObjectReference {
  return shared(REFS, `${ref.type}:${ref.value}`, ref, ownRef);
}

/** A reference to keep that is not shared: no other object has it. */
export function ownRef({ type, value }: ManagedObjectReference): ManagedObjectReference {
  return { type: sharedText(type), value: ownText(value) };
}

/** With more shared values than this a map starts empty again. Values that are kept elsewhere stay as they are. */
const MOST_SHARED = 20_000;
const TEXTS = new Map<string, string>();
const REFS = new Map<string, ManagedObjectReference>();

function shared<T>(known: Map<string, T>, key: string, value: T, own: (value: T) => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= MOST_SHARED) known.clear();
  const kept = own(value);
  known.set(ownText(key), kept);
  return kept;
}

/** V8 copies shorter texts by itself. */
const SHORTEST_SLICE = 13;

/**
 * A text to keep. A text from the parser is a slice that keeps the whole answer in memory: about 1 KB per machine,
 * which is more than everything else that is kept of the machine.
 */
export function ownText(text: string): string {
  return text.length < SHORTEST_SLICE ? text : Buffer.from(text, 'utf8').toString('utf8');
}

export function numberOf(value: AnyValue | undefined): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** Whole: properties that are missing are unset. Changes: properties that are missing stay as they are. */
export type Extent = 'Whole' | 'Changes';
