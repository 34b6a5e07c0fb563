/** In the process of the tests: which mutant is on, and which were asked for. */
import { SWITCH } from './switched-source';

/** A mutant that is asked for so often within one test keeps a loop from its end. */
const MOST_ASKED = 200_000;

export class MutantSwitch {
  #on: number | undefined;
  #asked = 0;
  #seen = new Set<number>();

  /** Makes this switch the one that the mutants ask. */
  install(): void {
    Object.assign(globalThis, { [SWITCH]: (id: number) => this.#isOn(id) });
  }

  turnOn(id: number): void {
    this.#on = id;
    this.#asked = 0;
  }

  turnOff(): void {
    this.#on = undefined;
  }

  /** The mutants that were asked for since the last call. */
  takeSeen(): ReadonlySet<number> {
    const seen = this.#seen;
    this.#seen = new Set();
    return seen;
  }

  #isOn(id: number): boolean {
    if (id !== this.#on) {
      if (this.#on === undefined) this.#seen.add(id);
      return false;
    }
    this.#asked += 1;
    if (this.#asked > MOST_ASKED) throw new Error(`mutant ${id} was asked for ${MOST_ASKED} times: an endless loop`);
    return true;
  }
}
