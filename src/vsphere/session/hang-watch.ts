/**
 * Tells a vCenter that hangs from one slow call. After the first call that timed out, or a wait that is late, one small
 * call has ten seconds: when nothing at all is answered in them, vCenter hangs. Without that it would be noticed when the
 * wait times out, two minutes later. Calls that timed out are counted by `vsphere_calls_total`, code Timeout.
 */
import type { CancelTimer, Clock } from '../../time/clock';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import type { Log } from './log';

export const PROBE_TIMEOUT_MS = 10_000;
/** vCenter may answer a wait later than asked while it calculates. */
const LATE_MS = 10_000;

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

  /** Called with what the probe met, and with the moment of the first timeout. */
  onHang(listener: HangListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `waitMs`: how long the server was asked to hold its answer back, for a wait. */
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
    const alive = () => log.info('a call was not answered in time, but vCenter answers', { server, method: what });
    probe()
      .then(alive, (thrown) => {
        // The probe may have waited for a connection behind others: any answer says that vCenter lives.
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
    const message = `${this.#options.server} hangs: ${what} was not answered in time, nor anything else for ${seconds} s after.`;
    return transportError('Timeout', message, 'Unknown', { cause: error });
  }
}

/** vCenter itself has said no. */
function isAnswer(thrown: unknown): boolean {
  return thrown instanceof VsphereError && thrown.fault !== undefined;
}
