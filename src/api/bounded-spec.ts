import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { excessOf, MOST_IN_SPEC } from '../constructs/value-bounds';
import type { FieldProblem } from '../constructs/vm-group-problems';

/** The fields of a stored spec that all code can walk through (R14). */
export interface BoundedSpec {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

/** More than any field of a VmGroup holds. */
const MOST_IN_FIELD = 1_000;

interface SpecSchema {
  readonly properties: { readonly spec: { readonly properties: Readonly<Record<string, unknown>> } };
}

const [VERSION] = vmGroupCrd.spec.versions as readonly { readonly schema: { readonly openAPIV3Schema: SpecSchema } }[];
const FIELDS = Object.keys(VERSION?.schema.openAPIV3Schema.properties.spec.properties ?? {});

/**
 * The whole spec while it is small. Of one that holds too much or is too deep, the fields of the schema that are small: of
 * the others not even the names are looked at.
 */
export function boundedSpec(spec: Readonly<Record<string, unknown>>): BoundedSpec {
  const excess = excessOf(spec, MOST_IN_SPEC);
  if (excess === undefined) return { fields: spec, problems: [] };
  const fields: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const field of FIELDS) {
    if (!Object.hasOwn(spec, field)) continue;
    const tooMuch = excessOf(spec[field], MOST_IN_FIELD);
    if (tooMuch === undefined) fields[field] = spec[field];
    else
      problems.push({
        path: ['spec', field],
        message: `spec.${field} ${tooMuch}: kubectl explain vg.spec.${field} says what it takes`,
      });
  }
  if (problems.length > 0) return { fields, problems };
  return {
    fields,
    problems: [{ path: ['spec', ''], message: `spec ${excess}: leave out what is no field of VmGroup` }],
  };
}
