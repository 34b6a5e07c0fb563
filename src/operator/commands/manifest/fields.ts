/** A mapping in a manifest. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Paths, with dots, of the fields that a value has only once its defaults are filled in. A list is one value. */
export function defaultedFields(written: unknown, filled: unknown): readonly string[] {
  if (!isFields(written) || !isFields(filled)) return [];
  return Object.keys(filled).flatMap((name) =>
    Object.hasOwn(written, name)
      ? defaultedFields(written[name], filled[name]).map((path) => `${name}.${path}`)
      : [name],
  );
}

/** The value without the fields of these paths: as it was written. */
export function withoutFields(filled: Fields, paths: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(filled).flatMap(([name, value]) => {
      if (paths.includes(name)) return [];
      const below = paths.flatMap((path) => (path.startsWith(`${name}.`) ? [path.slice(name.length + 1)] : []));
      return [[name, isFields(value) && below.length > 0 ? withoutFields(value, below) : value]];
    }),
  );
}
