import { createHash } from 'node:crypto';
import type { Mutant } from './mutant';

/** So many of the mutants, the same ones for the same seed, in their old order. */
export function sampleOf(mutants: readonly Mutant[], count: number, seed: number): readonly Mutant[] {
  const drawn = mutants.map((mutant) => ({ mutant, rank: rankOf(mutant, seed) }));
  const first = drawn.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, count);
  return first.map(({ mutant }) => mutant).sort((a, b) => a.id - b.id);
}

/** By what the mutant is, not by its number, so that a change elsewhere in the file draws the same ones. */
function rankOf({ file, line, kind, told, span }: Mutant, seed: number): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, file, line, kind, told, span.start]))
    .digest('hex');
}
