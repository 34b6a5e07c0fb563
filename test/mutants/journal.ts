/** What the process of the tests leaves for the one that watches it, entry by entry, so that a hang loses nothing. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

export type Entry =
  /** These mutants are asked for while modules load: no test can turn one on in time, so each needs a run of its own. */
  | { readonly kind: 'Static'; readonly ids: readonly number[] }
  | { readonly kind: 'Covered'; readonly ids: readonly number[] }
  /** The mutant is on from now on, in this test. */
  | { readonly kind: 'On'; readonly id: number; readonly test: string }
  | { readonly kind: 'Killed'; readonly id: number; readonly test: string }
  /** The mutant's own run, for a static one, ended. */
  | { readonly kind: 'StaticDone'; readonly id: number }
  /** The test took all mutants that it covers. */
  | { readonly kind: 'Done'; readonly test: string }
  /** Fails without a mutant, or when it runs twice: it cannot judge. */
  | { readonly kind: 'Unfit'; readonly test: string; readonly why: string }
  /** So many mutants were not given to a slow test. */
  | { readonly kind: 'LeftOut'; readonly test: string; readonly count: number };

export class Journal {
  constructor(readonly file: string) {}

  add(entry: Entry): void {
    appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
  }

  /** A last line that was cut by a kill is ignored. */
  read(): readonly Entry[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line): Entry => JSON.parse(line));
  }
}
