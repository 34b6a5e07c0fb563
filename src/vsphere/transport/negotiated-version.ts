/** The version of the API that is spoken with one vCenter: asked anew at each connect, for it may have been upgraded. */

import { chooseVersion, FALLBACK_VERSION, VERSIONS_PATH } from '../vim25/api-version';
import { VsphereError } from '../vim25/vsphere-error';
import type { HttpExchange } from './http-exchange';

const TIMEOUT_MS = 20_000;

export class NegotiatedVersion {
  readonly #exchange: HttpExchange;
  #current: string | undefined;
  #asking: Promise<string> | undefined;

  constructor(exchange: HttpExchange) {
    this.#exchange = exchange;
  }

  /** What was agreed last; undefined before the first time. */
  get current(): string | undefined {
    return this.#current;
  }

  /** Needs no login. Rejects with VersionUnsupported, or with what became of the connection. One question at a time. */
  async negotiate(signal: AbortSignal): Promise<string> {
    for (;;) {
      const joined = this.#asking !== undefined;
      this.#asking ??= this.#ask(signal).finally(() => {
        this.#asking = undefined;
      });
      try {
        return await this.#asking;
      } catch (error) {
        // Whoever asked first has given up; those who wait with it have not.
        if (!joined || VsphereError.from(error).code !== 'Aborted' || signal.aborted) throw error;
      }
    }
  }

  async #ask(signal: AbortSignal): Promise<string> {
    this.#current = await this.#read(signal);
    return this.#current;
  }

  async #read(signal: AbortSignal): Promise<string> {
    try {
      return await this.#readOnce(signal);
    } catch (error) {
      const { code } = VsphereError.from(error);
      // A kept connection may have died unnoticed, as for any read.
      if (code === 'ConnectionLost' && !signal.aborted) return await this.#readOnce(signal);
      // A way in between may let only POST /sdk through. If this is no vCenter at all, the next call will say so.
      if (code === 'NotVCenter' || code === 'Forbidden' || code === 'MalformedResponse') return FALLBACK_VERSION;
      throw error;
    }
  }

  async #readOnce(signal: AbortSignal): Promise<string> {
    const { server } = this.#exchange;
    let document = '';
    const sink = {
      write: (text: string) => {
        document += text;
      },
    };
    const call = { method: 'GET', path: VERSIONS_PATH, what: 'vimServiceVersions', timeoutMs: TIMEOUT_MS } as const;
    await this.#exchange.send({ ...call, signal }, sink);
    return chooseVersion(document, server);
  }
}
