/** Values of vim25 properties as the inventory keeps them. */
import type { ManagedObjectReference } from './port';
import type { AnyValue } from './vim25/describe';

/** Property path and value; `value` undefined = unset. */
export interface Property {
  readonly path: string;
  readonly value: AnyValue | undefined;
}

/** Of an update or of a read. Whatever an update's op says, an absent value is an unset one. */
export function propertiesOf(
  set: readonly { readonly name: string; readonly val?: AnyValue | undefined }[] | undefined,
): readonly Property[] {
  return (set ?? []).map(({ name, val }) => ({ path: name, value: val }));
}

export function refOf(value: AnyValue | undefined): ManagedObjectReference | undefined {
  if (typeof value !== 'object' || !('type' in value) || !('value' in value)) return undefined;
  return typeof value.type === 'string' && typeof value.value === 'string'
    ? ownRef({ type: value.type, value: value.value })
    : undefined;
}

export function textOf(value: AnyValue | undefined): string | undefined {
  return value === undefined || typeof value === 'object' ? undefined : ownText(String(value));
}

const TYPES = new Map<string, string>();

/** A reference to keep: its type is one of a few, and is kept once. */
export function ownRef({ type, value }: ManagedObjectReference): ManagedObjectReference {
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
export function ownText(text: string): string {
  return text.length < SHORTEST_SLICE ? text : Buffer.from(text, 'utf8').toString('utf8');
}

export function numberOf(value: AnyValue | undefined): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' ? value : undefined;
}
