/**
 * Distinguishes a vCenter that hangs from one slow call. After the first call that timed out, or if a wait is late, a
 * probe has ten seconds: if no call is answered in that time, vCenter hangs. Without the probe this shows only when the
 * wait times out, after two minutes. `vsphere_calls_total` counts the calls that timed out, with the code Timeout.
 */
import type { CancelTimer, Clock } from '../../time/clock';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import type { Log } from './log';

export const PROBE_TIMEOUT_MS = 10_000;
/** vCenter may answer a wait later than asked, while it calculates. */
export const LATE_MS = 10_000;

export interface HangWatchOptions {
  readonly server: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Times out after PROBE_TIMEOUT_MS. */
  readonly probe: () => Promise<unknown>;
}

export type HangListener = (error: VsphereError, sinceMonotonicMs: number) => void;

export class HangWatch {
  readonly #options: HangWatchOptions;
  readonly #listeners = new Set<HangListener>();
  #answers = 0;
  #probing = false;

  constructor(options: HangWatchOptions) {
    this.#options = options;
  }

  /** The listener gets the error of the probe, and the time of the first timeout. */
  onHang(listener: HangListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Watches a call. `waitMs` is for a wait: the time that the server may take to answer. */
  async watch<T>(what: string, work: Promise<T>, waitMs?: number): Promise<T> {
    const { clock } = this.#options;
    const stop: CancelTimer | undefined =
      waitMs === undefined ? undefined : clock.setTimer(waitMs + LATE_MS, () => this.#suspect(what));
    try {
      const result = await work;
      this.#answers += 1;
      return result;
    } catch (thrown) {
      if (isAnswer(thrown)) this.#answers += 1;
      else if (VsphereError.from(thrown).code === 'Timeout') this.#suspect(what);
      throw thrown;
    } finally {
      stop?.();
    }
  }

  #suspect(what: string): void {
    if (this.#probing) return;
    const { clock, log, server, probe } = this.#options;
    const sinceMs = clock.monotonicMs();
    const answersBefore = this.#answers;
    this.#probing = true;
    const alive = () => log.info('a call timed out, but vCenter answers', { server, method: what });
    probe()
      .then(alive, (thrown) => {
        // The probe may have waited for a free connection. An answer to any call shows that vCenter does not hang.
        if (isAnswer(thrown) || this.#answers !== answersBefore) return alive();
        const error = VsphereError.from(thrown);
        if (error.code === 'Aborted') return undefined;
        for (const listener of [...this.#listeners]) listener(this.#hang(what, error), sinceMs);
        return undefined;
      })
      .finally(() => {
        this.#probing = false;
      });
  }

  #hang(what: string, error: VsphereError): VsphereError {
    if (error.code !== 'Timeout') return error;
    const seconds = PROBE_TIMEOUT_MS / 1000;
    const message = `${this.#options.server} hangs: ${what} timed out, and no call was answered for ${seconds} s after that`;
    return transportError('Timeout', message, 'Unknown', { cause: error });
  }
}

/** Whether vCenter itself has refused the call. */
function isAnswer(thrown: unknown): boolean {
  return thrown instanceof VsphereError && thrown.fault !== undefined;
}
