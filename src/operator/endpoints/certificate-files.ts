import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import type { Log } from '../../kubernetes';
import type { Clock } from '../../time/clock';
import { SettingsError } from '../settings/settings-error';
import type { KeyAndCertificate } from './self-signed-certificate';

/** The files are read at most once in this time, also when many connections come. */
const FRESH_MS = 1_000;

/**
 * A certificate in a folder that somebody else renews, such as cert-manager by a mounted Secret. The files are read when a
 * connection comes, so no timer and no file watch is needed.
 */
export class CertificateFiles {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #log: Log;
  #current: KeyAndCertificate;
  #readAtMs: number;
  #failing = false;

  /** Throws SettingsError when tls.crt and tls.key are not there, or are no pair. */
  constructor(options: { readonly folder: string; readonly clock: Clock; readonly log: Log }) {
    this.#folder = options.folder;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#readAtMs = this.#clock.monotonicMs();
    try {
      this.#current = readPair(this.#folder);
    } catch (error) {
      const problem = codeOf(error);
      throw new SettingsError(
        `--metrics-cert-path ${this.#folder}: ${problem}; it must hold tls.crt and the tls.key of it`,
      );
    }
  }

  /** The newest valid pair. A pair that is half written is skipped, and read again later. Never throws. */
  current(): KeyAndCertificate {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#readAtMs < FRESH_MS) return this.#current;
    this.#readAtMs = nowMs;
    try {
      const { cert, key } = readPair(this.#folder);
      this.#failing = false;
      if (cert === this.#current.cert && key === this.#current.key) return this.#current;
      this.#current = { cert, key };
      this.#log.info('the certificate of the metrics was changed');
    } catch (error) {
      if (!this.#failing)
        this.#log.warn('the certificate of the metrics cannot be read, going on with the former one', {
          folder: this.#folder,
          code: codeOf(error),
        });
      this.#failing = true;
    }
    return this.#current;
  }
}

function readPair(folder: string): KeyAndCertificate {
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const pair = { cert: read('tls.crt'), key: read('tls.key') };
  createSecureContext(pair); // Throws when the two do not belong together.
  return pair;
}

/** A code of the system or of OpenSSL; never a message, which could quote the files (R10). */
function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unreadable';
}
