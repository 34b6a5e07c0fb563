/** How far a reflector has read one namespace, or all. */
export class PartState {
  synced = false;
  /** Whether reading was forbidden while nothing was known of the namespace. */
  refused = false;
  readError: unknown;
  readonly #waiting = new Set<() => void>();

  /** Whether somebody has to know that what is known is true. */
  get isAwaited(): boolean {
    return this.#waiting.size > 0;
  }

  /** Resolves with the list, or as soon as it is clear that it does not come. */
  async unlessRefused(list: Promise<void>): Promise<void> {
    let onRefusal = () => {};
    const refusal = new Promise<void>((resolve) => {
      onRefusal = resolve;
      this.#waiting.add(onRefusal);
    });
    await Promise.race([list, refusal]);
    this.#waiting.delete(onRefusal);
  }

  /** The list that is waited for does not come. */
  giveUp(): void {
    for (const resolve of this.#waiting) resolve();
  }
}
