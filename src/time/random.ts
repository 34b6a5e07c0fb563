/** Chance as a parameter (R12): a number in [0, 1). */
export type Random = () => number;

export const systemRandom: Random = () => Math.random();

/** A seeded generator (mulberry32) for tests and simulations: the same seed gives the same sequence. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
