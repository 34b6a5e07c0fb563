import type { Action } from '../model/action';
import type { FaultAbout } from '../model/fault';
import { earliest } from '../model/moment';
import type { Observation } from '../model/observation';
import { gate, settleActions } from './gates';
import type { Step } from './step';

/** Gathers the steps of a plan. A step whose last try failed waits until its next one is due. */
export class Attempts {
  readonly #observed: Observation;
  readonly #actions: Action[];
  #requeueAtMs: number | undefined;

  /** Begins with the live reads for operations without a known end. */
  constructor(observed: Observation) {
    const { actions, requeueAtMs } = settleActions(observed);
    this.#observed = observed;
    this.#actions = [...actions];
    this.#requeueAtMs = requeueAtMs;
  }

  /** Adds the step if it is open, else the time of its next try. */
  add(about: FaultAbout, { step, requeueAtMs }: Step): void {
    this.again(requeueAtMs);
    if (step === undefined) return;
    const { open, requeueAtMs: retryAtMs } = gate(about, this.#observed, step.kind);
    if (open) this.#actions.push(step);
    else this.again(retryAtMs);
  }

  /** Asks for another plan at that monotonic time, or earlier. */
  again(atMs: number | undefined): void {
    this.#requeueAtMs = earliest(this.#requeueAtMs, atMs);
  }

  get gathered(): { readonly actions: readonly Action[]; readonly requeueAtMs?: number } {
    const requeueAtMs = this.#requeueAtMs;
    return { actions: this.#actions, ...(requeueAtMs !== undefined && { requeueAtMs }) };
  }
}
