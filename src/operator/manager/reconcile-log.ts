import type { ReconcileEnd } from '../../kubernetes';
import type { LogFields } from '../telemetry/logger';

/** The failures of one key since its last success. */
interface Failures {
  readonly count: number;
  readonly code: string;
}

/**
 * Log lines of reconciles. A key that fails comes again with backoff, up to every 1000 s, and often all keys fail for one
 * cause. So a failure is a warning once per key and code; its repetitions are counted at debug. The first success after
 * failures is one line at info.
 */
export class ReconcileLog {
  readonly #failures = new Map<string, Failures>();

  constructor(
    private readonly log: {
      debug(message: string, fields: LogFields): void;
      info(message: string, fields: LogFields): void;
      warn(message: string, fields: LogFields): void;
    },
    /** The field that names the object of a line. */
    private readonly kind: 'vmgroup' | 'vcenter' = 'vmgroup',
  ) {}

  ended({ key, durationMs, result, error }: ReconcileEnd): void {
    const fields = { [this.kind]: key, durationMs: Math.round(durationMs) };
    if (error === undefined) this.#succeeded(key, { ...fields, requeueAfterMs: result?.requeueAfterMs });
    else this.#failed(key, error, fields);
  }

  #failed(key: string, error: unknown, fields: LogFields): void {
    const last = this.#failures.get(key);
    const failures = { count: (last?.count ?? 0) + 1, code: codeOf(error) };
    this.#failures.set(key, failures);
    if (last?.code === failures.code)
      this.log.debug('reconcile failed again', { ...fields, failures: failures.count, error });
    else this.log.warn('reconcile failed, trying again with backoff', { ...fields, error });
  }

  #succeeded(key: string, fields: LogFields): void {
    const failures = this.#failures.get(key)?.count;
    this.#failures.delete(key);
    if (failures === undefined) this.log.debug('reconciled', fields);
    else this.log.info('reconciled after failures', { ...fields, failures });
  }
}

/** Not the message: it may hold numbers that change with each try. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.name;
}
