/**
 * Files behind credentials and trust may change at any time and tell nobody. While a connection waits for a person to
 * change something, and only then, they are looked at.
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
  #told = '';

  constructor(options: SettingsWatchOptions) {
    this.#options = options;
  }

  /** What the settings are now, as one word that changes with them; a file that can't be read counts as a value too. */
  async digest(): Promise<string> {
    const { credentials, trust } = this.#options;
    return `${await this.#read(async () => digestOf(await credentials()))} ${await this.#read(async () => digestOfTrust(await trust()))}`;
  }

  /** Resolves once the settings differ from `known`, or `isDue` says so. Rejects with the signal's reason. */
  async until(known: string, isDue: () => boolean, signal: AbortSignal): Promise<void> {
    do await sleep(this.#options.clock, POLL_MS, signal);
    while (!isDue() && (await this.digest()) === known);
  }

  async #read(digest: () => Promise<string>): Promise<string> {
    try {
      return await digest();
    } catch (thrown) {
      const { code, message } = VsphereError.from(thrown);
      if (this.#told !== message) this.#options.log.warn('settings not read', { code, error: message });
      this.#told = message;
      return `unreadable:${message}`;
    }
  }
}
