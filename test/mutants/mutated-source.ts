import type { Mutant } from './mutant';

/** The file as a person would have written the mutant. */
export function mutatedSource(source: string, { span, replacement }: Mutant): string {
  return source.slice(0, span.start) + replacement + source.slice(span.end);
}
