/** Logs failures that repeat: the first one as a warning, the same ones after it as debug lines. */

import type { VsphereError } from '../vim25/vsphere-error';
import type { Log } from './log';

export class FailureLog {
  readonly #log: Log;
  #last: string | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Logs a warning. If the last failure had the same code and message, logs at debug, or at info if there is no debug.
   */
  failure(message: string, server: string, error: VsphereError): void {
    const what = `${error.code} ${error.message}`;
    const again = what === this.#last;
    this.#last = what;
    const fields = { server, code: error.code, error: error.message };
    if (again) (this.#log.debug ?? this.#log.info).call(this.#log, `${message}, as before`, fields);
    else this.#log.warn(message, fields);
  }

  /** The next failure is a warning again. */
  forget(): void {
    this.#last = undefined;
  }
}
