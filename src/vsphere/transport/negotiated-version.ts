/**
 * The version of the API to use with one vCenter. It is agreed upon at each connect: vCenter may have been upgraded.
 */

import { chooseVersion, FALLBACK_VERSION, VERSIONS_PATH } from '../vim25/api-version';
import { VsphereError } from '../vim25/vsphere-error';
import type { HttpExchange } from './http-exchange';

const TIMEOUT_MS = 20_000;
const LARGEST_BYTES = 64 * 1024;

export class NegotiatedVersion {
  readonly #exchange: HttpExchange;
  #current: string | undefined;
  #hasTold = false;
  #asking: Promise<string> | undefined;

  constructor(exchange: HttpExchange) {
    this.#exchange = exchange;
  }

  /** The version that was agreed upon last; undefined before the first time. */
  get current(): string | undefined {
    return this.#current;
  }

  /**
   * Needs no login. Rejects with VersionUnsupported, or with a failure of the connection. Concurrent calls share one
   * request.
   */
  async negotiate(signal: AbortSignal): Promise<string> {
    for (;;) {
      const joined = this.#asking !== undefined;
      this.#asking ??= this.#ask(signal).finally(() => {
        this.#asking = undefined;
      });
      try {
        return await this.#asking;
      } catch (error) {
        // The call that sent the request was aborted. The calls that wait with it were not: they ask again.
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
      // An idle connection may have broken unnoticed. This is a read, so it is sent once more.
      if (code === 'ConnectionLost' && !signal.aborted) return await this.#readOnce(signal);
      // A proxy on the way may allow POST /sdk only. If the server is no vCenter, the next call will fail. One that has told
      // its versions before is restarting, perhaps.
      if (this.#hasTold) throw error;
      if (code === 'NotVCenter' || code === 'Forbidden' || code === 'MalformedResponse' || code === 'ResponseTooLarge')
        return FALLBACK_VERSION;
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
    const call = {
      method: 'GET',
      path: VERSIONS_PATH,
      what: 'vimServiceVersions',
      timeoutMs: TIMEOUT_MS,
      largestBytes: LARGEST_BYTES,
    } as const;
    await this.#exchange.send({ ...call, signal }, sink);
    const version = chooseVersion(document, server);
    this.#hasTold = true;
    return version;
  }
}
