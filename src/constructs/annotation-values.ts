/** The values of annotations that a person sets on a VmGroup. No schema knows them: the API server takes any text. */
import { isRecord } from './schema-words';
import { shown } from './value-bounds';

const GROUP = 'vm.codeconnect.vmworld.com';

/** The annotation `retry` takes any value. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  [`${GROUP}/adopt`]: ['Adopt', 'Ignore'],
  [`${GROUP}/legacy`]: ['Adopt', 'Ignore'],
  [`${GROUP}/force-orphan`]: ['true', 'false'],
};

/** One line for each of our annotations whose value has no meaning, with the values that have one. */
export function problemsOfAnnotations(annotations: unknown): readonly string[] {
  if (!isRecord(annotations)) return [];
  return Object.entries(ALLOWED).flatMap(([name, allowed]) => {
    const value = annotations[name];
    if (typeof value !== 'string' || allowed.includes(value)) return [];
    return [`annotation ${name} is ${shown(value)}, which has no effect: give ${allowed.join(' or ')}`];
  });
}
