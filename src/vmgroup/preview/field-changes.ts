import { isDeepStrictEqual } from 'node:util';

/** A field whose value differs. An absent value is unset. */
export interface FieldChange {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The fields in which two values differ. A list is one value. */
export function fieldChanges(from: unknown, to: unknown, field: string): readonly FieldChange[] {
  if (isDeepStrictEqual(from, to)) return [];
  const [before, after] = [fieldsOf(from, to), fieldsOf(to, from)];
  if (before === undefined || after === undefined)
    return [{ field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  // Own fields only: every object inherits a `constructor`.
  const own = (fields: Fields, name: string) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  return names.flatMap((name) => fieldChanges(own(before, name), own(after, name), `${field}.${name}`));
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** If an object is unset on one side only, all its fields are unset there. */
function fieldsOf(value: unknown, other: unknown): Fields | undefined {
  if (isFields(value)) return value;
  return value === undefined && isFields(other) && Object.keys(other).length > 0 ? {} : undefined;
}
