import * as http from 'node:http';
import type * as https from 'node:https';
import * as tls from 'node:tls';
import type { Clock } from '../time/clock';
import { ApiError } from './api-error';
import { GuardedHttpAgent, GuardedHttpsAgent } from './guarded-agent';
import type { KubeConfig } from './kube-config';
import { whyNoProxy } from './password-in-url';

/** What one request needs: the headers that identify us, and the connection pool with the client certificate. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: http.Agent;
}

/** Files are read again after this long; client-node itself keeps a token file for 60 s, as client-go does. */
const FRESH_MS = 5_000;
/** After a 401 everything is loaded again, but an exec plugin must not run once for each refused request. */
const RENEWAL_PAUSE_MS = 10_000;
/** Idle time before TCP probes start. libuv then sends one per second and gives up after ten: 25 s to notice a dead peer. */
export const TCP_KEEP_ALIVE_MS = 15_000;

/**
 * Fresh credentials for each request over one keep-alive pool. client-node opens a TLS connection for every request
 * (340 requests/s against 3,000 and more over a pool), so only its configuration is used: it reads certificates and
 * token files and runs exec plugins. The pool is replaced only when the TLS material itself has changed.
 */
export class CredentialSource {
  readonly #clock: Clock;
  readonly #load: () => KubeConfig;
  readonly #context: string;
  readonly #server: URL;
  #config: KubeConfig;
  #pool: { readonly material: string; readonly agent: http.Agent } | undefined;
  /** Pools of former TLS material, for as long as a request is in flight on them. */
  #formerAgents: http.Agent[] = [];
  #loaded: { readonly atMs: number; readonly credentials: Promise<Credentials> } | undefined;
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(options: { readonly config: KubeConfig; readonly load: () => KubeConfig; readonly clock: Clock }) {
    this.#clock = options.clock;
    this.#load = options.load;
    this.#config = options.config;
    this.#context = options.config.getCurrentContext();
    this.#server = new URL(options.config.getCurrentCluster()?.server ?? '');
  }

  /** Rejects with Unauthorized when a file is unreadable or an exec plugin failed, ; the next call tries again. */
  current(): Promise<Credentials> {
    if (this.#closed) return Promise.reject(new ApiError('Unreachable', 'the connection to the API server is closed'));
    const nowMs = this.#clock.monotonicMs();
    if (this.#loaded !== undefined && nowMs - this.#loaded.atMs < FRESH_MS) return this.#loaded.credentials;
    const loaded = { atMs: nowMs, credentials: this.#read() };
    loaded.credentials.catch(() => {
      if (this.#loaded === loaded) this.#loaded = undefined;
    });
    this.#loaded = loaded;
    return loaded.credentials;
  }

  /** Loads everything again after a 401. False if that was done less than 10 s ago: the 401 is final then. */
  renew(): boolean {
    const nowMs = this.#clock.monotonicMs();
    if (nowMs - this.#renewedAtMs < RENEWAL_PAUSE_MS) return false;
    this.#renewedAtMs = nowMs;
    try {
      const config = this.#load();
      // Somebody may have switched kubectl to another cluster since: its credentials must not go to this server.
      config.setCurrentContext(this.#context);
      if (new URL(config.getCurrentCluster()?.server ?? '').href !== this.#server.href) return false;
      this.#config = config;
    } catch {
      return false; // The file is being rewritten or is gone: go on with the settings that we have.
    }
    this.#loaded = undefined;
    return true;
  }

  /** Closes idle connections. After a timeout they may be dead as well. */
  dropIdleConnections(): void {
    for (const sockets of Object.values(this.#pool?.agent.freeSockets ?? {}))
      for (const socket of sockets ?? []) socket.destroy();
  }

  close(): void {
    this.#closed = true;
    for (const agent of [this.#pool?.agent, ...this.#formerAgents]) agent?.destroy();
  }

  async #read(): Promise<Credentials> {
    const options: https.RequestOptions = {};
    try {
      await this.#config.applyToHTTPSOptions(options);
    } catch (error) {
      const message = error instanceof Error ? error.message.split('\n', 1)[0]?.slice(0, 200) : String(error);
      throw new ApiError('Unauthorized', `the kubeconfig gives no credentials: ${message}`, { cause: error });
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(options.headers ?? {})) headers[name] = String(value).trim();
    if (typeof options.auth === 'string')
      headers.Authorization = `Basic ${Buffer.from(options.auth).toString('base64')}`;
    return { headers, agent: this.#agentFor(options) };
  }

  #agentFor(options: https.RequestOptions): http.Agent {
    const proxyUrl = this.#config.getCurrentCluster()?.proxyUrl;
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    const material = JSON.stringify([ca, cert, key, servername, rejectUnauthorized, proxyUrl].map(String));
    if (this.#pool?.material === material) return this.#pool.agent;
    const previous = this.#pool?.agent;
    const agent = this.#makeAgent(options, proxyUrl);
    this.#pool = { material, agent };
    // Requests in flight finish on the old pool. Its idle connections are closed.
    if (previous !== undefined) {
      for (const sockets of Object.values(previous.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
      previous.maxFreeSockets = 0;
      this.#formerAgents = [...this.#formerAgents, previous].filter((old) => Object.keys(old.sockets).length > 0);
    }
    return agent;
  }

  #makeAgent(options: https.RequestOptions, proxyUrl: string | undefined): http.Agent {
    // Node's agent tunnels through HTTP proxies only. For SOCKS there is client-node's agent, which keeps no connections.
    if (proxyUrl?.startsWith('socks') && options.agent instanceof http.Agent) {
      // It would ask NODE_TLS_REJECT_UNAUTHORIZED whether the API server is verified.
      const { options: its } = options.agent as unknown as { options: https.AgentOptions };
      its.rejectUnauthorized = options.rejectUnauthorized ?? true;
      return options.agent;
    }
    const pool = {
      keepAlive: true,
      keepAliveMsecs: TCP_KEEP_ALIVE_MS,
      // As many as may be in use at once, so that a burst every few seconds opens no new connections.
      maxFreeSockets: 32,
      ...proxyFor(this.#server, proxyUrl),
    };
    if (this.#server.protocol === 'http:') return new GuardedHttpAgent(pool);
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    // One context for all connections: parsed once, and the pool's key does not carry three PEM files (R11: per connection).
    const secureContext = tls.createSecureContext({ ca, cert, key });
    const trust = { secureContext, rejectUnauthorized: rejectUnauthorized ?? true };
    return new GuardedHttpsAgent(
      { ...pool, ...trust, ...(servername === undefined ? {} : { servername }) },
      this.#clock,
    );
  }
}

/** The kubeconfig's proxy-url, else HTTPS_PROXY and NO_PROXY; as in client-go, a loopback server is never proxied. */
function proxyFor(server: URL, proxyUrl: string | undefined): http.AgentOptions {
  if (proxyUrl !== undefined && proxyUrl !== '') return { proxyEnv: { HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl } };
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(server.hostname)) return {};
  const name = `${server.protocol.slice(0, -1)}_proxy`;
  const url = process.env[name] ?? process.env[name.toUpperCase()] ?? '';
  // Node would quote it with its password (R10). What has another scheme it does not use.
  const problem = /^https?:\/\//i.test(url) ? whyNoProxy(url) : undefined;
  if (problem !== undefined) throw new ApiError('Unreachable', `${name.toUpperCase()} ${problem}`);
  return { proxyEnv: process.env };
}
