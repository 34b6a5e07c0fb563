/**
 * The files of credentials and trust change without notice. They are read every 10 s while a connection waits for a
 * person to change them, and only then.
 */
import { type Clock, sleep } from '../../time/clock';
import { digestOfTrust, type TrustProvider } from '../transport/trust';
import { VsphereError } from '../vim25/vsphere-error';
import { type CredentialsProvider, digestOf } from './credentials';
import type { Log } from './log';

const POLL_MS = 10_000;

export interface SettingsWatchOptions {
  readonly credentials: CredentialsProvider;
  readonly trust: TrustProvider;
  readonly clock: Clock;
  readonly log: Log;
}

export class SettingsWatch {
  readonly #options: SettingsWatchOptions;
  #lastLogged = '';

  constructor(options: SettingsWatchOptions) {
    this.#options = options;
  }

  /** A text that changes when the settings change, also when a file can no longer be read, or can be read again. */
  async digest(): Promise<string> {
    const { credentials, trust } = this.#options;
    return `${await this.#read(async () => digestOf(await credentials()))} ${await this.#read(async () => digestOfTrust(await trust()))}`;
  }

  /**
   * Resolves when the digest differs from `known`, or when `isDue` says so. It is asked every 10 s, and at `dueMs`
   * (monotonic). Rejects with the signal's reason.
   */
  async until(known: string, dueMs: number, isDue: () => boolean, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    for (;;) {
      const leftMs = dueMs - clock.monotonicMs();
      await sleep(clock, leftMs > 0 ? Math.min(POLL_MS, leftMs) : POLL_MS, signal);
      if (isDue() || (await this.digest()) !== known) return;
    }
  }

  async #read(digest: () => Promise<string>): Promise<string> {
    try {
      return await digest();
    } catch (thrown) {
      const { code, message } = VsphereError.from(thrown);
      if (this.#lastLogged !== message) this.#options.log.warn('settings not read', { code, error: message });
      this.#lastLogged = message;
      return `unreadable:${message}`;
    }
  }
}
