/** What many seeds have met, as a table, and what too few of them have met. */
import { CATALOGUE } from './catalogue';
import type { SeedResult } from './story';
import { TALLY_KINDS, type TallyKind } from './tally';

/** Below this share of the seeds a row does not count as met. */
const LEAST_SHARE = 0.01;
/** With fewer seeds a share is not meaningful. */
const LEAST_SEEDS = 1_000;

interface Row {
  readonly kind: TallyKind;
  readonly name: string;
  readonly seeds: number;
}

export class Summary {
  readonly failures: SeedResult[] = [];
  seeds = 0;
  #virtualMs = 0;
  readonly #met = new Map<string, number>();
  readonly #busiest: Record<string, { value: number; seed: number }> = {};

  add(result: SeedResult): void {
    this.seeds += 1;
    this.#virtualMs += result.virtualMs;
    if (result.failure !== undefined) this.failures.push(result);
    for (const row of result.met) this.#met.set(row, (this.#met.get(row) ?? 0) + 1);
    for (const [what, value] of Object.entries(result.busiest))
      if (value > (this.#busiest[what]?.value ?? -1)) this.#busiest[what] = { value, seed: result.seed };
  }

  /** Rows that too few seeds have met; none if there are too few seeds in all. */
  get unmet(): readonly string[] {
    if (this.seeds < LEAST_SEEDS) return [];
    return this.#rows()
      .filter(({ seeds }) => seeds < LEAST_SHARE * this.seeds)
      .map(({ kind, name }) => `${kind} ${name}`);
  }

  /** Lines of the table. */
  get table(): readonly string[] {
    const lines: string[] = [];
    const rows = this.#rows();
    for (const kind of TALLY_KINDS) {
      lines.push('', `  ${kind.padEnd(44)} seeds`);
      for (const { name, seeds } of rows.filter((row) => row.kind === kind)) {
        const share = seeds / Math.max(1, this.seeds);
        const mark = share < LEAST_SHARE ? '  under 1 %' : '';
        lines.push(`    ${name.padEnd(42)} ${`${(100 * share).toFixed(1)} %`.padStart(7)}${mark}`);
      }
    }
    return lines;
  }

  /** The last lines: number of seeds, speed, the busiest minute, and the change that was repeated most often. */
  closing(seconds: number): readonly string[] {
    const { repeats, ...rest } = this.#busiest;
    const busiest = Object.entries(rest).map(([what, { value, seed }]) => `${value} ${what} (seed ${seed})`);
    const hours = Math.round(this.#virtualMs / 3_600_000);
    return [
      `${this.seeds} seeds in ${seconds.toFixed(1)} s, ${(this.seeds / seconds).toFixed(1)} per second, ${hours} hours of virtual time`,
      `busiest minute of a process: ${busiest.join(', ')}`,
      `one change was sent at most ${repeats?.value ?? 0} times in ten minutes (seed ${repeats?.seed ?? 0})`,
    ];
  }

  #rows(): readonly Row[] {
    return TALLY_KINDS.flatMap((kind) => {
      const seen = [...this.#met.keys()].flatMap((row) =>
        row.startsWith(`${kind} `) ? [row.slice(kind.length + 1)] : [],
      );
      const names = new Set([...CATALOGUE[kind], ...seen.sort()]);
      return [...names].map((name) => ({ kind, name, seeds: this.#met.get(`${kind} ${name}`) ?? 0 }));
    });
  }
}
