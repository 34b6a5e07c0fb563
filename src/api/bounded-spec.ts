import type { FieldProblem } from '../constructs/manifest-problems';
import { excessOf, MOST_IN_SPEC } from '../constructs/value-bounds';
import { type KindSchema, VM_GROUP_SCHEMA } from './kind-schema';

/** The fields of a stored spec that all code can walk through (R14). */
export interface BoundedSpec {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly problems: readonly FieldProblem[];
}

/** More than any field of our kinds holds. */
const MOST_IN_FIELD = 1_000;

/**
 * The whole spec while it is small. Of one that holds too much or is too deep, the fields of the schema that are small: of
 * the others not even the names are looked at.
 */
export function boundedSpec(
  spec: Readonly<Record<string, unknown>>,
  { kind, shortName, specFields }: KindSchema = VM_GROUP_SCHEMA,
): BoundedSpec {
  const excess = excessOf(spec, MOST_IN_SPEC);
  if (excess === undefined) return { fields: spec, problems: [] };
  const fields: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const field of specFields) {
    if (!Object.hasOwn(spec, field)) continue;
    const tooMuch = excessOf(spec[field], MOST_IN_FIELD);
    if (tooMuch === undefined) fields[field] = spec[field];
    else
      problems.push({
        path: ['spec', field],
        message: `spec.${field} ${tooMuch}: kubectl explain ${shortName}.spec.${field} says what it takes`,
      });
  }
  if (problems.length > 0) return { fields, problems };
  return {
    fields,
    problems: [{ path: ['spec', ''], message: `spec ${excess}: leave out what is no field of ${kind}` }],
  };
}
