/**
 * Patterns for absolute inventory paths. In a name `*` stands for any characters. `**` as a whole name stands for any
 * number of names; at the end for one or more, so `/dc/vm/web/**` is what lies below web, and not web itself. All other
 * characters mean themselves. A path is written as messages show it: `/`, `\` and `%` in a name are %2f, %5c and %25.
 *
 * Patterns are an administrator's, paths are made of names that anybody gave: no path costs more than its length times
 * that of the pattern (R14).
 */

const ANY_NAMES = '**';
/** What `**` at the end stands for. */
const ONE_OR_MORE = ['*', ANY_NAMES] as const;

/** Whether the path fits one of the patterns. A path with an empty name, as of what the account does not see, fits none. */
export function fitsAny(path: string, patterns: readonly string[]): boolean {
  const names = namesOf(path);
  return !names.includes('') && patterns.some((pattern) => fits(names, partsOf(pattern)));
}

/** The `/` at the beginning may be left out of a pattern: each one begins at the top. */
function namesOf(path: string): readonly string[] {
  return path.replace(/^\//, '').split('/');
}

function partsOf(pattern: string): readonly string[] {
  const parts = namesOf(pattern.replace(/%(25|2f|5c)/gi, (escaped) => escaped.toLowerCase()));
  return parts.at(-1) === ANY_NAMES ? [...parts.slice(0, -1), ...ONE_OR_MORE] : parts;
}

/** After a mismatch the last `**` takes one name more. What stood before it fits where it first did: no try is lost. */
function fits(names: readonly string[], parts: readonly string[]): boolean {
  let name = 0;
  let part = 0;
  let again: { readonly part: number; readonly name: number } | undefined;
  while (name < names.length) {
    if (parts[part] === ANY_NAMES) {
      part += 1;
      again = { part, name };
    } else if (part < parts.length && fitsName(names[name] ?? '', parts[part] ?? '')) {
      name += 1;
      part += 1;
    } else if (again !== undefined) {
      again = { part: again.part, name: again.name + 1 };
      ({ part, name } = again);
    } else return false;
  }
  while (parts[part] === ANY_NAMES) part += 1;
  return part === parts.length;
}

/** The texts between the stars, each where it is found first. */
function fitsName(name: string, part: string): boolean {
  const [first = '', ...others] = part.split('*');
  const last = others.pop();
  if (last === undefined) return name === first;
  const end = name.length - last.length;
  if (!name.startsWith(first) || !name.endsWith(last) || end < first.length) return false;
  let from = first.length;
  for (const text of others) {
    const at = name.indexOf(text, from);
    if (at < 0 || at + text.length > end) return false;
    from = at + text.length;
  }
  return true;
}
