import type { KindSchema, Shape } from './kind-schema';

/** Whether a status has the types and the times of the schema. Limits and words do not matter: any version may read them. */
export function isReadableStatus(given: unknown, { status }: KindSchema): boolean {
  return status !== undefined && fits(given, status);
}

function fits(value: unknown, { type, format, required = [], properties = {}, items }: Shape): boolean {
  switch (type) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
      const fields = value as Readonly<Record<string, unknown>>;
      return (
        required.every((name) => fields[name] !== undefined) &&
        Object.entries(properties).every(([name, shape]) => fields[name] === undefined || fits(fields[name], shape))
      );
    }
    case 'array':
      return Array.isArray(value) && value.every((item) => items === undefined || fits(item, items));
    case 'integer':
      return Number.isInteger(value);
    case 'string':
      return typeof value === 'string' && (format !== 'date-time' || !Number.isNaN(Date.parse(value)));
    default:
      return type === undefined || typeof value === type;
  }
}
