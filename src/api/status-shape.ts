import { vmGroupCrd } from '../../imports/vmgroup-crd';
import type { VmGroupStatus } from './vm-group';

/** The part of the schema that tells which code can read a value. */
interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

const [VERSION] = vmGroupCrd.spec.versions as readonly { readonly schema: { readonly openAPIV3Schema: Shape } }[];
const STATUS = VERSION?.schema.openAPIV3Schema.properties?.status;

/** Whether a status has the types and the times of the schema. Limits and words do not matter: any version may read them. */
export function isReadableStatus(status: unknown): status is VmGroupStatus {
  return STATUS !== undefined && fits(status, STATUS);
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
