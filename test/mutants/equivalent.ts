/** Mutants that change nothing anybody could see, with the reason, as read from `equivalent.json`. They are not counted. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Mutant } from './mutant';

export interface Equivalent {
  readonly file: string;
  /** The line where the mutant begins, without the space around it. */
  readonly code: string;
  /** What stands in its place, as `npm run mutants` tells it. */
  readonly mutant: string;
  readonly reason: string;
}

export function readEquivalents(): readonly Equivalent[] {
  const listed: readonly Equivalent[] = JSON.parse(readFileSync(path.join(__dirname, 'equivalent.json'), 'utf8'));
  return listed;
}

export function isListed(mutant: Mutant, listed: readonly Equivalent[]): boolean {
  return listed.some((one) => isOne(mutant, one));
}

export function isOne({ file, code, told }: Mutant, listed: Equivalent): boolean {
  return file === listed.file && code === listed.code && told === listed.mutant;
}
