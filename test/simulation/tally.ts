/** The faults, crashes, actions, disturbances and quirks that a seed has met. */
export const TALLY_KINDS = ['fault', 'crash', 'action', 'disturbance', 'quirk'] as const;
export type TallyKind = (typeof TALLY_KINDS)[number];

export class Tally {
  readonly #met = new Set<string>();

  meet(kind: TallyKind, name: string): void {
    this.#met.add(`${kind} ${name}`);
  }

  get rows(): readonly string[] {
    return [...this.#met];
  }
}
