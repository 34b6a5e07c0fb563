import type { Schema } from '../../crds/schema';

/** Each field below a schema, by the path of its object, such as spec.networks[], and its name. */
export function fieldsOf(path: string, schema: Schema): readonly (readonly [string, string])[] {
  if (schema.items !== undefined) return fieldsOf(`${path}[]`, schema.items);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    [path, name] as const,
    ...fieldsOf(`${path}.${name}`, field),
  ]);
}
