/** R14: texts by strangers, from the corpus and by chance. `npm run fuzz` runs the same for long. */
import { describe, expect, test } from 'vitest';
import { corpusOf } from './corpus-files';
import { textsOf } from './rounds';
import { takenInTime } from './target';
import { TARGETS } from './targets';

/** Each takes some 3 ms, and a few up to a second. */
const ROUNDS = 300;
/** CI takes more of the same texts. */
const LEAST_MS = process.env.CI ? 10_000 : 0;
/** Only against a hang: other tests share the process. */
const LONGEST_MS = 10_000;

describe.each(TARGETS.map((target) => [target.name, target] as const))('R14: %s by strangers', (_, target) => {
  test.each(corpusOf(target).map(([file]) => file))('break nothing, and are told: %s', async (file) => {
    const text = corpusOf(target).find(([name]) => name === file)?.[1] ?? expect.unreachable();
    await takenInTime(target, text, LONGEST_MS);
  });

  test(`break nothing, changed by chance: ${ROUNDS} rounds, and in CI ten seconds`, async () => {
    const startMs = performance.now();
    let round = 0;
    for (const text of textsOf(target, 1)) {
      round += 1;
      if (round > ROUNDS && performance.now() - startMs >= LEAST_MS) return;
      await takenInTime(target, text, LONGEST_MS).catch((error: unknown) => {
        const kept = text.length > 2_000 ? `${text.slice(0, 2_000)}… (${text.length} characters)` : text;
        throw new Error(`round ${round}: run npm run fuzz -- ${target.name}, and keep this: ${kept}`, { cause: error });
      });
    }
  });
});
