import { seededRandom } from '../../src/time/random';
import { corpusOf } from './corpus-files';
import { pick, type Target } from './target';

/** More than this of one target would only make each text a change of a change of a change. */
const MOST_KNOWN = 200;

/** Texts without end: the same ones for the same seed and corpus. */
export function* textsOf(target: Target, seed: number): Generator<string> {
  const random = seededRandom(seed);
  const known = [...target.seeds, ...corpusOf(target).map(([, text]) => text)];
  const kept = known.length;
  for (;;) {
    const text = target.change(pick(known, random), random);
    yield text;
    // Some changed texts are changed once more.
    if (random() < 0.05) known.splice(kept + Math.floor(random() * MOST_KNOWN), 1, text);
  }
}
