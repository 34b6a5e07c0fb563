/** How much of a value that somebody else wrote is looked at (R14). Without dependencies, so that all code can use it. */

/** Far more than any VmGroup has, and far from the end of the stack of the functions that walk through values. */
const DEEPEST = 32;
/** The status of 1000 replicas has some 20000. */
const MOST_VALUES = 100_000;
/** The spec of a VmGroup has less than 100; one of a later version may have more. */
export const MOST_IN_SPEC = 10_000;

/** Why a value is not looked at, as in `is nested deeper than 32 levels`; undefined if it is small enough. */
export function excessOf(value: unknown, mostValues = MOST_VALUES): string | undefined {
  let level: readonly object[] = isObject(value) ? [value] : [];
  let values = 1;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return `is nested deeper than ${DEEPEST} levels`;
    const next: object[] = [];
    for (const item of level) {
      // An object that is inside itself is endlessly deep.
      for (const name in item) {
        values += 1;
        if (values > mostValues) return `holds more than ${mostValues} values`;
        const inner: unknown = Reflect.get(item, name);
        if (isObject(inner)) next.push(inner);
      }
    }
    level = next;
  }
  return undefined;
}

const LONGEST = 80;

/** The value as JSON, cut to 80 characters. However large and deep it is, no more than that is written. */
export function shown(value: unknown): string {
  const text = jsonOf(value, LONGEST + 1) ?? 'missing';
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 3)}…`;
}

/** At least the first `room` characters of the JSON of a value, or all of it. */
function jsonOf(value: unknown, room: number): string | undefined {
  // A character of JSON stands for at most one of the text.
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room));
  if (!isObject(value)) return JSON.stringify(value);
  const isList = Array.isArray(value);
  let text = isList ? '[' : '{';
  for (const name in value) {
    if (text.length >= room) return text;
    const key = isList ? '' : `${JSON.stringify(name.slice(0, room))}:`;
    const inner = jsonOf(Reflect.get(value, name), room - text.length);
    if (inner === undefined && !isList) continue;
    text += `${text.length > 1 ? ',' : ''}${key}${inner ?? 'null'}`;
  }
  return text + (isList ? ']' : '}');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
