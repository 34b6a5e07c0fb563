/** Values of vim25 properties as the inventory keeps them. */
import type { ManagedObjectReference } from '../port';
import type { AnyValue } from '../vim25/describe';

/** Property path and value; `value` undefined = unset. */
export interface Property {
  readonly path: string;
  readonly value: AnyValue | undefined;
  /** The server has told something else than a value, or nothing: it is neither set nor unset. */
  readonly unread?: true;
}

/** A reference to keep. What many machines refer to, such as a host or a folder, is kept once. */
export function refOf(value: AnyValue | undefined): ManagedObjectReference | undefined {
  if (typeof value !== 'object' || !('type' in value) || !('value' in value)) return undefined;
  return typeof value.type === 'string' && typeof value.value === 'string'
    ? sharedRef({ type: value.type, value: value.value })
    : undefined;
}

export function textOf(value: AnyValue | undefined): string | undefined {
  return value === undefined || typeof value === 'object' ? undefined : ownText(String(value));
}

/** A text that many machines have alike, such as a mark of their group: kept once. */
export function sharedText(text: string): string {
  return shared(TEXTS, text, text, ownText);
}

function sharedRef(ref: ManagedObjectReference): ManagedObjectReference {
  return shared(REFS, `${ref.type}:${ref.value}`, ref, ownRef);
}

/** A reference to keep, of an object that nobody else refers to. */
export function ownRef({ type, value }: ManagedObjectReference): ManagedObjectReference {
  return { type: sharedText(type), value: ownText(value) };
}

/** Beyond this many, sharing starts anew: what is kept elsewhere stays, it is only found no more. */
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

/** Shorter ones V8 copies by itself. */
const SHORTEST_SLICE = 13;

/**
 * A text to keep. What the parser hands out is a slice that keeps the whole answer alive: about 1 KB a machine,
 * more than all that is kept of it.
 */
export function ownText(text: string): string {
  return text.length < SHORTEST_SLICE ? text : Buffer.from(text, 'utf8').toString('utf8');
}

export function numberOf(value: AnyValue | undefined): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** Whether properties are all that is set, so that what is missing is unset, or only what has changed. */
export type Extent = 'Whole' | 'Changes';
