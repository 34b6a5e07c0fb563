import { problemsOfAnnotations } from '../constructs/vm-group-problems';
import type { VmGroup } from './vm-group';

/** Our annotations that a person gave a value without meaning: annotation, value and the allowed ones, one line each. */
export function ignoredAnnotations({ metadata }: VmGroup): readonly string[] {
  return problemsOfAnnotations(metadata.annotations);
}
