/** Failures that repeat: the first is for the log's readers, the others are noise until something else happens. */

import type { VsphereError } from '../vim25/vsphere-error';
import type { Log } from './log';

export class FailureLog {
  readonly #log: Log;
  #last: string | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /** As a warning, unless the last failure had the same code and message: then as information. */
  failure(message: string, server: string, error: VsphereError): void {
    const what = `${error.code} ${error.message}`;
    const again = what === this.#last;
    this.#last = what;
    const fields = { server, code: error.code, error: error.message };
    if (again) (this.#log.debug ?? this.#log.info).call(this.#log, `${message}, as before`, fields);
    else this.#log.warn(message, fields);
  }

  /** What comes next is news again. */
  forget(): void {
    this.#last = undefined;
  }
}
