import type { Random } from '../../src/time/random';

/** One kind of texts by strangers, and the code that has to bear them (R14). */
export interface Target {
  readonly name: string;
  /** What the texts of the corpus are: the ending of their files. */
  readonly ending: 'json' | 'yaml' | 'xml' | 'http';
  /** Texts to begin with, beside the corpus. */
  readonly seeds: readonly string[];
  /** Another text, made of one that is known. */
  readonly change: (text: string, random: Random) => string;
  /** Takes a text as the product does. Rejects with what is wrong with that: a crash, or a promise that is not kept. */
  readonly take: (text: string) => Promise<void>;
}

/** A promise that was not kept. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

export function promised(kept: boolean, promise: string): void {
  if (!kept) throw new BrokenPromise(promise);
}

/** A character that a terminal obeys, or that makes one line look like two. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

export function promisedPrintable(text: string): void {
  const line = text.split('\n').find((each) => OBEYED.test(each));
  promised(line === undefined, `nothing that is shown commands a terminal, but ${JSON.stringify(line?.slice(0, 200))}`);
}

/** CPU time, because other work on the machine takes wall time; a hang takes both. */
const LONGEST_MS = 1_000;

export async function takenInTime({ take }: Target, text: string, longestMs = LONGEST_MS): Promise<void> {
  let tookMs = Number.POSITIVE_INFINITY;
  // Where the process shares its cores, a single time says little.
  for (let times = 0; times < 3 && tookMs > longestMs; times += 1) {
    const before = process.cpuUsage();
    await take(text);
    const { user, system } = process.cpuUsage(before);
    tookMs = Math.min(tookMs, Math.round((user + system) / 1_000));
  }
  promised(tookMs <= longestMs, `a text takes at most ${longestMs} ms, but this took ${tookMs} ms three times`);
}

export function pick<T>(from: readonly T[], random: Random): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
