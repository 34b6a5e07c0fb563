import type { Clock } from '../time/clock';
import type { Random } from '../time/random';
import type { AuthKind } from './session/authenticator';
import type { CredentialsProvider } from './session/credentials';
import type { Log } from './session/log';
import type { RefusedLogins } from './session/refused-logins';
import type { ProxyAddress } from './transport/proxy';
import type { RestTransport } from './transport/rest-transport';
import type { ServerAddress } from './transport/server-address';
import type { TransportKind, VimTransport } from './transport/transport';
import type { TrustProvider, TrustSettings } from './transport/trust';

export interface ConnectOptions {
  readonly server: ServerAddress;
  /** Default: the roots of Node and of the system. A provider is called at each connect. */
  readonly trust?: TrustSettings | TrustProvider;
  readonly credentials: CredentialsProvider;
  /** Default: Password. */
  readonly auth?: AuthKind;
  /** Of the process, so that its connections lock no account together. Default: of this connection. */
  readonly refusedLogins?: RefusedLogins;
  /** See proxyFromEnvironment. Default: none. */
  readonly proxy?: ProxyAddress | undefined;
  /** Default: https. */
  readonly transportKind?: TransportKind;
  /** The extraConfig keys to show in `VirtualMachine.extraConfig`. */
  readonly watchedExtraConfigKeys: readonly string[];
  /** Further keys, to read with one machine (readVirtualMachine). Default: none. */
  readonly liveExtraConfigKeys?: readonly string[];
  /** The limit of clones in flight; 0: found by itself. Default 0. */
  readonly maxConcurrentTasks?: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log?: Log;
  /**
   * Used instead of `server`, `trust`, `proxy` and `transportKind`, with passwords only; the second for tags. For the
   * tests' model of a vCenter (R12).
   */
  readonly transport?: VimTransport;
  readonly restTransport?: RestTransport;
}
